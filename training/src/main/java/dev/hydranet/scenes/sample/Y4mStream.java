package dev.hydranet.scenes.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes pictures as YUV4MPEG2, the video format of pipes: BT.601 in limited range, a chroma sample
 * for two by two pixels, between them.
 */
public final class Y4mStream {
  private final OutputStream out;
  private final int height;
  private final int width;
  private final byte[] frame;

  /** Writes the header. */
  public Y4mStream(OutputStream out, int height, int width, int rate) throws IOException {
    this.out = out;
    this.height = height;
    this.width = width;
    int chroma = ((height + 1) / 2) * ((width + 1) / 2);
    frame = new byte[height * width + 2 * chroma];
    ascii("YUV4MPEG2 W" + width + " H" + height + " F" + rate + ":1 Ip A1:1 C420jpeg\n");
  }

  /** Writes one frame and flushes. */
  public void write(Sample sample) throws IOException {
    byte[] rgb = sample.rgb();
    for (int i = 0; i < height * width; i++) {
      double luma =
          0.299 * (rgb[3 * i] & 255)
              + 0.587 * (rgb[3 * i + 1] & 255)
              + 0.114 * (rgb[3 * i + 2] & 255);
      frame[i] = (byte) (int) (16.5 + 219 / 255.0 * luma);
    }
    int columns = (width + 1) / 2;
    int blue = height * width;
    int red = blue + (height + 1) / 2 * columns;
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < width; x += 2) {
        int at = y / 2 * columns + x / 2;
        double r = mean(rgb, y, x, 0);
        double g = mean(rgb, y, x, 1);
        double b = mean(rgb, y, x, 2);
        double luma = 0.299 * r + 0.587 * g + 0.114 * b;
        frame[blue + at] = (byte) (int) (128.5 + 112 / 255.0 * (b - luma) / 0.886);
        frame[red + at] = (byte) (int) (128.5 + 112 / 255.0 * (r - luma) / 0.701);
      }
    }
    ascii("FRAME\n");
    out.write(frame);
    out.flush();
  }

  /** Of two by two pixels, the last row or column twice where there is no other. */
  private double mean(byte[] rgb, int y, int x, int channel) {
    int right = Math.min(x + 1, width - 1);
    int below = Math.min(y + 1, height - 1);
    return ((rgb[3 * (y * width + x) + channel] & 255)
            + (rgb[3 * (y * width + right) + channel] & 255)
            + (rgb[3 * (below * width + x) + channel] & 255)
            + (rgb[3 * (below * width + right) + channel] & 255))
        / 4.0;
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
