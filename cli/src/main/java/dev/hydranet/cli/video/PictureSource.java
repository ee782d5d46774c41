package dev.hydranet.cli.video;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.drawing.RgbRows;
import dev.hydranet.images.Images;
import dev.hydranet.video.Chroma;
import dev.hydranet.video.FrameRate;
import dev.hydranet.video.Y4mHeader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Image files, each of them a frame. */
final class PictureSource implements FrameSource {
  /** What ffmpeg takes for folders of frames, too. */
  private static final FrameRate RATE = new FrameRate(25, 1);

  private final List<Path> files;
  private final BufferedImage first;
  private int next;

  /**
   * Reads the first.
   *
   * @param files at least one
   */
  PictureSource(List<Path> files) throws IOException {
    this.files = files;
    this.first = Images.read(files.get(0));
  }

  @Override
  public StreamInfo info() {
    return new StreamInfo(
        first.getWidth(),
        first.getHeight(),
        RATE,
        false,
        Y4mHeader.SQUARE,
        Chroma.C420JPEG,
        files.size());
  }

  @Override
  public boolean read(BufferedImage image) throws IOException {
    if (next == files.size()) {
      return false;
    }
    Path file = files.get(next);
    BufferedImage picture = next == 0 ? first : Images.read(file);
    if (picture.getWidth() != first.getWidth() || picture.getHeight() != first.getHeight()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected %d x %d pixels as %s, found %d x %d",
              file,
              first.getWidth(),
              first.getHeight(),
              files.get(0).getFileName(),
              picture.getWidth(),
              picture.getHeight()));
    }
    int[] pixels = Pixels.of(image);
    int width = picture.getWidth();
    RgbRows.read(picture, (y, rgb) -> System.arraycopy(rgb, 0, pixels, y * width, width));
    next++;
    return true;
  }

  @Override
  public boolean skip() {
    boolean left = next < files.size();
    next += left ? 1 : 0;
    return left;
  }

  @Override
  public void close() {}
}
