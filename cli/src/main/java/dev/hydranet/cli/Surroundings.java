package dev.hydranet.cli;

import dev.hydranet.cli.process.Programs;
import dev.hydranet.converter.published.PublishedWeights;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;

/**
 * What the command takes from where it runs.
 *
 * @param in standard input: answers to questions, and videos
 * @param out standard output, for videos
 * @param terminal whether somebody is watching: then long work shows its progress
 * @param programs that read and write video files
 * @param store where downloaded weights are kept
 * @param source the folder that published weights are downloaded from
 * @param catalogue the published weights
 */
record Surroundings(
    InputStream in,
    OutputStream out,
    boolean terminal,
    Programs programs,
    WeightsStore store,
    URI source,
    List<PublishedWeights> catalogue) {
  static Surroundings ofProcess() {
    return new Surroundings(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        System.console() != null && System.console().isTerminal(),
        new Programs(System.getenv().getOrDefault("PATH", "")),
        WeightsStore.ofUser(System.getenv()),
        PublishedWeights.SOURCE,
        PublishedWeights.CATALOGUE);
  }
}
