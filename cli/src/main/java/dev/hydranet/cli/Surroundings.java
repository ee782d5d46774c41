package dev.hydranet.cli;

import dev.hydranet.converter.published.PublishedWeights;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/**
 * What the command takes from where it runs.
 *
 * @param in where answers to questions are read
 * @param terminal whether somebody is watching: then long work shows its progress
 * @param store where downloaded weights are kept
 * @param source the folder that published weights are downloaded from
 * @param catalogue the published weights
 */
record Surroundings(
    InputStream in,
    boolean terminal,
    WeightsStore store,
    URI source,
    List<PublishedWeights> catalogue) {
  static Surroundings ofProcess() {
    return new Surroundings(
        System.in,
        System.console() != null && System.console().isTerminal(),
        WeightsStore.ofUser(System.getenv()),
        PublishedWeights.SOURCE,
        PublishedWeights.CATALOGUE);
  }
}
