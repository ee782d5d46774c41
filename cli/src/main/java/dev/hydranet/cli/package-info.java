/** The commands of {@code hydranet}, and the options that they share. */
package dev.hydranet.cli;
