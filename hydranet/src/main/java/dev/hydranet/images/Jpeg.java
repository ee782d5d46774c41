package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG: the JDK's decoder, which is the Independent JPEG Group's, computes the components; what
 * colours they are is decided here, by the rules of libjpeg, and computed with its numbers.
 */
final class Jpeg {
  /** What the decoder calls data that are not all there. */
  private static final Pattern DAMAGE =
      Pattern.compile("premature end|truncated|corrupt|restart", Pattern.CASE_INSENSITIVE);

  /** Bytes between scans that no pixel needs; some cameras write them. */
  private static final Pattern RUBBISH = Pattern.compile("extraneous byte");

  private Jpeg() {}

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    JpegFile jpeg = JpegFile.of(file);
    int components = jpeg.components().size();
    byte[] samples = samples(jpeg, budget);
    if (jpeg.isLumaChroma()) {
      JpegColours.convert(samples, components);
    }
    if (components == 4) {
      // Adobe's inks are stored inverted, and others have followed.
      samples = Cmyk.invertedToRgb(samples);
    }
    BufferedImage image =
        Pictures.of(jpeg.width(), jpeg.height(), components == 1 ? 1 : 3, samples);
    return jpeg.orientation().upright(image);
  }

  /** The components as they are stored, pixel by pixel. */
  static byte[] samples(JpegFile jpeg, PixelBudget budget) throws IOException {
    int components = jpeg.components().size();
    budget.check(jpeg.width(), jpeg.height(), components * Byte.SIZE);
    PixelBudget.checkData(blocks(jpeg) / Byte.SIZE, jpeg.scanBytes());
    ImageReader reader = JdkReaders.of("jpeg");
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Raster raster;
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg.plain()))) {
      reader.setInput(in, true, true);
      raster = reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
    for (String warning : warnings) {
      if (DAMAGE.matcher(warning).find() && !RUBBISH.matcher(warning).find()) {
        throw new IIOException(warning);
      }
    }
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    if (raster.getWidth() != jpeg.width()
        || raster.getHeight() != jpeg.height()
        || samples.length != jpeg.width() * jpeg.height() * components) {
      throw new IIOException("the decoder finds another image than its header announces");
    }
    interpolate(jpeg, samples);
    return samples;
  }

  /**
   * Components of half the rows and all columns come out of the decoder with each row twice. Newer
   * libjpegs (libjpeg-turbo's {@code h1v2_fancy_upsample}) interpolate them as they do others.
   */
  private static void interpolate(JpegFile jpeg, byte[] samples) {
    List<JpegFile.Component> components = jpeg.components();
    for (int c = 0; c < components.size(); c++) {
      if (components.get(c).across() == most(jpeg, JpegFile.Component::across)
          && 2 * components.get(c).down() == most(jpeg, JpegFile.Component::down)) {
        interpolateRows(samples, c, components.size(), jpeg.width(), jpeg.height());
      }
    }
  }

  private static void interpolateRows(
      byte[] samples, int component, int components, int width, int height) {
    int[] above = new int[width];
    int row = width * components;
    for (int y = 0; y < height; y += 2) {
      int at = y * row + component;
      for (int x = 0; x < width; x++, at += components) {
        int here = samples[at] & 0xff;
        int before = y == 0 ? here : above[x];
        int below = y + 2 < height ? samples[at + 2 * row] & 0xff : here;
        samples[at] = (byte) (3 * here + before + 1 >> 2);
        if (y + 1 < height) {
          samples[at + row] = (byte) (3 * here + below + 2 >> 2);
        }
        above[x] = here;
      }
    }
  }

  private static int most(JpegFile jpeg, ToIntFunction<JpegFile.Component> factor) {
    return jpeg.components().stream().mapToInt(factor).max().orElseThrow();
  }

  /** How many blocks of 8x8 samples are coded; each takes a bit at least. */
  private static long blocks(JpegFile jpeg) {
    int mostAcross = most(jpeg, JpegFile.Component::across);
    int mostDown = most(jpeg, JpegFile.Component::down);
    long blocks = 0;
    for (JpegFile.Component component : jpeg.components()) {
      long across = Math.ceilDiv((long) jpeg.width() * component.across(), 8L * mostAcross);
      long down = Math.ceilDiv((long) jpeg.height() * component.down(), 8L * mostDown);
      blocks += across * down;
    }
    return blocks;
  }
}
