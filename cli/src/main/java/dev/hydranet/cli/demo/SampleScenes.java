package dev.hydranet.cli.demo;

import dev.hydranet.engine.file.AtomicFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The rendered streets that come with the command, with their ground truth; none was trained on.
 */
public final class SampleScenes {
  /** Holds a data set as docs/data.md describes it, and a list of what is in it. */
  private static final String RESOURCES = "scenes/";

  private static final String LIST = "list.txt";

  private SampleScenes() {}

  /** Writes the data set into a folder, over what is there under the same names. */
  public static void write(Path folder) throws IOException {
    for (String name : names()) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream in = open(name)) {
        AtomicFile.write(file, channel -> in.transferTo(Channels.newOutputStream(channel)));
      }
    }
  }

  /** The files, by their paths in the folder. */
  private static List<String> names() throws IOException {
    try (InputStream in = open(LIST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = SampleScenes.class.getResourceAsStream(RESOURCES + name);
    if (in == null) {
      throw new FileNotFoundException(RESOURCES + name + ": not among this command's resources");
    }
    return in;
  }
}
