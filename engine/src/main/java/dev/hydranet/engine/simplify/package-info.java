/**
 * What exporters write in many operators, recognised as the one that it is: a pass over a graph for
 * inputs of known shapes.
 */
package dev.hydranet.engine.simplify;
