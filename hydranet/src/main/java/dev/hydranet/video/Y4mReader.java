package dev.hydranet.video;

import dev.hydranet.engine.file.FileKind;
import dev.hydranet.engine.text.OneLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YUV4MPEG2 stream: progressive frames of 8 bits, as {@code ffmpeg -f yuv4mpegpipe} writes
 * them. Planes are allocated as their bytes arrive, whatever size the header claims. For one thread
 * at a time.
 */
public final class Y4mReader {
  private static final int LONGEST_LINE = 1024;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern RATIO = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");

  /** What players take where a stream does not say. */
  private static final FrameRate UNKNOWN_RATE = new FrameRate(25, 1);

  private final InputStream in;
  private final String name;
  private final Y4mHeader header;
  private long frames;

  /**
   * Reads the header.
   *
   * @param in the stream; should be buffered, and stays open
   * @param name of the stream, for messages
   * @throws VideoFormatException if it is not such a stream, or of a kind that is not supported
   * @throws IOException if it cannot be read
   */
  public Y4mReader(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    this.header = header(line());
  }

  /** {@return what the first line says} */
  public Y4mHeader header() {
    return header;
  }

  /**
   * {@return the next frame in new planes, or null at the end}
   *
   * @throws VideoFormatException if the stream ends within the frame, or something else stands
   *     there
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("exports") // compile-only
  public @Nullable YuvFrame read() throws IOException {
    if (!begin()) {
      return null;
    }
    YuvFormat format = header.format();
    byte[] y = plane(format.width() * format.height());
    byte[] cb = plane(format.chromaWidth() * format.chromaHeight());
    byte[] cr = plane(cb.length);
    frames++;
    return new YuvFrame(format, y, cb, cr);
  }

  /**
   * Reads the next frame into existing planes.
   *
   * @param frame of the header's format; overwritten
   * @return false at the end
   * @throws IllegalArgumentException if the frame is of another format
   * @throws VideoFormatException if the stream ends within the frame, or something else stands
   *     there
   * @throws IOException if it cannot be read
   */
  public boolean read(YuvFrame frame) throws IOException {
    if (!frame.format().equals(header.format())) {
      throw new IllegalArgumentException(
          "expected a frame of " + header.format() + ", found " + frame.format());
    }
    if (!begin()) {
      return false;
    }
    fill(frame.y());
    fill(frame.cb());
    fill(frame.cr());
    frames++;
    return true;
  }

