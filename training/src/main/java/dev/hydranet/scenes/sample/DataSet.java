package dev.hydranet.scenes.sample;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes samples into a folder as PNGs; training/README.md defines the layout. */
public final class DataSet {
  private final Path folder;

  /** Makes the folder and writes its {@code dataset.json}. */
  public DataSet(Path folder) throws IOException {
    this.folder = folder;
    ImageIO.setUseCache(false);
    for (String part : new String[] {"images", "labels", "depth", "normals"}) {
      Files.createDirectories(folder.resolve(part));
    }
    Files.writeString(
        folder.resolve("dataset.json"),
        "{\"classes\": [\""
            + String.join("\", \"", Sample.CLASSES)
            + "\"], \"depthScale\": "
            + Sample.DEPTH_SCALE
            + "}\n");
  }

  /** Writes the sample's four pictures, named by its index. */
  public void write(long index, Sample sample) throws IOException {
    String name = String.format("%06d.png", index);
    save("images", name, colour(sample, sample.rgb()));
    BufferedImage labels =
        new BufferedImage(sample.width(), sample.height(), BufferedImage.TYPE_BYTE_GRAY);
    System.arraycopy(
        sample.labels(),
        0,
        ((DataBufferByte) labels.getRaster().getDataBuffer()).getData(),
        0,
        sample.labels().length);
    save("labels", name, labels);
    BufferedImage depth =
        new BufferedImage(sample.width(), sample.height(), BufferedImage.TYPE_USHORT_GRAY);
    System.arraycopy(
        sample.depth(),
        0,
        ((DataBufferUShort) depth.getRaster().getDataBuffer()).getData(),
        0,
        sample.depth().length);
    save("depth", name, depth);
    save("normals", name, colour(sample, sample.normals()));
  }

  private static BufferedImage colour(Sample sample, byte[] rgb) {
    BufferedImage image =
        new BufferedImage(sample.width(), sample.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }

  /** Writes to a sibling file and renames it, so that no half-written file has the name. */
  private void save(String part, String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(part).resolve(name);
    Path partial = file.resolveSibling(name + ".part");
    try {
      if (!ImageIO.write(image, "png", partial.toFile())) {
        throw new IOException(file + ": no PNG writer in this Java");
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
