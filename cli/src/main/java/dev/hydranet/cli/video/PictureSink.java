package dev.hydranet.cli.video;

import dev.hydranet.cli.images.ImageFile;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PNG file for each picture, numbered from 1. They are written into a temporary folder, and go to
 * their own when all are there. A folder that is for the pictures alone may hold those of an
 * earlier run, which go.
 */
final class PictureSink implements FrameSink {
  private final Path folder;
  private final String pattern;
  private final boolean owned;
  private final Path temporary;
  private final Thread removal;
  private long pictures;

  /**
   * Makes the temporary folder.
   *
   * @param folder that the pictures go to; made if it is missing
   * @param pattern of their names, with a place for the number
   * @param owned whether the folder is for the pictures alone
   * @throws IOException if the folder is for the pictures alone, and something else is in it
   */
  PictureSink(Path folder, String pattern, boolean owned) throws IOException {
    this.folder = folder;
    this.pattern = pattern;
    this.owned = owned;
    if (owned && Files.exists(folder)) {
      checkOwned();
    }
    Path parent = folder.toAbsolutePath().normalize().getParent();
    Path sibling = owned && parent != null ? parent : folder;
    this.temporary = sibling.resolve(".hydranet-" + UUID.randomUUID() + ".tmp");
    this.removal = new Thread(() -> remove(temporary));
    Runtime.getRuntime().addShutdownHook(removal);
    Files.createDirectories(temporary);
  }

  private void checkOwned() throws IOException {
    Pattern names = FrameNames.matching(pattern);
    for (Path file : files(folder)) {
      if (!names.matcher(file.getFileName().toString()).matches()) {
        throw new IOException(
            folder
                + ": expected an empty folder or one of earlier frames, found "
                + file.getFileName()
                + " in it");
      }
    }
  }

  @Override
  public void write(BufferedImage picture, double seconds) throws IOException {
    pictures++;
    Path file = temporary.resolve(FrameNames.name(pattern, pictures));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ImageFile.write(picture, "png", out);
    } catch (IOException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void finish() throws IOException {
    if (owned && !Files.exists(folder)) {
      Files.move(temporary, folder);
      return;
    }
    Files.createDirectories(folder);
    if (owned) {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
    }
    for (long number = 1; number <= pictures; number++) {
      String name = FrameNames.name(pattern, number);
      Files.move(
          temporary.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void remove(Path folder) {
    try {
      for (Path file : files(folder)) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // It is gone already, or nobody may remove it.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
    remove(temporary);
  }
}
