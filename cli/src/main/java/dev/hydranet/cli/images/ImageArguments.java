package dev.hydranet.cli.images;

import dev.hydranet.cli.console.Failure;
import dev.hydranet.images.Images;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image files that arguments stand for: files, folders, and patterns that no shell expanded.
 */
public final class ImageArguments {
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private ImageArguments() {}

  /**
   * The files, each once, in the order of the arguments; those of a folder or pattern sorted.
   *
   * <p>A folder stands for the images in it, told by their suffixes, not for those in its folders.
   * What is neither a folder nor matches anything stands for itself.
   *
   * @param unnamed takes what is wrong with an argument that cannot name a file
   * @throws IOException if a folder cannot be read or has no image
   */
  public static List<Path> expand(Collection<String> arguments, Consumer<IOException> unnamed)
      throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (String argument : arguments) {
      try {
        files.addAll(expand(argument));
      } catch (InvalidPathException e) {
        unnamed.accept(unnamed(argument, e));
      }
    }
    Set<Path> seen = new LinkedHashSet<>();
    files.removeIf(file -> !seen.add(file.toAbsolutePath().normalize()));
    return List.copyOf(files);
  }

  /**
   * The files that one argument stands for.
   *
   * @throws IOException if it is a folder that cannot be read or has no image, or a pattern that
   *     nothing matches
   */
  public static List<Path> expand(String argument) throws IOException {
    boolean pattern = WILDCARD.matcher(argument).find();
    if (pattern && !exists(argument)) {
      List<Path> matches = matches(argument);
      if (matches.isEmpty()) {
        throw new IOException(argument + ": no file matches");
      }
      return matches;
    }
    Path path = Path.of(argument);
    return Files.isDirectory(path) ? images(path) : List.of(path);
  }

  /**
   * The file that an argument names.
   *
   * @throws IOException if the locale's encoding cannot express its name
   */
  public static Path path(String argument) throws IOException {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw unnamed(argument, e);
    }
  }

  private static IOException unnamed(String argument, InvalidPathException cause) {
    return new IOException(argument + ": " + Failure.line(cause), cause);
  }

  private static boolean exists(String argument) {
    try {
      return Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      // On Windows no file can have such a name.
      return false;
    }
  }

  /**
   * The images in a folder, sorted: every file with a suffix of images, whatever is in it.
   *
   * @throws IOException if it cannot be read or there is none
   */
  public static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> images =
          entries
              .filter(file -> !isHidden(file))
              .filter(Images::isNamedAsImage)
              .filter(file -> !Files.isDirectory(file))
              .sorted()
              .toList();
      if (images.isEmpty()) {
        throw new IOException(folder + ": no image in this folder");
      }
      return images;
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** Walks from the last folder before the first wildcard, no deeper than the pattern reaches. */
  private static List<Path> matches(String pattern) throws IOException {
    List<String> parts = new ArrayList<>(List.of(pattern.split("/", -1)));
    int fixed = 0;
    while (!WILDCARD.matcher(parts.get(fixed)).find()) {
      fixed++;
    }
    String start = String.join("/", parts.subList(0, fixed));
    Path base = Path.of(pattern.startsWith("/") && start.isEmpty() ? "/" : start);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : parts.size() - fixed;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(base, depth)) {
      boolean hidden = parts.getLast().startsWith(".");
      return files
          .filter(matcher::matches)
          .filter(file -> hidden || !isHidden(file))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
