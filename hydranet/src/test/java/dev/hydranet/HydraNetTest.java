package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HydraNetTest {
  private static final HydraNet NET = SmallNetwork.load(Threads.of(1));

  @TempDir private Path folder;

  @Test
  void answersAllTasksAtTheImagesSize() {
    Scene scene = NET.predict(SmallNetwork.picture(33, 50, 0));
    assertThat(scene.tasks()).containsExactly(Task.SEGM, Task.DEPTH, Task.NORMAL);
    assertThat(scene.height()).isEqualTo(33);
    assertThat(scene.width()).isEqualTo(50);
    assertThat(scene.segmentation().labels()).hasSize(33 * 50);
    assertThat(scene.segmentation().rawLogits().shape()).isEqualTo(Shape.of(1, 5, 9, 13));
    assertThat(scene.depth().metres()).hasSize(33 * 50);
    assertThat(scene.normals().components().shape()).isEqualTo(Shape.of(1, 3, 33, 50));
  }

  @Test
  void takesASinglePixel() {
    Scene scene = NET.predict(SmallNetwork.picture(1, 1, 0));
    assertThat(scene.segmentation().classAt(0, 0)).isBetween(0, 4);
    assertThat(scene.depth().metresAt(0, 0)).isNotNegative();
  }

  @Test
  void givesEveryThreadWhatOneThreadGets() throws Exception {
    List<BufferedImage> images = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      images.add(SmallNetwork.picture(20 + i % 3 * 7, 40 - i % 4 * 5, i));
    }
    List<Scene> expected = images.stream().map(NET::predict).toList();

    HydraNet shared = SmallNetwork.load(Threads.of(1));
    List<Future<Scene>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 3; round++) {
        for (BufferedImage image : images) {
          futures.add(threads.submit(() -> shared.predict(image)));
        }
      }
    }

    for (int i = 0; i < futures.size(); i++) {
      assertSame(futures.get(i).get(), expected.get(i % images.size()));
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    BufferedImage image = SmallNetwork.picture(37, 61, 5);
    assertSame(SmallNetwork.load(Threads.of(3)).predict(image), NET.predict(image));
  }

  @Test
  void aSessionAndItsScenesAreWhatPredictDoes() {
    BufferedImage image = SmallNetwork.picture(24, 30, 1);
    Session session = NET.newSession(24, 30, Threads.of(2));
    Map<String, Tensor> heads = session.newOutputs();
    session.run(Map.of(HydraNetwork.INPUT, NET.toInput(image, PredictOptions.DEFAULT)), heads);
    assertSame(NET.toScene(heads, 24, 30, new ImageSize(24, 30)), NET.predict(image));
  }

  @Test
  void computesOnlyTheTasksAskedFor() {
    BufferedImage image = SmallNetwork.picture(24, 30, 1);
    Scene scene = NET.withTasks(Set.of(Task.DEPTH)).predict(image);
    assertThat(scene.tasks()).containsExactly(Task.DEPTH);
    assertThat(scene.depth().metres()).isEqualTo(NET.predict(image).depth().metres());
    assertThatThrownBy(scene::segmentation)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the scene has no segm: the network was asked for [depth]");
    assertThatThrownBy(scene::normals).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesTasksThatTheNetworkLacks() {
    HydraNetwork network = HydraNetwork.of(0, Set.of(Task.DEPTH)).scaled(0.1);
    HydraNet net =
        HydraNet.of(
            new Safetensors(SeededTensors.parameters(network.graph(), 4), Map.of()), Threads.of(1));
    assertThat(net.predict(SmallNetwork.picture(9, 9, 0)).tasks()).containsExactly(Task.DEPTH);
    assertThatThrownBy(() -> net.withTasks(Set.of(Task.SEGM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected some of the network's tasks [depth], found [segm]");
    assertThatThrownBy(() -> net.withTasks(Set.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnImageTooLargeForTheHeapAndGoesOn() {
    BufferedImage huge = MemoryLimitsTest.grey(40_000, 40_000);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> NET.predict(huge))
          .isInstanceOf(InsufficientMemoryException.class)
          .hasMessageContaining("an image of 40000 x 40000 pixels");
    }
    assertThat(NET.predict(SmallNetwork.picture(9, 9, 0)).width()).isEqualTo(9);
  }

  @Test
  void loadsAFileAndWhatItSaysAboutItself() throws IOException {
    Metadata said =
        new Metadata(
            "mine",
            SmallNetwork.NETWORK.tasks(),
            List.of("a", "b", "c", "d", "e"),
            Palette.of(1, 2, 3, 4, 5),
            Optional.of(new DepthRange(1, 3)),
            new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25)),
            OptionalInt.of(50),
            Optional.empty());
    Path file = folder.resolve("mine.safetensors");
    Safetensors.write(file, SmallNetwork.WEIGHTS, said.toMap(), DType.F32);

    HydraNet net = HydraNet.load(file);

    assertThat(net.metadata()).isEqualTo(said);
    assertThat(net.network()).isEqualTo(SmallNetwork.NETWORK);
    Scene scene = net.predict(SmallNetwork.picture(9, 9, 0));
    assertThat(scene.segmentation().className(2)).isEqualTo("c");
    assertThat(scene.segmentation().palette()).isEqualTo(said.palette());
    assertThat(scene.depth().range()).isEqualTo(new DepthRange(1, 3));
    // 255 / 255 is 1, less the mean, by the standard deviation.
    BufferedImage white = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    white.getRaster().setSample(0, 0, 0, 255);
    assertThat(net.toInput(white, PredictOptions.DEFAULT).data()).containsExactly(2, 2, 2);
  }

  @Test
  void namesTheFileWhoseTensorsAreNotTheNetworks() throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>(SmallNetwork.WEIGHTS);
    weights.remove("conv8.weight");
    Path file = folder.resolve("torn.safetensors");
    Safetensors.write(file, weights, Map.of(), DType.F32);
    assertThatThrownBy(() -> HydraNet.load(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("missing conv8.weight")
        .hasMessageNotContaining("\n");
  }

  @Test
  void namesTheFileWhoseMetadataContradictsItsTensors() throws IOException {
    Path file = folder.resolve("wrong.safetensors");
    Safetensors.write(
        file, SmallNetwork.WEIGHTS, Map.of("hydranet.classes", "one\ntwo"), DType.F32);
    assertThatThrownBy(() -> HydraNet.load(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(file + ": metadata 'hydranet.classes': expected 5 names, found 2 names");
  }

  @Test
  void saysWhichArtifactHasTheModel() {
    assertThatThrownBy(HydraNet::bundled)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dev.hydranet:hydranet-model");
  }

  @Test
  void refusesHeadsOfAnotherNetwork() {
    ImageSize size = new ImageSize(9, 9);
    Tensor four = Tensor.zeros(Shape.of(1, 4, 3, 3));
    assertThatThrownBy(() -> NET.toScene(Map.of("segm", four), 9, 9, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("segm: expected shape [1, 5, height, width], found [1, 4, 3, 3]");
    assertThatThrownBy(() -> NET.toScene(Map.of("edges", four), 9, 9, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'edges'");
    assertThatThrownBy(() -> NET.toScene(Map.of(), 0, 9, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x9");
  }

  private static void assertSame(Scene actual, Scene expected) {
    assertThat(actual.segmentation().rawLogits().data())
        .isEqualTo(expected.segmentation().rawLogits().data());
    assertThat(actual.segmentation().labels()).isEqualTo(expected.segmentation().labels());
    assertThat(actual.depth().metres()).isEqualTo(expected.depth().metres());
    assertThat(actual.normals().components().data())
        .isEqualTo(expected.normals().components().data());
  }
}
