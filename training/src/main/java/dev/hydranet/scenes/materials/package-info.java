/** The look of each point of a surface, and the patterns that it is computed from. */
package dev.hydranet.scenes.materials;
