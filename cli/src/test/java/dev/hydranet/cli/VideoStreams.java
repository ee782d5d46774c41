package dev.hydranet.cli;

import dev.hydranet.video.Chroma;
import dev.hydranet.video.FrameRate;
import dev.hydranet.video.Y4mHeader;
import dev.hydranet.video.Y4mReader;
import dev.hydranet.video.Y4mWriter;
import dev.hydranet.video.YuvFormat;
import dev.hydranet.video.YuvFrame;
import dev.hydranet.video.YuvMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Y4M streams for tests: a bright square that moves over a slope. */
final class VideoStreams {
  static final int WIDTH = 48;
  static final int HEIGHT = 32;

  private VideoStreams() {}

  static byte[] of(int frames) throws IOException {
    return of(frames, Chroma.C420JPEG);
  }

  static byte[] of(int frames, Chroma chroma) throws IOException {
    YuvFormat format = new YuvFormat(WIDTH, HEIGHT, chroma, YuvMatrix.BT601, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Y4mWriter writer = new Y4mWriter(out, new Y4mHeader(format, new FrameRate(25, 1), "1:1"));
    for (int i = 0; i < frames; i++) {
      YuvFrame frame = YuvFrame.of(format);
      for (int at = 0; at < frame.y().length; at++) {
        int x = at % WIDTH;
        int y = at / WIDTH;
        boolean square = Math.abs(x - 4 - i % 40) < 4 && Math.abs(y - 16) < 6;
        frame.y()[at] = (byte) (square ? 230 : 20 + 3 * x + y);
      }
      for (int at = 0; at < frame.cb().length; at++) {
        frame.cb()[at] = (byte) (90 + at % 70);
        frame.cr()[at] = (byte) (170 - at % 50);
      }
      writer.write(frame);
    }
    return out.toByteArray();
  }

  static Y4mReader reader(byte[] stream) throws IOException {
    return new Y4mReader(new ByteArrayInputStream(stream), "result");
  }

  static List<YuvFrame> frames(byte[] stream) throws IOException {
    Y4mReader reader = reader(stream);
    List<YuvFrame> frames = new ArrayList<>();
    for (YuvFrame next = reader.read(); next != null; next = reader.read()) {
      frames.add(next);
    }
    return frames;
  }
}
