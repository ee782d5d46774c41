package dev.hydranet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;
  private static final Map<Character, Color> CORNERS =
      Map.of('A', Color.RED, 'B', Color.GREEN, 'C', Color.BLUE, 'D', Color.WHITE);

  /** 8x8 pixels of cyan, made by Pillow. */
  private static final String CMYK_JPEG =
      "ffd8ffee000e41646f626500640000000000ffdb004300100b0c0e0c0a100e0d0e1211101318281a"
          + "181616183123251d283a333d3c3933383740485c4e404457453738506d51575f626768673e4d7179"
          + "7064785c656763ffc000140800080008044311004d11005911004b1100ffc4001400010000000000"
          + "0000000000000000000007ffc40014100100000000000000000000000000000000ffda000e044300"
          + "4d0059004b00003f003f2010080fffd9";

  @TempDir private Path folder;

  /**
   * What the EXIF standard says of its orientations: where row 0 and column 0 are to be seen, and
   * so each corner of the stored picture, A B over C D.
   */
  @ParameterizedTest
  @CsvSource({
    "1, A, B, C, D", // row 0 is the top, column 0 the left
    "2, B, A, D, C", // top, right
    "3, D, C, B, A", // bottom, right
    "4, C, D, A, B", // bottom, left
    "5, A, C, B, D", // left, top
    "6, C, A, D, B", // right, top
    "7, D, B, C, A", // right, bottom
    "8, B, D, A, C", // left, bottom
  })
  void jpegIsTurnedAsExifSays(
      int orientation, char topLeft, char topRight, char bottomLeft, char bottomRight)
      throws IOException {
    Path file = Files.write(folder.resolve("o.jpg"), withExif(jpeg(), orientation));
    BufferedImage image = Images.read(file);
    boolean turned = orientation > 4;
    assertThat(image.getWidth()).isEqualTo(turned ? HEIGHT : WIDTH);
    assertThat(image.getHeight()).isEqualTo(turned ? WIDTH : HEIGHT);
    int right = image.getWidth() - 5;
    int bottom = image.getHeight() - 5;
    assertThat(cornerAt(image, 4, 4)).isEqualTo(topLeft);
    assertThat(cornerAt(image, right, 4)).isEqualTo(topRight);
    assertThat(cornerAt(image, 4, bottom)).isEqualTo(bottomLeft);
    assertThat(cornerAt(image, right, bottom)).isEqualTo(bottomRight);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void orientationThatDoesNotExistIsIgnored(int orientation) throws IOException {
    Path file = Files.write(folder.resolve("o.jpg"), withExif(jpeg(), orientation));
    assertThat(cornerAt(Images.read(file), 4, 4)).isEqualTo('A');
  }

  @Test
  void cmykJpegIsRead() throws IOException {
    Path file = Files.write(folder.resolve("cmyk.jpg"), HexFormat.of().parseHex(CMYK_JPEG));
    Color pixel = new Color(Images.read(file).getRGB(4, 4));
    assertThat(pixel.getRed()).isLessThan(60);
    assertThat(pixel.getBlue()).isGreaterThan(180);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void damagedImageIsAnErrorThatNamesTheFile(String format) throws IOException {
    byte[] whole = encoded(noise(), format);
    Path file = folder.resolve("cut." + format);
    for (int part = 1; part < 8; part++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 8));
      assertThatThrownBy(() -> Images.read(file))
          .as("%d eighths of %s", part, format)
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Path page = Files.writeString(folder.resolve("page.png"), "<html>Not found");
    assertThatThrownBy(() -> Images.read(page))
        .hasMessage(page + ": expected an image, found an HTML page");
    assertThatThrownBy(() -> Images.read(folder))
        .hasMessage(folder + ": expected an image, found a directory");
    Path missing = folder.resolve("missing.png");
    assertThatThrownBy(() -> Images.read(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void imageOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] png = encoded(corners(), "png");
    // The header chunk's width and height, and its CRC.
    System.arraycopy(HexFormat.of().parseHex("000fffff000fffff"), 0, png, 16, 8);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    Path file = Files.write(folder.resolve("bomb.png"), png);
    assertThatThrownBy(() -> Images.read(file))
        .hasMessage(file + ": not a readable image: 1048575 x 1048575 pixels are too many");
  }

  /** A text chunk of 64 kB that expands to an unwanted 64 MB. */
  @Test
  void textOfAPngIsNotInflated() throws IOException {
    byte[] png = encoded(corners(), "png");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("zTXtComment\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(text)) {
      deflater.write(new byte[64 << 20]);
    }
    CRC32 crc = new CRC32();
    crc.update(text.toByteArray());
    int afterHeader = 8 + 12 + 13;
    ByteBuffer all = ByteBuffer.allocate(png.length + text.size() + 8);
    all.put(png, 0, afterHeader).putInt(text.size() - 4).put(text.toByteArray());
    all.putInt((int) crc.getValue()).put(png, afterHeader, png.length - afterHeader);
    Path file = Files.write(folder.resolve("text.png"), all.array());

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(cornerAt(Images.read(file), 4, 4)).isEqualTo('A');
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
  }

  /** A progressive picture whose last scan comes again and again, which changes no pixel. */
  @Test
  void aJpegOfManyScansIsNotDecoded() throws IOException {
    byte[] jpeg = progressive(corners());
    int scan = lastScan(jpeg);
    Path file = folder.resolve("scans.jpg");

    Files.write(file, withScanAgain(jpeg, scan, 80));
    assertThat(cornerAt(Images.read(file), 4, 4)).isEqualTo('A');

    Files.write(file, withScanAgain(jpeg, scan, 101));
    assertThatThrownBy(() -> Images.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": not a readable image: a JPEG of more than 100 scans");
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static int lastScan(byte[] jpeg) {
    int at = jpeg.length - 2;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xda) {
      at--;
    }
    return at;
  }

  private static byte[] withScanAgain(byte[] jpeg, int scan, int times) {
    int end = jpeg.length - 2;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, end);
    for (int i = 0; i < times; i++) {
      bytes.write(jpeg, scan, end - scan);
    }
    bytes.write(jpeg, end, 2);
    return bytes.toByteArray();
  }

  private static char cornerAt(BufferedImage image, int x, int y) {
    Color found = new Color(image.getRGB(x, y));
    return CORNERS.entrySet().stream()
        .filter(corner -> distance(corner.getValue(), found) < 60)
        .findAny()
        .orElseThrow(() -> new AssertionError("no corner's colour: " + found))
        .getKey();
  }

  private static int distance(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed())
        + Math.abs(a.getGreen() - b.getGreen())
        + Math.abs(a.getBlue() - b.getBlue());
  }

  /** Four rectangles of even colours. */
  private static BufferedImage corners() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 4; i++) {
      graphics.setColor(CORNERS.get((char) ('A' + i)));
      graphics.fillRect(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
    }
    graphics.dispose();
    return image;
  }

  /** Of which nothing can be foretold, so that no format stores it in less than what it takes. */
  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, random.nextInt());
    }
    return image;
  }

  private static byte[] jpeg() throws IOException {
    return encoded(corners(), "jpg");
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** Puts an APP1 segment with a one-entry TIFF directory after a JPEG's first marker. */
  private static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe10022"
                    + "457869660000" // Exif
                    + "4d4d002a00000008" // TIFF, big-endian, the directory at 8
                    + "0001"
                    + "0112000300000001"
                    + String.format("%04x0000", orientation)
                    + "00000000");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(jpeg, 0, 2);
    all.writeBytes(exif);
    all.write(jpeg, 2, jpeg.length - 2);
    return all.toByteArray();
  }
}
