package dev.hydranet.converter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that PyTorch 1.13 and Python 2.7 wrote: proof/validation/checkpoints.py,
 * checkpoints_python2.py.
 */
class PyTorchFilesTest {
  static final Path FOLDER = Path.of("src/test/resources/checkpoints");

  static Stream<Arguments> filesAndTheirTensors() {
    return Stream.concat(
        Stream.of(
                "types",
                "views",
                "parameters",
                "protocol1",
                "protocol2",
                "protocol3",
                "protocol4",
                "protocol5",
                "top",
                "training",
                "cuda")
            .flatMap(
                name ->
                    Stream.of(
                        Arguments.of(name + ".zip.pth", name),
                        Arguments.of(name + ".legacy.pth", name))),
        Stream.of(
            Arguments.of("deflated.zip.pth", "types"), Arguments.of("rezipped.zip.pth", "types")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void filesAndTheirTensors(String file, String expected) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(FOLDER.resolve(file));

    Map<String, Tensor> tensors =
        Safetensors.read(FOLDER.resolve(expected + ".safetensors")).tensors();
    assertThat(checkpoint.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Tensor actual = checkpoint.tensors().get(name);
          assertThat(actual.shape()).as(name).isEqualTo(tensor.shape());
          // To the bit: NaN is NaN, -0 is not 0.
          assertThat(actual.data()).as(name).isEqualTo(tensor.data());
        });
    assertThat(checkpoint.skipped()).isEmpty();
    assertThat(checkpoint.metadata()).isEmpty();
  }

  @Test
  void safetensorsGiveTheSame() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(FOLDER.resolve("views.safetensors"));
    Checkpoint same = Checkpoint.read(FOLDER.resolve("views.zip.pth"));

    assertThat(checkpoint.tensors().keySet()).containsExactlyElementsOf(same.tensors().keySet());
    same.tensors()
        .forEach(
            (name, tensor) ->
                assertThat(checkpoint.tensors().get(name).data()).isEqualTo(tensor.data()));
  }

  @Test
  void python2WithPyTorch04() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(FOLDER.resolve("python2.legacy.pth"));

    assertThat(checkpoint.tensors()).hasSize(3);
    assertTensor(checkpoint, "conv.weight", "[2, 3, 1, 1]", 0, 0.25f, 0.5f, 0.75f, 1, 1.25f);
    assertTensor(checkpoint, "conv.bias", "[2]", 1.5f, 1.75f);
    assertTensor(checkpoint, "norm.num_batches_tracked", "[]", 5);
  }

  @Test
  void python2WithPyTorch03AndViewsOfStorages() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(FOLDER.resolve("python2_views.legacy.pth"));

    assertThat(checkpoint.tensors()).hasSize(4);
    assertTensor(checkpoint, "whole", "[3, 4]", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertTensor(checkpoint, "view", "[2, 3]", 4, 5, 6, 7, 8, 9);
    assertTensor(checkpoint, "transposed", "[2, 2]", 5, 7, 6, 8);
    assertTensor(checkpoint, "parameter", "[1]", 9);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "refused_module.zip.pth|expected a dict of tensors, found an object of"
            + " 'torch.nn.modules.container.Sequential'; objects of such classes are not opened and"
            + " nothing was executed (if one is a whole pickled model, save its state_dict())",
        "refused_sparse.zip.pth|tensor 'weight': expected a dense tensor of numbers, found a sparse"
            + " tensor (save its to_dense())",
        "refused_complex.zip.pth|tensor 'weight' [1]: expected real numbers, found complex numbers"
            + " (complex64)",
        "refused_sparse.legacy.pth|tensor 'weight': expected a dense tensor of numbers, found a sparse"
            + " tensor (save its to_dense())",
        "refused_complex.legacy.pth|tensor 'weight' [1]: expected real numbers, found complex numbers"
            + " (complex64)",
        "refused_tensor.zip.pth|expected a dict of tensors, found a single tensor",
        "refused_tensor.legacy.pth|expected a dict of tensors, found a single tensor",
        "refused_empty.zip.pth|no weights: expected tensors by name at the top or under any key,"
            + " found a dict of 3 with keys 'epoch', 'args', the integer 5",
        "refused_empty.legacy.pth|no weights: expected tensors by name at the top or under any key,"
            + " found a dict of 3 with keys 'epoch', 'args', the integer 5"
      })
  void whatIsRefused(String file, String message) {
    Path path = FOLDER.resolve(file);

    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(path + ": " + message);
  }

  private static void assertTensor(
      Checkpoint checkpoint, String name, String shape, float... values) {
    Tensor tensor = checkpoint.tensors().get(name);
    assertThat(tensor).as(name).isNotNull();
    assertThat(tensor.shape()).as(name).hasToString(shape);
    assertThat(tensor.data()).as(name).isEqualTo(values);
  }
}
