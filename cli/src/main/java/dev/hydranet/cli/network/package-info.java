/** Lists a network layer by layer, and runs it on tensors. */
package dev.hydranet.cli.network;
