package dev.hydranet.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class NhwcTest {
  private static final int MANY = 1 << 15;

  /** Else a small graph on a tensor without values could go over billions of rows, for nothing. */
  @Test
  void withoutValuesThereIsNothingToGoOver() {
    Nhwc noChannels = new Nhwc(new float[0], 0, MANY, MANY, MANY, 0, 0);
    assertThat(noChannels.pixels()).isZero();
    assertThat(noChannels.rows()).isZero();
    Nhwc noColumns = new Nhwc(new float[0], 0, MANY, MANY, 0, 16, 16);
    assertThat(noColumns.pixels()).isZero();
    assertThat(noColumns.rows()).isZero();
    Nhwc some = new Nhwc(new float[24], 0, 2, 3, 4, 1, 1);
    assertThat(some.pixels()).isEqualTo(24);
    assertThat(some.rows()).isEqualTo(6);
  }
}
