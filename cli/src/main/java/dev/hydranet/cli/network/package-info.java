/** What a network consists of, layer by layer, and how it is run on tensors. */
package dev.hydranet.cli.network;
