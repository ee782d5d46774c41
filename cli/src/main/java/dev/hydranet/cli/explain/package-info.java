/** Explains a network's answers about one image in an HTML page. */
package dev.hydranet.cli.explain;
