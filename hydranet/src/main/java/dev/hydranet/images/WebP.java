package dev.hydranet.images;

import dev.hydranet.images.vp8.Vp8;
import dev.hydranet.images.vp8l.Vp8l;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/**
 * WebP (RFC 9649): the picture out of its container, without alpha; of an animation the first frame
 * on its canvas.
 */
final class WebP {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int ANIMATION = 2;
  private static final String LOSSY = "VP8 ";
  private static final String LOSSLESS = "VP8L";

  private final PixelBudget budget;
  private Orientation orientation = Orientation.NORMAL;
  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private String kind;
  private ByteBuffer picture;

  private WebP(PixelBudget budget) {
    this.budget = budget;
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    WebP webp = new WebP(budget);
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    webp.walk(in.position(RIFF_HEADER), true);
    return webp.orientation.upright(webp.decode());
  }

  /** Looks at chunks until there are no more; of several pictures, the first counts. */
  private void walk(ByteBuffer in, boolean outermost) throws IIOException {
    while (in.remaining() >= CHUNK_HEADER) {
      byte[] name = new byte[Integer.BYTES];
      in.get(name);
      String type = new String(name, StandardCharsets.ISO_8859_1);
      long length = in.getInt() & 0xffffffffL;
      boolean whole = length <= in.remaining();
      ByteBuffer content =
          in.slice(in.position(), (int) Math.min(length, in.remaining())).order(in.order());
      in.position((int) Math.min(in.limit(), in.position() + length + length % 2));
      switch (type) {
        case LOSSY, LOSSLESS -> {
          if (picture == null) {
            if (!whole) {
              throw new IIOException(Reason.CUT_OFF);
            }
            kind = type;
            picture = content;
          }
        }
        case "VP8X" -> {
          // Of a single picture, it only repeats the picture's size.
          if (outermost && content.remaining() >= 10 && (content.get(0) & ANIMATION) != 0) {
            canvasWidth = (content.getInt(3) >>> 8) + 1;
            canvasHeight = (content.getInt(6) >>> 8) + 1;
          }
        }
        case "ANMF" -> {
          if (outermost && picture == null && content.remaining() > FRAME_HEADER) {
            left = (content.getInt(0) & 0xffffff) * 2;
            top = (content.getInt(3) & 0xffffff) * 2;
            walk(
                content.slice(FRAME_HEADER, content.remaining() - FRAME_HEADER).order(in.order()),
                false);
          }
        }
        case "EXIF" -> orientation = outermost ? Exif.orientation(content) : orientation;
        default -> {
          // Alpha, which is dropped, and metadata.
        }
      }
    }
    if (outermost && picture == null) {
      throw new IIOException("a WebP without a picture, or cut off before it");
    }
  }

  private BufferedImage decode() throws IOException {
    BufferedImage frame = frame();
    boolean covers =
        left == 0
            && top == 0
            && frame.getWidth() >= canvasWidth
            && frame.getHeight() >= canvasHeight;
    if (canvasWidth == 0 || covers) {
      return frame;
    }
    if (left + (long) frame.getWidth() > canvasWidth
        || top + (long) frame.getHeight() > canvasHeight) {
      throw new IIOException("a WebP whose first frame does not fit on its canvas");
    }
    budget.check(canvasWidth, canvasHeight, 3 * Byte.SIZE);
    BufferedImage canvas =
        Pictures.of(canvasWidth, canvasHeight, 3, new byte[canvasWidth * canvasHeight * 3]);
    canvas.getRaster().setRect(left, top, frame.getRaster());
    return canvas;
  }

  private BufferedImage frame() throws IOException {
    byte[] data = new byte[picture.remaining()];
    picture.get(0, data);
    boolean lossy = kind.equals(LOSSY);
    int width = lossy ? Vp8.width(data) : Vp8l.width(data);
    int height = lossy ? Vp8.height(data) : Vp8l.height(data);
    // Beside the result, planes of luma and chroma, or pixels before and after a transform.
    budget.check(width, height, lossy ? 5 * Byte.SIZE : 11 * Byte.SIZE);
    if (lossy) {
      // The modes of a macroblock of 16x16 pixels take three bits at least.
      PixelBudget.checkData(
          (long) Math.ceilDiv(width, 16) * Math.ceilDiv(height, 16) * 3 / Byte.SIZE, data.length);
    }
    byte[] rgb = lossy ? Vp8.decode(data) : Vp8l.decode(data);
    return Pictures.of(width, height, 3, rgb);
  }
}
