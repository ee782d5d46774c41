package dev.hydranet.spark;

import dev.hydranet.DepthMap;
import dev.hydranet.Segmentation;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Scenes as PNG files in memory. */
final class PngPictures {
  private static final double LEVELS_PER_METRE = 256;
  private static final int MOST = 0xffff;

  private PngPictures() {}

  static byte[] labels(Segmentation segmentation) throws IOException {
    BufferedImage picture =
        new BufferedImage(
            segmentation.width(), segmentation.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] levels = SceneNumbers.bytes(segmentation.labels());
    byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    System.arraycopy(levels, 0, pixels, 0, levels.length);
    return encode(picture);
  }

  static byte[] depth(DepthMap depth) throws IOException {
    BufferedImage picture =
        new BufferedImage(depth.width(), depth.height(), BufferedImage.TYPE_USHORT_GRAY);
    short[] pixels = ((DataBufferUShort) picture.getRaster().getDataBuffer()).getData();
    float[] metres = depth.metres();
    for (int i = 0; i < metres.length; i++) {
      // 0 stands for what is not known.
      pixels[i] =
          Float.isNaN(metres[i])
              ? 0
              : (short) Math.clamp(Math.round(LEVELS_PER_METRE * metres[i]), 1, MOST);
    }
    return encode(picture);
  }

  static byte[] overlay(BufferedImage image, Segmentation segmentation) throws IOException {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    segmentation.paintOver(rgb, rgb);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, rgb, 0, width);
    return encode(picture);
  }

  /** Without a temporary file. */
  static byte[] encode(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", out)) {
        throw new IOException("this Java has no writer for png");
      }
    }
    return bytes.toByteArray();
  }
}
