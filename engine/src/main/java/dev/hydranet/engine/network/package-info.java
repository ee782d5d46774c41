/**
 * Any network in one file: {@link dev.hydranet.engine.network.Network} holds a graph and its
 * weights, and makes sessions for inputs of any shape.
 */
package dev.hydranet.engine.network;
