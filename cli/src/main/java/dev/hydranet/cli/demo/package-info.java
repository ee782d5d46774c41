/** The sample scenes and the page that shows what the model in the box makes of them. */
package dev.hydranet.cli.demo;
