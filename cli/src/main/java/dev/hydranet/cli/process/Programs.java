package dev.hydranet.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs on the path that read and write video files. */
public final class Programs {
  public static final String FFMPEG = "ffmpeg";
  public static final String FFPROBE = "ffprobe";

  private final String path;

  /**
   * Programs in given folders.
   *
   * @param path folders as in the environment's PATH
   */
  public Programs(String path) {
    this.path = path;
  }

  /** Where ffmpeg is; {@link #check} says whether it is. */
  public Path ffmpeg() {
    return find(FFMPEG).orElseThrow();
  }

  /** Where ffprobe is. */
  public Path ffprobe() {
    return find(FFPROBE).orElseThrow();
  }

  /**
   * Makes sure that programs are there.
   *
   * @param purpose what they are for, with the file's name
   * @param otherwise what can be done without them
   * @throws IOException naming those that are missing
   */
  public void check(List<String> programs, String purpose, String otherwise) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String program : programs) {
      if (find(program).isEmpty()) {
        missing.add(program);
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          purpose
              + " needs "
              + String.join(" and ", missing)
              + " (https://ffmpeg.org) on the path; without, "
              + otherwise);
    }
  }

  private Optional<Path> find(String program) {
    for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
      for (String name : List.of(program, program + ".exe")) {
        try {
          Path file = Path.of(folder, name);
          if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
            return Optional.of(file.toAbsolutePath());
          }
        } catch (InvalidPathException e) {
          // No file has such a name.
        }
      }
    }
    return Optional.empty();
  }
}
