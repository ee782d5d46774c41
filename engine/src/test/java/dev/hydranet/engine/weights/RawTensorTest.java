package dev.hydranet.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors are written in the types that they have, a chunk at a time. */
@Tag("once")
class RawTensorTest {
  @TempDir Path folder;

  /** Numbers that count up from 0 modulo a byte, byte by byte. */
  private record Counting(StoredType type, Shape shape) implements RawTensor {
    @Override
    public void read(long index, ByteBuffer to) {
      long at = index * type.bytes();
      while (to.hasRemaining()) {
        to.put((byte) at++);
      }
    }
  }

  @Test
  void theWidestComeFirstSoThatAllAreAligned() throws IOException {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("a", new Counting(StoredType.BOOL, Shape.of(3)));
    tensors.put("b", new Counting(StoredType.F16, Shape.of(1)));
    tensors.put("d", new Counting(StoredType.I64, Shape.of()));
    tensors.put("c", new Counting(StoredType.F64, Shape.of(0, 5)));
    Path file = folder.resolve("raw.safetensors");
    Safetensors.write(file, tensors, Map.of("format", "pt"));

    byte[] bytes = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"c\":{\"dtype\":\"F64\",\"shape\":[0,5],\"data_offsets\":[0,0]},"
                + "\"d\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]},"
                + "\"a\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[10,13]}}");
    assertThat(bytes).endsWith(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 0, 1, 2);
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("a", "b", "c", "d");
  }

  @Test
  void aTensorIsReadInOrderWhateverItsSize() throws IOException {
    int count = 200_003;
    Path file = folder.resolve("raw.safetensors");
    Safetensors.write(file, Map.of("x", new Counting(StoredType.I16, Shape.of(count))), Map.of());

    float[] numbers = Safetensors.read(file).tensors().get("x").data();
    for (int i = 0; i < count; i++) {
      int low = 2 * i & 0xff;
      assertThat(numbers[i]).isEqualTo((short) (low | (low + 1) << 8));
    }
  }

  @Test
  void nothingIsLeftOfAFileThatCannotBeCompleted() {
    RawTensor broken =
        new RawTensor() {
          @Override
          public StoredType type() {
            return StoredType.F32;
          }

          @Override
          public Shape shape() {
            return Shape.of(1);
          }

          @Override
          public void read(long index, ByteBuffer to) throws IOException {
            throw new IOException("gone");
          }
        };
    Path file = folder.resolve("raw.safetensors");

    assertThatThrownBy(() -> Safetensors.write(file, Map.of("x", broken), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": gone");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(
            () ->
                Safetensors.write(
                    file,
                    Map.of("__metadata__", new Counting(StoredType.U8, Shape.of(1))),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
