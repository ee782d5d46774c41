/** Writes the pages of {@code docs} that are made from measurements. */
package dev.hydranet.benchmarks.report;
