/** Depthwise, pointwise and standard convolutions at the stages of MobileNetV2. */
package dev.hydranet.benchmarks.stages;
