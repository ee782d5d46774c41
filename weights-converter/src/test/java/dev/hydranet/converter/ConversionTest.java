package dev.hydranet.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.HydraNet;
import dev.hydranet.Metadata;
import dev.hydranet.converter.checkpoint.Checkpoint;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Task;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
  private static final long SEED = 7;
  private static final String SHA256 = "00".repeat(32);
  private static final HydraNetwork SMALL =
      HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(1 / 32.0);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hydranet.legacy.pth", "hydranet.zip.pth"})
  void aSmallNetworkThatPyTorchSaved(String name) throws IOException {
    Path source = Path.of("src/test/resources/checkpoints", name);
    Conversion conversion = Conversion.read(source, Conversion.AUTO);

    // The script saved them in half precision.
    Map<String, Tensor> expected = new LinkedHashMap<>();
    SeededTensors.parameters(SMALL.graph(), SEED)
        .forEach((key, tensor) -> expected.put(key, halved(tensor)));
    assertThat(conversion.weights()).hasSameSizeAs(expected);
    expected.forEach((key, tensor) -> assertSame(key, conversion.weights().get(key), tensor));
    assertThat(conversion.findings(DType.F16)).isEmpty();

    Path target = folder.resolve("out.safetensors");
    conversion.write(target, DType.F32);
    Safetensors written = Safetensors.read(target);
    expected.forEach((key, tensor) -> assertSame(key, written.tensors().get(key), tensor));
    assertThat(written.tensors()).hasSameSizeAs(expected);
    assertThat(written.metadata())
        .containsEntry("hydranet.variant", "custom")
        .containsEntry("hydranet.tasks", "segm depth normal")
        .containsEntry("hydranet.source_sha256", sha256(source));
    assertThat(HydraNet.load(target)).isNotNull();

    // Written as float16 nothing more is lost, and the result is the same.
    Path half = folder.resolve("half.safetensors");
    conversion.write(half, DType.F16);
    assertThat(Files.size(half)).isLessThan(Files.size(target));
    Map<String, Tensor> halves = Safetensors.read(half).tensors();
    expected.forEach((key, tensor) -> assertSame(key, halves.get(key), tensor));
  }

  @ParameterizedTest
  @EnumSource
  void eachVariantIsRecognisedByItsTensors(Variant variant) {
    Map<String, Tensor> weights = SeededTensors.parameters(variant.network().graph(), SEED);

    assertThat(Conversion.of(checkpoint(weights), Conversion.AUTO).metadata())
        .isEqualTo(Metadata.of(variant).withSourceSha256(SHA256));
    assertThat(Conversion.of(checkpoint(weights), variant.id()).metadata())
        .isEqualTo(Metadata.of(variant).withSourceSha256(SHA256));
  }

  @Test
  void theClassifierIsRecognisedByItsTensors() {
    Graph graph = MobileNetV2.of(0.35, 7).graph();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, SEED);

    for (String variant : List.of(Conversion.AUTO, Conversion.MOBILENET_V2)) {
      Conversion conversion = Conversion.of(checkpoint(weights), variant);
      assertThat(conversion.metadata().variant()).isEqualTo("mobilenetv2");
      assertThat(conversion.weights()).hasSameSizeAs(weights);
    }
    assertThatThrownBy(() -> Conversion.of(checkpoint(weights), "kitti"))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("missing layer1.0.weight [32, 3, 3, 3]")
        .hasMessageEndingWith("; and 543 more")
        .extracting(e -> ((WeightsMismatchException) e).problems())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains("unexpected features.0.0.weight [16, 3, 3, 3]");
  }

  @Test
  void whatIsNotOfTheNetworkIsListedAllAtOnce() throws IOException {
    Map<String, Tensor> weights = small();
    weights.remove("layer2.0.output.1.0.weight");
    weights.remove("segm.bias");
    weights.put("extra.weight", Tensor.zeros(Shape.of(2, 3)));
    weights.put("crp4.0.2_outvar_dimred.weight", Tensor.zeros(Shape.of(8, 8, 3, 3)));
    Path file = folder.resolve("wrong.safetensors");
    Safetensors.write(file, weights, Map.of(), DType.F32);

    assertThatThrownBy(() -> Conversion.read(file, Conversion.AUTO))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            file
                + ": the weights do not fit the network: missing layer2.0.output.1.0.weight"
                + " [8, 1, 3, 3]; crp4.0.2_outvar_dimred.weight: expected shape [8, 8, 1, 1],"
                + " found [8, 8, 3, 3]; missing segm.bias [5]; unexpected extra.weight [2, 3]");
  }

  @Test
  void anotherVariantThanAskedForIsRefused() {
    Map<String, Tensor> weights = SeededTensors.parameters(Variant.KITTI.network().graph(), SEED);

    assertThatThrownBy(() -> Conversion.of(checkpoint(weights), "nyud"))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessage(
            "the weights do not fit the network:"
                + " segm.weight: expected shape [40, 256, 3, 3], found [6, 256, 3, 3];"
                + " segm.bias: expected shape [40], found [6]");
    assertThatThrownBy(() -> Conversion.read(Path.of("none.pth"), "cityscapes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cityscapes'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.", "net.", "encoder.", "model.module.net.", "module.model.", "\u00e9."})
  void aPrefixOfAllNamesIsLeftOutAndSaid(String prefix) throws IOException {
    Map<String, Tensor> prefixed = new LinkedHashMap<>();
    small().forEach((name, tensor) -> prefixed.put(prefix + name, tensor));
    prefixed.put(prefix + "layer1.1.num_batches_tracked", Tensor.of(Shape.of(), 3));
    Path file = folder.resolve("prefixed.safetensors");
    Safetensors.write(file, prefixed, Map.of(), DType.F32);

    Conversion conversion = Conversion.read(file, Conversion.AUTO);
    assertThat(conversion.weights()).containsOnlyKeys(small().keySet());
    String said = prefix.startsWith("module.") ? prefix.substring("module.".length()) : prefix;
    assertThat(conversion.notes()).containsExactly("prefix '" + said + "' left out of the names");
  }

  @Test
  void theClassifiersPrefixIsLeftOutToo() {
    Map<String, Tensor> prefixed = new LinkedHashMap<>();
    SeededTensors.parameters(MobileNetV2.of(0.35, 7).graph(), SEED)
        .forEach((name, tensor) -> prefixed.put("backbone." + name, tensor));

    Conversion conversion = Conversion.of(checkpoint(prefixed), Conversion.AUTO);
    assertThat(conversion.metadata().variant()).isEqualTo("mobilenetv2");
    assertThat(conversion.weights()).containsKey("features.0.0.weight");
  }

  @Test
  void whatIsNotBehindThePrefixIsLeftOutAndSaid() throws IOException {
    Map<String, Tensor> prefixed = new LinkedHashMap<>();
    small().forEach((name, tensor) -> prefixed.put("model." + name, tensor));
    prefixed.put("criterion.weight", Tensor.zeros(Shape.of(6)));
    Path file = folder.resolve("loss.safetensors");
    Safetensors.write(file, prefixed, Map.of(), DType.F32);

    Conversion conversion = Conversion.read(file, Conversion.AUTO);
    assertThat(conversion.weights()).containsOnlyKeys(small().keySet());
    assertThat(conversion.notes())
        .containsExactly(
            "prefix 'model.' left out of the names",
            "left out, as they lack it: 'criterion.weight'");
  }

  @Test
  void whatIsUnexpectedBehindThePrefixIsListed() throws IOException {
    Map<String, Tensor> prefixed = new LinkedHashMap<>();
    small().forEach((name, tensor) -> prefixed.put("model." + name, tensor));
    prefixed.put("model.extra.weight", Tensor.zeros(Shape.of(6)));
    Path file = folder.resolve("more.safetensors");
    Safetensors.write(file, prefixed, Map.of(), DType.F32);

    assertThatThrownBy(() -> Conversion.read(file, Conversion.AUTO))
        .hasMessage(
            file
                + ": the weights do not fit the network: unexpected extra.weight [6];"
                + " the prefix 'model.' was left out");
  }

  @Test
  void twoNetworksInOneDictAreNotGuessed() {
    Map<String, Tensor> both = new LinkedHashMap<>();
    small().forEach((name, tensor) -> both.put("student." + name, tensor));
    small().forEach((name, tensor) -> both.put("teacher." + name, tensor));

    assertThatThrownBy(() -> Conversion.of(checkpoint(both), Conversion.AUTO))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("among 588 tensors: \"student.");
  }

  @Test
  void anotherNetworkIsNamedByItsFirstTensorsBesideThoseThatAreKnown() throws IOException {
    Map<String, Tensor> other = new LinkedHashMap<>();
    for (String name :
        List.of("conv1.weight", "fc.bias", "fc.weight", "layer1.0.conv1.weight", "x")) {
      other.put(name, Tensor.zeros(Shape.of(1)));
    }
    Path file = folder.resolve("resnet.safetensors");
    Safetensors.write(file, other, Map.of(), DType.F32);

    assertThatThrownBy(() -> Conversion.read(file, Conversion.AUTO))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            file
                + ": the weights do not fit the network: expected a HydraNet with layer1.0.weight,"
                + " conv8.weight and segm.weight, depth.weight or normal.weight, found none of these"
                + " heads among 5 tensors: \"conv1.weight\", \"fc.bias\", \"fc.weight\","
                + " \"layer1.0.conv1.weight\", ...; known networks: kitti, nyud, nyud3, nyudkitti,"
                + " mobilenetv2; `convert --raw` writes the tensors of any");
  }

  @Test
  void tenProblemsAreListedAndTheOthersCounted() throws IOException {
    Path file = folder.resolve("few.safetensors");
    Map<String, Tensor> few = new LinkedHashMap<>();
    few.put("layer1.0.weight", Tensor.zeros(Shape.of(2, 3)));
    few.put("segm.weight", Tensor.zeros(Shape.of(2, 2)));
    Safetensors.write(file, few, Map.of(), DType.F32);

    assertThatThrownBy(() -> Conversion.read(file, Conversion.AUTO))
        .message()
        .contains("layer1.0.weight: expected shape [2, 3, 3, 3], found [2, 3]; missing layer1.1")
        .contains("; and 278 more; found 2 tensors: 'layer1.0.weight', 'segm.weight'; known")
        .hasSizeLessThan(1200);
  }

  @Test
  void countersAreDropped() {
    Map<String, Tensor> weights = small();
    int size = weights.size();
    weights.put("layer1.1.num_batches_tracked", Tensor.of(Shape.of(), 3));

    assertThat(Conversion.of(checkpoint(weights), Conversion.AUTO).weights())
        .hasSize(size)
        .doesNotContainKey("layer1.1.num_batches_tracked");
  }

  @Test
  void numbersThatAreNoneAreFound() throws IOException {
    Map<String, Tensor> weights = small();
    weights.get("layer1.0.weight").data()[3] = Float.NaN;
    weights.get("layer1.0.weight").data()[4] = Float.NEGATIVE_INFINITY;
    weights.get("layer1.0.weight").data()[5] = Float.NaN;
    // The largest number that rounds to float16, and the next.
    weights.get("segm.bias").data()[0] = -65519.996f;
    weights.get("segm.bias").data()[1] = 65520;
    Conversion conversion = Conversion.of(checkpoint(weights), Conversion.AUTO);

    assertThat(conversion.findings(DType.F32))
        .containsExactly("layer1.0.weight [8, 3, 3, 3]: 2 NaN, 1 infinite of 216");
    assertThat(conversion.findings(DType.F16))
        .containsExactly(
            "layer1.0.weight [8, 3, 3, 3]: 2 NaN, 1 infinite of 216",
            "segm.bias [5]: 1 too large for F16 of 5");
    Path file = folder.resolve("out.safetensors");
    assertThatThrownBy(() -> conversion.write(file, DType.F16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("segm.bias");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatAFileSaysOfItselfIsKept() throws IOException {
    Path file = folder.resolve("named.safetensors");
    String names = "floor\nwall\ndoor\nchair\nrobot";
    Safetensors.write(file, small(), Map.of("hydranet.classes", names), DType.F32);

    Conversion conversion = Conversion.read(file, Conversion.AUTO);
    assertThat(conversion.metadata().classNames())
        .containsExactly("floor", "wall", "door", "chair", "robot");
    assertThat(conversion.metadata().sourceSha256()).contains(sha256(file));

    Path wrong = folder.resolve("wrong.safetensors");
    Safetensors.write(wrong, small(), Map.of("hydranet.classes", "floor"), DType.F32);
    assertThatThrownBy(() -> Conversion.read(wrong, Conversion.AUTO))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(wrong + ": metadata 'hydranet.classes': expected 5 names, found 1 names");
  }

  private static Map<String, Tensor> small() {
    return SeededTensors.parameters(SMALL.graph(), SEED);
  }

  private static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return new Checkpoint(tensors, Map.of(), Map.of(), List.of(), SHA256);
  }

  private static Tensor halved(Tensor tensor) {
    float[] data = tensor.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.float16ToFloat(Float.floatToFloat16(data[i]));
    }
    return Tensor.of(tensor.shape(), data);
  }

  private static void assertSame(String name, Tensor actual, Tensor expected) {
    assertThat(actual).as(name).isNotNull();
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    assertThat(actual.data()).as(name).isEqualTo(expected.data());
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
