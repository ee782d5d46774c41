/** Camera, light and lens: turns triangles and leaves into a picture, depths and normals. */
package dev.hydranet.scenes.rendering;
