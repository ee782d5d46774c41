package dev.hydranet.images;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Image formats that this project knows by sight and does not read. */
enum ForeignFormat {
  HEIC("a HEIC image, which Java cannot read; convert it to JPEG or PNG"),
  AVIF("an AVIF image, which Java cannot read; convert it to JPEG or PNG"),
  JPEG_2000("a JPEG 2000 image, which Java cannot read; convert it to JPEG or PNG"),
  JPEG_XL("a JPEG XL image, which Java cannot read; convert it to JPEG or PNG"),
  BIG_TIFF("a BigTIFF image, which is not supported; convert it to TIFF or PNG"),
  PHOTOSHOP("a Photoshop document, which is not supported; convert it to PNG"),
  CAMERA_RAW("a camera's raw file, which is not supported; convert it to JPEG or PNG"),
  VIDEO("a video, not a picture");

  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1");

  private final String description;

  ForeignFormat(String description) {
    this.description = description;
  }

  /** What it is, with its article, and what to do. */
  String description() {
    return description;
  }

  /** The format of a file that begins with these bytes; empty if it is none of them. */
  static Optional<ForeignFormat> of(byte[] head) {
    String bytes = new String(head, 0, Math.min(head.length, 64), StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("ftyp", 4)) {
      return Optional.of(ofBrands(bytes));
    }
    if (bytes.startsWith("\0\0\0\fjP  \r\n\u0087\n")
        || bytes.startsWith("\u00ff\u004f\u00ff\u0051")) {
      return Optional.of(JPEG_2000);
    }
    if (bytes.startsWith("\0\0\0\fJXL \r\n\u0087\n") || bytes.startsWith("\u00ff\n")) {
      return Optional.of(JPEG_XL);
    }
    if (bytes.startsWith("II+\0") || bytes.startsWith("MM\0+")) {
      return Optional.of(BIG_TIFF);
    }
    if (bytes.startsWith("8BPS\0")) {
      return Optional.of(PHOTOSHOP);
    }
    boolean raw =
        bytes.startsWith("FUJIFILMCCD-RAW")
            || bytes.startsWith("II*\0\u0010\0\0\0CR")
            || bytes.startsWith("IIRO")
            || bytes.startsWith("IIRS")
            || bytes.startsWith("MMOR")
            || bytes.startsWith("IIU\0");
    return raw ? Optional.of(CAMERA_RAW) : Optional.empty();
  }

  /** An ISO media file names its major brand first, then those that it is compatible with. */
  private static ForeignFormat ofBrands(String bytes) {
    // The minor version, at 12, is no brand.
    String[] brands =
        java.util.stream.IntStream.iterate(8, at -> at + 4 <= bytes.length(), at -> at + 4)
            .filter(at -> at != 12)
            .mapToObj(at -> bytes.substring(at, at + 4))
            .toArray(String[]::new);
    if (brands.length == 0) {
      return VIDEO;
    }
    if (Arrays.stream(brands).anyMatch(brand -> brand.equals("avif") || brand.equals("avis"))) {
      return AVIF;
    }
    if (Arrays.stream(brands).anyMatch(HEIC_BRANDS::contains)) {
      return HEIC;
    }
    if (brands[0].equals("crx ")) {
      return CAMERA_RAW;
    }
    return brands[0].startsWith("jp") ? JPEG_2000 : VIDEO;
  }
}
