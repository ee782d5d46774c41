package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole files and, where the input begins with a brace, headers whose length is right. What is read
 * can be written, and reads as the same.
 */
class SafetensorsFuzzTest {
  private static final int DATA = 64;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) throws IOException {
    boolean header = input.length > 0 && input[0] == '{';
    Scratch.read(header ? file(input) : input, SafetensorsFuzzTest::read);
  }

  private static byte[] file(byte[] header) {
    return ByteBuffer.allocate(Long.BYTES + header.length + DATA)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static void read(Path path) throws IOException {
    Safetensors content;
    try {
      content = Safetensors.read(path);
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(path, e);
      return;
    }
    Path copy = Scratch.file("copy");
    Safetensors.write(copy, content.tensors(), content.metadata(), DType.F32);
    Safetensors again = Safetensors.read(copy);
    Files.delete(copy);
    assertThat(again.metadata()).isEqualTo(content.metadata());
    assertThat(again.tensors()).hasSameSizeAs(content.tensors());
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(again.tensors().get(name).shape()).isEqualTo(tensor.shape());
              assertThat(again.tensors().get(name).data()).isEqualTo(tensor.data());
            });
  }
}
