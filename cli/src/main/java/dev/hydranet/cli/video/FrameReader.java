package dev.hydranet.cli.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** The wanted frames of a source, in images that are used again and again. */
final class FrameReader implements Iterator<VideoFrame> {
  /** One at each stage of the work, of which four may be computed. */
  private static final int IMAGES = 10;

  private final FrameSource source;
  private final StreamInfo info;
  private final int every;
  private final BlockingQueue<BufferedImage> free = new ArrayBlockingQueue<>(IMAGES);
  private long before; // frames to pass over
  private long left; // frames that are wanted or between wanted ones
  private int images;
  private VideoFrame next;
  private boolean ended;

  /**
   * Frames from the source's next on.
   *
   * @param before how many frames to skip
   * @param length how many frames to read after them
   * @param every one is kept
   */
  FrameReader(FrameSource source, long before, long length, int every) {
    this.source = source;
    this.info = source.info();
    this.before = before;
    this.left = length;
    this.every = every;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended = next == null;
    }
    return next != null;
  }

  private VideoFrame read() throws IOException {
    for (; before > 0; before--) {
      if (!source.skip()) {
        return null;
      }
    }
    if (left <= 0) {
      return null;
    }
    BufferedImage image = image();
    if (!source.read(image)) {
      return null;
    }
    left -= every;
    before = every - 1;
    return new VideoFrame(image, info.timed() ? source.seconds() : 0);
  }

  private BufferedImage image() {
    BufferedImage image = free.poll();
    if (image == null && images < IMAGES) {
      images++;
      return new BufferedImage(info.width(), info.height(), BufferedImage.TYPE_INT_RGB);
    }
    try {
      return image == null ? free.take() : image;
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public VideoFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    VideoFrame frame = next;
    next = null;
    return frame;
  }

  /** Takes a frame's image back; may be called by another thread. */
  void recycle(VideoFrame frame) {
    free.add(frame.image());
  }
}
