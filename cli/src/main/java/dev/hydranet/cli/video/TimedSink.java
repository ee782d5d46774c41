package dev.hydranet.cli.video;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.video.Chroma;
import dev.hydranet.video.RgbToYuv;
import dev.hydranet.video.YuvFormat;
import dev.hydranet.video.YuvFrame;
import dev.hydranet.video.YuvMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pictures that each have their own time, for ffmpeg to read: Matroska with raw planes, since Y4M
 * has no times. Written from the public specification (RFC 9559), only what that takes.
 */
final class TimedSink implements FrameSink {
  /** A tick is ten microseconds, in Matroska's nanoseconds. */
  private static final int TICK_NANOS = 10_000;

  private static final double TICKS_PER_SECOND = 1e9 / TICK_NANOS;

  private static final int EBML = 0x1A45DFA3;
  private static final int DOC_TYPE = 0x4282;
  private static final int SEGMENT = 0x18538067;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_NUMBER = 0xD7;
  private static final int TRACK_UID = 0x73C5;
  private static final int TRACK_TYPE = 0x83;
  private static final int DEFAULT_DURATION = 0x23E383;
  private static final int CODEC_ID = 0x86;
  private static final int VIDEO = 0xE0;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final int DISPLAY_WIDTH = 0x54B0;
  private static final int DISPLAY_HEIGHT = 0x54BA;
  private static final int UNCOMPRESSED_FOUR_CC = 0x2EB524;
  private static final int CLUSTER = 0x1F43B675;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;

  /** A size that is not known in advance. */
  private static final byte[] UNKNOWN_SIZE = {0x01, -1, -1, -1, -1, -1, -1, -1};

  /** Track 1, no ticks after the cluster's, a key frame. */
  private static final byte[] BLOCK_HEADER = {(byte) 0x81, 0, 0, (byte) 0x80};

  private final OutputStream out;
  private final RgbToYuv conversion;
  private final YuvFrame frame;
  private long last = -1;

  /** Writes what comes before the pictures. */
  TimedSink(OutputStream out, PictureInfo pictures, Chroma chroma) throws IOException {
    this.out = out;
    YuvMatrix matrix = YuvMatrix.ofHeight(pictures.height());
    YuvFormat format = new YuvFormat(pictures.width(), pictures.height(), chroma, matrix, false);
    this.conversion = new RgbToYuv(format);
    this.frame = YuvFrame.of(format);
    out.write(element(EBML, element(DOC_TYPE, ascii("matroska"))));
    out.write(id(SEGMENT));
    out.write(UNKNOWN_SIZE);
    out.write(element(INFO, element(TIMESTAMP_SCALE, number(TICK_NANOS))));
    String[] aspect = pictures.pixelAspect().split(":");
    int across = Math.max(1, Integer.parseInt(aspect[0]));
    int down = Math.max(1, Integer.parseInt(aspect[1]));
    byte[] video =
        join(
            element(PIXEL_WIDTH, number(pictures.width())),
            element(PIXEL_HEIGHT, number(pictures.height())),
            element(DISPLAY_WIDTH, number((long) pictures.width() * across)),
            element(DISPLAY_HEIGHT, number((long) pictures.height() * down)),
            element(UNCOMPRESSED_FOUR_CC, ascii(chroma == Chroma.C444 ? "444P" : "I420")));
    out.write(
        element(
            TRACKS,
            element(
                TRACK_ENTRY,
                join(
                    element(TRACK_NUMBER, number(1)),
                    element(TRACK_UID, number(1)),
                    element(TRACK_TYPE, number(1)),
                    element(DEFAULT_DURATION, number(Math.round(1e9 * pictures.rate().seconds(1)))),
                    element(CODEC_ID, ascii("V_UNCOMPRESSED")),
                    element(VIDEO, video)))));
  }

  @Override
  public void write(BufferedImage picture, double seconds) throws IOException {
    conversion.convert(Pixels.of(picture), picture.getWidth(), picture.getHeight(), frame);
    // Times that a damaged file has twice would stop ffmpeg.
    last = Math.max(last + 1, Math.round(seconds * TICKS_PER_SECOND));
    out.write(id(CLUSTER));
    out.write(UNKNOWN_SIZE);
    out.write(element(TIMESTAMP, number(last)));
    out.write(id(SIMPLE_BLOCK));
    int planes = frame.y().length + frame.cb().length + frame.cr().length;
    out.write(size(BLOCK_HEADER.length + planes));
    out.write(BLOCK_HEADER);
    out.write(frame.y());
    out.write(frame.cb());
    out.write(frame.cr());
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() {}

  private static byte[] element(int id, byte[] content) {
    return join(id(id), size(content.length), content);
  }

  /** Its bytes without leading zeros. */
  private static byte[] id(int id) {
    return number(id & 0xffffffffL);
  }

  /** In eight bytes, whatever its value. */
  private static byte[] size(long size) {
    return ByteBuffer.allocate(Long.BYTES).putLong(size | 1L << 56).array();
  }

  private static byte[] number(long value) {
    int bytes = Math.max(1, Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(value), Byte.SIZE));
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(all, Long.BYTES - bytes, Long.BYTES);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
