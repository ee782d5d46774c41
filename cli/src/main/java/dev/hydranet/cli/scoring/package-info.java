/** Predictions compared with ground truth. */
package dev.hydranet.cli.scoring;
