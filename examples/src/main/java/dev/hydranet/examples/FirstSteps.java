package dev.hydranet.examples;

import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.Segmentation;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The Java of the README, run in a folder in which {@code hydranet demo} has been. */
public final class FirstSteps {
  private FirstSteps() {}

  public static void main(String[] arguments) throws IOException {
    HydraNet net = HydraNet.bundled(); // immutable: share it among any threads
    BufferedImage image = Images.read(Path.of("hydranet-demo/scenes/images/000003.png"));
    Scene scene = net.predict(image);

    int x = image.getWidth() / 2;
    int y = image.getHeight() - 20;
    Segmentation segmentation = scene.segmentation();
    System.out.println(segmentation.className(segmentation.classAt(x, y))); // road
    System.out.println(scene.depth().metresAt(x, y)); // the distance in metres
    ImageIO.write(scene.toOverview(image), "png", new File("overview.png"));
  }
}
