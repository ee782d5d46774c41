package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/data.md, run. */
@Tag("once")
class ScoringExampleTest {
  @TempDir private File folder;

  @Test
  void scoresAScene() throws IOException {
    HydraNetwork network = HydraNetwork.of(5, EnumSet.of(Task.SEGM)).scaled(0.1);
    Safetensors content = new Safetensors(SeededTensors.parameters(network.graph(), 4), Map.of());
    HydraNet net = HydraNet.of(content, Threads.of(1));
    Scene scene = net.predict(new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR));
    int[] predicted = scene.segmentation().labels();
    File labels = new File(folder, "labels.png");
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < predicted.length; i++) {
      picture.getRaster().setSample(i % 40, i / 40, 0, predicted[i]);
    }
    ImageIO.write(picture, "png", labels);

    ConfusionMatrix matrix = new ConfusionMatrix(net.network().classes());
    matrix.add(GroundTruth.labels(ImageIO.read(labels)), scene.segmentation().labels());
    double meanIou = matrix.meanIou();

    assertThat(meanIou).isEqualTo(1);
    assertThat(matrix.pixels()).isEqualTo(40 * 30);
    assertThat(matrix.count(predicted[0], predicted[0]))
        .isEqualTo(Arrays.stream(predicted).filter(c -> c == predicted[0]).count());
  }

  @Test
  void scoresADataset() throws IOException {
    HydraNetwork network = HydraNetwork.of(5, EnumSet.of(Task.SEGM)).scaled(0.1);
    Safetensors content = new Safetensors(SeededTensors.parameters(network.graph(), 4), Map.of());
    HydraNet net = HydraNet.of(content, Threads.of(1));
    Path kitti = folder.toPath();
    for (String name : new String[] {"images/a.png", "labels/a.png"}) {
      File file = new File(folder, name);
      file.getParentFile().mkdir();
      ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY), "png", file);
    }

    Dataset data = Dataset.read(kitti);
    Scores scores = new Scores(net.network().classes());
    for (Dataset.Sample sample : data.samples()) {
      Comparison seen = Comparison.of(net, sample, PredictOptions.DEFAULT);
      scores.addAll(seen.scores(net.network().classes(), data.description().depthScale()));
    }
    double meanIou = scores.segmentation().meanIou();

    assertThat(meanIou).isBetween(0.0, 1.0);
    assertThat(scores.images()).containsEntry(Task.SEGM, 1);
  }
}
