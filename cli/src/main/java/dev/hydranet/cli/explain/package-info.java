/** How a network comes to its answers about one image, as an HTML page. */
package dev.hydranet.cli.explain;
