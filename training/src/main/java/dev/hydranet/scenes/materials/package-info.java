/** What a surface looks like at each of its points, and the patterns it is computed from. */
package dev.hydranet.scenes.materials;
