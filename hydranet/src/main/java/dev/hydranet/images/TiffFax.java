package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * TIFFs of one bit, compressed as facsimiles are: the JDK's reader decodes them, out of a file with
 * a directory of only those fields that make pixels.
 */
final class TiffFax {
  /** Of the fields that matter to pixels of one bit, in their order. */
  private static final int[] TAGS = {
    256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 292, 293, 322, 323, 324, 325
  };

  private static final int LONG = 4;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private TiffFax() {}

  static BufferedImage read(byte[] file, TiffDirectory tags, PixelBudget budget)
      throws IOException {
    List<Integer> kept = new ArrayList<>();
    int numbers = 0;
    for (int tag : TAGS) {
      if (tags.has(tag)) {
        kept.add(tag);
        numbers += tags.count(tag);
      }
    }
    int start = file.length + file.length % 2;
    int directory = 2 + kept.size() * ENTRY_BYTES + 4;
    ByteBuffer out = ByteBuffer.allocate(start + directory + numbers * 4).order(tags.order());
    out.put(file).putInt(4, start).position(start);
    out.putShort((short) kept.size());
    int values = start + directory;
    for (int tag : kept) {
      int count = tags.count(tag);
      boolean isShort = tag == 258 || tag == 259 || tag == 262 || tag == 266 || tag == 277;
      out.putShort((short) tag).putShort((short) (isShort ? SHORT : LONG)).putInt(count);
      if (isShort) {
        out.putShort((short) tags.get(tag, 0)).putShort((short) 0);
      } else if (count == 1) {
        out.putInt((int) tags.get(tag, 0));
      } else {
        out.putInt(values);
        for (int i = 0; i < count; i++, values += 4) {
          out.putInt(values, (int) tags.get(tag, i));
        }
      }
    }
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(out.array()))) {
      return OtherReaders.read(JdkReaders.of("tiff"), in, budget);
    }
  }
}