  /**
   * {@return the frames from the next on, each in new planes} The iterator throws {@link
   * UncheckedIOException} where {@link #read()} throws its cause.
   */
  public Iterator<YuvFrame> frames() {
    return new Iterator<>() {
      private YuvFrame next;

      @Override
      public boolean hasNext() {
        try {
          next = next == null ? read() : next;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return next != null;
      }

      @Override
      public YuvFrame next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the stream has ended");
        }
        YuvFrame frame = next;
        next = null;
        return frame;
      }
    };
  }

  /** Reads the line before a frame; false at the end. */
  private boolean begin() throws IOException {
    String line = line();
    if (line.isEmpty()) {
      return false;
    }
    if (!line.equals(Y4mHeader.FRAME) && !line.startsWith(Y4mHeader.FRAME + " ")) {
      throw wrong(
          "expected " + Y4mHeader.FRAME + " after " + frames + " frames, found " + quoted(line));
    }
    return true;
  }

  private void fill(byte[] plane) throws IOException {
    if (in.readNBytes(plane, 0, plane.length) != plane.length) {
      throw endsEarly();
    }
  }

  /** Allocates as bytes arrive, so that a header alone costs nothing. */
  private byte[] plane(int length) throws IOException {
    byte[] plane = in.readNBytes(length);
    if (plane.length != length) {
      throw endsEarly();
    }
    return plane;
  }

  private VideoFormatException endsEarly() {
    return wrong("the stream ends within frame " + (frames + 1));
  }

  /** The next line without its line feed; empty at the end of the stream. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 && line.size() == 0) {
        return "";
      }
      if (next < 0 || line.size() == LONGEST_LINE) {
        throw unknown(line.toByteArray());
      }
      line.write(next);
    }
    if (line.size() == 0) {
      throw wrong("expected " + Y4mHeader.FRAME + " after " + frames + " frames, found no word");
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private VideoFormatException unknown(byte[] found) {
    if (header != null) {
      return wrong(
          "expected "
              + Y4mHeader.FRAME
              + " after "
              + frames
              + " frames, found "
              + quoted(new String(found, StandardCharsets.ISO_8859_1)));
    }
    return wrong("expected a Y4M stream, found " + FileKind.of(found).description());
  }

  private Y4mHeader header(String line) throws IOException {
    String[] words = line.split(" +");
    if (line.isEmpty()) {
      throw wrong("expected a Y4M stream, found nothing");
    }
    if (!words[0].equals(Y4mHeader.MAGIC)) {
      throw unknown(line.getBytes(StandardCharsets.ISO_8859_1));
    }
    int width = 0;
    int height = 0;
    FrameRate rate = UNKNOWN_RATE;
    String pixelAspect = Y4mHeader.SQUARE;
    Chroma chroma = Chroma.C420JPEG;
    boolean fullRange = false;
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      String value = word.substring(Math.min(1, word.length()));
      switch (word.isEmpty() ? ' ' : word.charAt(0)) {
        case 'W' -> width = extent(word, value);
        case 'H' -> height = extent(word, value);
        case 'F' -> rate = rate(word, value);
        case 'I' -> checkProgressive(word);
        case 'A' -> pixelAspect = aspect(word, value);
        case 'C' -> chroma = chroma(value);
        case 'X' -> fullRange = fullRange || value.equals("COLORRANGE=FULL");
        default -> {} // unknown words may be skipped
      }
    }
    if (width == 0 || height == 0) {
      throw wrong("expected a width (W) and a height (H), found " + quoted(line));
    }
    YuvMatrix matrix = YuvMatrix.ofHeight(height);
    return new Y4mHeader(
        new YuvFormat(width, height, chroma, matrix, fullRange), rate, pixelAspect);
  }

  private int extent(String word, String value) throws VideoFormatException {
    if (NUMBER.matcher(value).matches()) {
      int extent = Integer.parseInt(value);
      if (extent > 0 && extent <= YuvFormat.LONGEST_SIDE) {
        return extent;
      }
    }
    throw wrong("expected a side of 1 to " + YuvFormat.LONGEST_SIDE + ", found " + quoted(word));
  }

  private FrameRate rate(String word, String value) throws VideoFormatException {
    Matcher ratio = RATIO.matcher(value);
    if (!ratio.matches()) {
      throw wrong("expected a frame rate as F25:1, found " + quoted(word));
    }
    int frames = Integer.parseInt(ratio.group(1));
    int seconds = Integer.parseInt(ratio.group(2));
    return frames == 0 || seconds == 0 ? UNKNOWN_RATE : new FrameRate(frames, seconds);
  }

  private String aspect(String word, String value) throws VideoFormatException {
    if (!RATIO.matcher(value).matches()) {
      throw wrong("expected a pixel aspect as A1:1, found " + quoted(word));
    }
    return value;
  }

  private void checkProgressive(String word) throws VideoFormatException {
    if (!word.equals("Ip") && !word.equals("I?")) {
      throw wrong(
          "expected progressive frames (Ip), found interlaced ones ("
              + OneLine.of(word, 20)
              + "); deinterlace them first, as with ffmpeg -i FILE -vf yadif -f yuv4mpegpipe -");
    }
  }

  private Chroma chroma(String label) throws VideoFormatException {
    return Chroma.of(label)
        .orElseThrow(
            () ->
                wrong(
                    "expected a colour space (C) of "
                        + String.join(", ", Chroma.labels())
                        + ", found "
                        + quoted(label)
                        + "; ffmpeg -pix_fmt yuv420p converts it"));
  }

  private static String quoted(String text) {
    return "'" + OneLine.of(text, 40) + "'";
  }

  private VideoFormatException wrong(String what) {
    return new VideoFormatException(name + ": " + what);
  }
}
