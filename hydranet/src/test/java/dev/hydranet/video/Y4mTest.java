package dev.hydranet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Y4mTest {
  @ParameterizedTest
  @EnumSource(Chroma.class)
  void readsWhatItWrites(Chroma chroma) throws IOException {
    YuvFormat format = new YuvFormat(7, 5, chroma, YuvMatrix.BT601, true);
    Y4mHeader header = new Y4mHeader(format, new FrameRate(30000, 1001), "4:3");
    YuvFrame frame = YuvFrame.of(format);
    Random random = new Random(3);
    random.nextBytes(frame.y());
    random.nextBytes(frame.cb());
    random.nextBytes(frame.cr());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Y4mWriter writer = new Y4mWriter(out, header);
    writer.write(frame);
    writer.write(frame);
    Y4mReader reader = reader(out.toByteArray());
    assertThat(reader.header()).isEqualTo(header);
    YuvFrame read = reader.read();
    assertThat(read.y()).isEqualTo(frame.y());
    assertThat(read.cb()).isEqualTo(frame.cb());
    assertThat(read.cr()).isEqualTo(frame.cr());
    YuvFrame again = YuvFrame.of(format);
    assertThat(reader.read(again)).isTrue();
    assertThat(again.cr()).isEqualTo(frame.cr());
    assertThat(reader.read(again)).isFalse();
    assertThat(reader.read()).isNull();
  }

  @Test
  void readsTheHeadersOfFfmpegAndMjpegtools() throws IOException {
    Y4mHeader header =
        header("YUV4MPEG2 W65 H49 F30000:1001 Ip A1:1 C444 XYSCSS=444 XCOLORRANGE=LIMITED");
    assertThat(header)
        .isEqualTo(
            new Y4mHeader(
                new YuvFormat(65, 49, Chroma.C444, YuvMatrix.BT601, false),
                new FrameRate(30000, 1001),
                "1:1"));
    assertThat(header("YUV4MPEG2 W64 H48 F25:1 Ip A1:1 Cmono XCOLORRANGE=FULL").format())
        .isEqualTo(new YuvFormat(64, 48, Chroma.MONO, YuvMatrix.BT601, true));
    assertThat(header("YUV4MPEG2 H720 W1280 F0:0 I? A0:0"))
        .isEqualTo(
            new Y4mHeader(
                new YuvFormat(1280, 720, Chroma.C420JPEG, YuvMatrix.BT709, false),
                new FrameRate(25, 1),
                "0:0"));
    assertThat(header("YUV4MPEG2 W2 H2  C420 Xanything").format().chroma())
        .isEqualTo(Chroma.C420JPEG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GIF89a, no line feed | s: expected a Y4M stream, found an unknown format",
        "'' | s: expected a Y4M stream, found nothing",
        "YUV4MPEG W2 H2 | s: expected a Y4M stream, found an unknown format",
        "YUV4MPEG2 W2 | s: expected a width (W) and a height (H), found 'YUV4MPEG2 W2'",
        "YUV4MPEG2 W0 H2 | s: expected a side of 1 to 16384, found 'W0'",
        "YUV4MPEG2 W99999999999 H2 | s: expected a side of 1 to 16384, found 'W99999999999'",
        "YUV4MPEG2 W-3 H2 | s: expected a side of 1 to 16384, found 'W-3'",
        "YUV4MPEG2 W2 H2 F25 | s: expected a frame rate as F25:1, found 'F25'",
        "YUV4MPEG2 W2 H2 A1 | s: expected a pixel aspect as A1:1, found 'A1'",
        "YUV4MPEG2 W2 H2 It | s: expected progressive frames (Ip), found interlaced ones (It);"
            + " deinterlace them first, as with ffmpeg -i FILE -vf yadif -f yuv4mpegpipe -",
        "YUV4MPEG2 W2 H2 C420p10 | s: expected a colour space (C) of 420jpeg, 420mpeg2, 420paldv,"
            + " 422, 444, mono, found '420p10'; ffmpeg -pix_fmt yuv420p converts it"
      })
  void otherStreamsAreRefused(String line, String message) {
    byte[] bytes = (line.isEmpty() ? "" : line + "\n").getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> reader(bytes))
        .isInstanceOf(VideoFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"It", "Ib", "Im"})
  void interlacedFramesAreRefused(String tag) {
    assertThatThrownBy(() -> header("YUV4MPEG2 W2 H2 " + tag)).hasMessageContaining("yadif");
  }

  @Test
  void endWithinAFrameIsTold() throws IOException {
    assertThatThrownBy(() -> reader("YUV4MPEG2 W2 H2 C444\nFRAME\n123456789").read())
        .isInstanceOf(VideoFormatException.class)
        .hasMessage("s: the stream ends within frame 1");
    Y4mReader reader = reader("YUV4MPEG2 W2 H2 Cmono\nFRAME Ip\n1234FRAME\n12");
    YuvFrame frame = reader.read();
    assertThat(frame.y()).containsExactly('1', '2', '3', '4');
    assertThatThrownBy(() -> reader.read(frame)).hasMessage("s: the stream ends within frame 2");
  }

  @Test
  void somethingElseWhereAFrameShouldBeginIsTold() throws IOException {
    Y4mReader reader = reader("YUV4MPEG2 W2 H2 Cmono\nFRAME\n1234FRAMES\n");
    reader.read();
    assertThatThrownBy(reader::read).hasMessage("s: expected FRAME after 1 frames, found 'FRAMES'");
    Y4mReader cut = reader("YUV4MPEG2 W2 H2 Cmono\nFRAME\n1234FRA");
    cut.read();
    assertThatThrownBy(cut::read).hasMessage("s: expected FRAME after 1 frames, found 'FRA'");
  }

  @Test
  void headerAloneAllocatesNothing() throws IOException {
    Y4mReader reader = reader("YUV4MPEG2 W16384 H16384 C444\nFRAME\n123");
    assertThatThrownBy(reader::read).hasMessage("s: the stream ends within frame 1");
  }

  @Test
  void endlessLinesAreRefused() {
    assertThatThrownBy(() -> reader("YUV4MPEG2 " + "x".repeat(100_000)))
        .hasMessageStartingWith("s: expected a Y4M stream, found");
  }

  @Test
  void ratesAreFractions() {
    FrameRate ntsc = new FrameRate(30000, 1001);
    assertThat(ntsc).hasToString("30000/1001");
    assertThat(ntsc.dividedBy(2)).isEqualTo(new FrameRate(15000, 1001));
    assertThat(new FrameRate(25, 1).dividedBy(3)).hasToString("25/3");
    assertThat(ntsc.seconds(30000)).isEqualTo(1001);
    assertThatThrownBy(() -> new FrameRate(0, 1)).hasMessageContaining("found 0/1");
    assertThatThrownBy(() -> ntsc.dividedBy(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Y4mHeader header(String line) throws IOException {
    return reader(line + "\n").header();
  }

  private static Y4mReader reader(String text) throws IOException {
    return reader(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Y4mReader reader(byte[] bytes) throws IOException {
    return new Y4mReader(new ByteArrayInputStream(bytes), "s");
  }
}
