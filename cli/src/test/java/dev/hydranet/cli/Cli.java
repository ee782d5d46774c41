package dev.hydranet.cli;

import dev.hydranet.cli.process.Programs;
import dev.hydranet.converter.published.PublishedWeights;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Runs the command in this JVM. */
final class Cli {
  private final Surroundings surroundings;

  private Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What a run printed and how it ended. */
  record Result(int exitCode, String out, String err) {}

  /** With downloaded weights in a folder and nobody to answer questions. */
  static Cli at(Path store) {
    return at(store, PublishedWeights.SOURCE, PublishedWeights.CATALOGUE, "");
  }

  static Cli at(Path store, URI source, List<PublishedWeights> catalogue, String answers) {
    return new Cli(
        new Surroundings(
            new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            false,
            new Programs(System.getenv("PATH")),
            new WeightsStore(store),
            source,
            catalogue));
  }

  /** With a stream on standard input and another on standard output. */
  Cli with(InputStream in, OutputStream out) {
    return new Cli(
        new Surroundings(
            in,
            out,
            false,
            surroundings.programs(),
            surroundings.store(),
            surroundings.source(),
            surroundings.catalogue()));
  }

  /** With programs in given folders alone. */
  Cli withPath(String path) {
    return new Cli(
        new Surroundings(
            surroundings.in(),
            surroundings.out(),
            false,
            new Programs(path),
            surroundings.store(),
            surroundings.source(),
            surroundings.catalogue()));
  }

  Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    CommandLine line = HydraNetCommand.commandLine(surroundings, words);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int exitCode = line.execute(words);
    line.getOut().flush();
    line.getErr().flush();
    return new Result(exitCode, out.toString(), err.toString());
  }
}
