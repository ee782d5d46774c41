package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SceneNumbersTest {
  @Test
  void statisticsAreOfFiniteDepths() {
    float[] metres = {3, Float.NaN, 1, 2, Float.POSITIVE_INFINITY, 8};
    assertThat(SceneNumbers.statistics(metres)).isEqualTo(RowFactory.create(1.0, 8.0, 3.5, 2.5));
    assertThat(SceneNumbers.statistics(new float[] {Float.NaN})).isNull();
  }

  @Test
  void numbersAreLittleEndian() {
    assertThat(SceneNumbers.bytes(new float[] {1})).containsExactly(0, 0, 0x80, 0x3f);
    assertThat(SceneNumbers.bytes(new int[] {0, 254})).containsExactly(0, 0xfe);
  }
}
