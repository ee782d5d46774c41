package dev.hydranet.scenes.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Y4mStreamTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 5;
  private static final int CHROMA = 2 * 3;

  private static byte[] written(int red, int green, int blue) throws IOException {
    Sample sample = new Sample(HEIGHT, WIDTH);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      sample.rgb()[3 * i] = (byte) red;
      sample.rgb()[3 * i + 1] = (byte) green;
      sample.rgb()[3 * i + 2] = (byte) blue;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Y4mStream(out, HEIGHT, WIDTH, 25).write(sample);
    return out.toByteArray();
  }

  /** Colours and what BT.601 makes of them in limited range. */
  @Test
  void coloursAreThoseOfBt601() throws IOException {
    int[][] known = {
      {255, 255, 255, 235, 128, 128},
      {0, 0, 0, 16, 128, 128},
      {255, 0, 0, 81, 90, 240},
      {0, 255, 0, 145, 54, 34},
      {0, 0, 255, 41, 240, 110}
    };
    for (int[] colour : known) {
      byte[] stream = written(colour[0], colour[1], colour[2]);
      int frame = stream.length - HEIGHT * WIDTH - 2 * CHROMA;
      assertThat(new String(stream, 0, frame, StandardCharsets.US_ASCII))
          .isEqualTo("YUV4MPEG2 W5 H3 F25:1 Ip A1:1 C420jpeg\nFRAME\n");
      byte[] expected = new byte[HEIGHT * WIDTH + 2 * CHROMA];
      Arrays.fill(expected, 0, HEIGHT * WIDTH, (byte) colour[3]);
      Arrays.fill(expected, HEIGHT * WIDTH, HEIGHT * WIDTH + CHROMA, (byte) colour[4]);
      Arrays.fill(expected, HEIGHT * WIDTH + CHROMA, expected.length, (byte) colour[5]);
      assertThat(Arrays.copyOfRange(stream, frame, stream.length)).isEqualTo(expected);
    }
  }
}
