/**
 * What all of the engine's users meet: the kernels in use ({@link dev.hydranet.engine.Engine}), the
 * number of threads, and the exceptions for files and memory.
 */
package dev.hydranet.engine;
