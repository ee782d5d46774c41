/** Scores predictions against ground truth, and prints the scores as a table or JSON. */
package dev.hydranet.cli.scoring;
