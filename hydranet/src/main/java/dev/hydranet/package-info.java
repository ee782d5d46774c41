/**
 * Predicts classes, depth and surface normals for images: {@link dev.hydranet.HydraNet} loads a
 * network, and a {@link dev.hydranet.Scene} holds its answers for one image.
 */
package dev.hydranet;
