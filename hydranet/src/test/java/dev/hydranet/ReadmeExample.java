package dev.hydranet;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The Java of the README, run in a folder that has the two files. */
final class ReadmeExample {
  private ReadmeExample() {}

  public static void main(String[] arguments) throws IOException {
    HydraNet net = HydraNet.load(Path.of("kitti.safetensors")); // immutable: share it freely
    BufferedImage image = ImageIO.read(new File("street.png")); // any size, any kind
    Scene scene = net.predict(image);

    int x = 45;
    int y = 30;
    Segmentation segmentation = scene.segmentation();
    String what = segmentation.className(segmentation.classAt(x, y)); // "car"
    float metres = scene.depth().metresAt(x, y); // 12.3
    ImageIO.write(scene.toOverview(image), "png", new File("overview.png"));

    System.out.println(what);
    System.out.println(metres);
  }
}
