/** Runs the model in the box on sample scenes, and makes a page of the results. */
package dev.hydranet.cli.demo;
