/**
 * The networks, each defined once as a graph: HydraNet in its published variants and any width,
 * MobileNetV2 as the ImageNet classifier, and RefineNet's blocks.
 */
package dev.hydranet.network;
