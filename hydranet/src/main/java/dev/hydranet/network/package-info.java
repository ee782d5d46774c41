/**
 * The networks, each written once as a graph: HydraNet in its published variants and any width,
 * MobileNetV2 as the ImageNet classifier, and RefineNet's own blocks.
 */
package dev.hydranet.network;
