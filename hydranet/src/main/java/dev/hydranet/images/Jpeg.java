package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    return samples;
  }

  /** How many blocks of 8x8 samples are coded; each takes a bit at least. */
  private static long blocks(JpegFile jpeg) {
    int mostAcross =
        jpeg.components().stream().mapToInt(JpegFile.Component::across).max().getAsInt();
    int mostDown = jpeg.components().stream().mapToInt(JpegFile.Component::down).max().getAsInt();
    long blocks = 0;
    for (JpegFile.Component component : jpeg.components()) {
      long across = Math.ceilDiv((long) jpeg.width() * component.across(), 8L * mostAcross);
      long down = Math.ceilDiv((long) jpeg.height() * component.down(), 8L * mostDown);
      blocks += across * down;
    }
    return blocks;
  }
}
