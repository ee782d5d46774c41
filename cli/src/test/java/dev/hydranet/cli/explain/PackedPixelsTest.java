package dev.hydranet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedPixelsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 65536", "1, 9, 2", "9, 1, 65536", "17, 31, 65536", "31, 17, 64"})
  void everythingComesBack(int width, int height, int limit) throws IOException {
    int[] values = new SplittableRandom(1).ints((long) width * height, 0, limit).toArray();
    values[0] = limit - 1;
    assertThat(Unpacking.unpacked(PackedPixels.pack(values, width), width)).isEqualTo(values);
  }

  @Test
  void smoothPicturesBecomeSmall() {
    int side = 256;
    int[] slope = new int[side * side];
    Arrays.setAll(slope, i -> 3 * (i % side) + 5 * (i / side));
    assertThat(PackedPixels.pack(slope, side).length()).isLessThan(side * side / 50);
  }
}
