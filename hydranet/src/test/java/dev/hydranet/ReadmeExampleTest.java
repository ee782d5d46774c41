package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README, compiled and run. */
class ReadmeExampleTest {
  @TempDir private Path folder;
  private String weights;
  private String photograph;
  private String picture;

  @BeforeEach
  void files() throws IOException {
    weights = folder.resolve("kitti.safetensors").toString();
    photograph = folder.resolve("street.png").toString();
    picture = folder.resolve("overview.png").toString();
    Safetensors.write(
        Path.of(weights),
        SmallNetwork.WEIGHTS,
        Metadata.of(SmallNetwork.NETWORK).toMap(),
        DType.F32);
    ImageIO.write(SmallNetwork.picture(60, 90, 0), "png", new File(photograph));
  }

  @Test
  void embedsTheNetwork() throws IOException {
    // The README has "kitti.safetensors", "street.png" and "overview.png" for the three names.
    HydraNet net = HydraNet.load(Path.of(weights)); // immutable: share it among all threads
    BufferedImage image = ImageIO.read(new File(photograph)); // any size, any kind
    Scene scene = net.predict(image);

    int x = 45;
    int y = 30;
    Segmentation segmentation = scene.segmentation();
    String what = segmentation.className(segmentation.classAt(x, y)); // "car"
    float metres = scene.depth().metresAt(x, y); // 12.3
    ImageIO.write(scene.toOverview(image), "png", new File(picture));

    assertThat(what).startsWith("class ");
    assertThat(metres).isPositive();
    assertThat(Files.size(Path.of(picture))).isGreaterThan(1000);
  }
}
