package dev.hydranet.cli.console;

import dev.hydranet.engine.text.OneLine;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong, in a line. */
public final class Failure {
  private Failure() {}

  /**
   * One readable line; the messages of file systems and of the JVM's memory do not say what
   * happened.
   */
  public static String line(Throwable failure) {
    String message =
        switch (failure) {
          // So streams of files wrap what happens on the way.
          case UncheckedIOException e -> line(e.getCause());
          case NoSuchFileException e -> e.getFile() + ": no such file or directory";
          case AccessDeniedException e -> e.getFile() + ": permission denied";
          case FileAlreadyExistsException e -> e.getFile() + ": is in the way";
          case NotDirectoryException e -> e.getFile() + ": is not a directory";
          case FileSystemException e -> e.getMessage();
          case InvalidPathException e ->
              "the locale's encoding, "
                  + System.getProperty("sun.jnu.encoding")
                  + ", cannot express this name; set LC_ALL=C.UTF-8";
          case OutOfMemoryError e ->
              String.format(
                  Locale.ROOT,
                  "not enough memory: the heap ends at %d MB (JDK_JAVA_OPTIONS=-Xmx8g sets 8 GB)",
                  Runtime.getRuntime().maxMemory() >> 20);
          case StackOverflowError e -> "nested too deeply";
          default -> failure.getMessage() == null ? wordless(failure) : failure.getMessage();
        };
    return onOneLine(message);
  }

  /** Some messages have lines, one after the other; so may names of files. */
  private static String onOneLine(String text) {
    return OneLine.of(text.strip().replaceAll("\\R", " "));
  }

  private static String wordless(Throwable failure) {
    return failure instanceof EOFException
        ? "the file ends too early"
        : failure.getClass().getSimpleName();
  }

  /** The same, of what was done with a file, which the line names. */
  public static String line(Path file, Throwable failure) {
    String line = line(failure);
    String name = onOneLine(file.toString());
    return line.startsWith(name) ? line : name + ": " + line;
  }
}
