/**
 * Simplifies a graph for inputs of known shapes: recognises operators that exporters write as
 * several nodes, and replaces them by one.
 */
package dev.hydranet.engine.simplify;
