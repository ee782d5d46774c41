package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.converter.checkpoint.Checkpoint;
import dev.hydranet.converter.checkpoint.RawConversion;
import dev.hydranet.converter.checkpoint.StateDictChoice;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is done to a checkpoint: it is read, and its tensors are written as they are. */
final class CheckpointReading {
  private CheckpointReading() {}

  static void read(Path file) throws IOException {
    try {
      Checkpoint.read(file);
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(file, e);
    }
    Path raw = Scratch.file("raw");
    try {
      RawConversion conversion = RawConversion.run(file, raw, StateDictChoice.ANY);
      assertThat(Safetensors.read(raw).tensors()).hasSameSizeAs(conversion.tensors());
      Files.delete(raw);
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(file, e);
      assertThat(raw).doesNotExist();
    }
  }
}
