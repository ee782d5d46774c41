/** Triangles, simple solids, and the frames that place them. */
package dev.hydranet.scenes.geometry;
