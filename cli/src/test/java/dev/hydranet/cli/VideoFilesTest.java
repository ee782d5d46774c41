package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.video.Chroma;
import dev.hydranet.video.YuvFormat;
import dev.hydranet.video.YuvToRgb;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Video files of all kinds, made, read, written and checked by ffmpeg. */
@Timeout(120)
class VideoFilesTest {
  private static final String TEST = "-f lavfi -i testsrc2=s=64x48:r=25:d=0.6 ";
  private static final String SOUND = "-f lavfi -i sine=d=0.6 ";

  @TempDir private Path folder;
  private Path weights;

  @BeforeEach
  void writeWeights() throws IOException {
    Ffmpeg.assumeInstalled();
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h264.mp4 | TEST SOUND -c:v libx264 -profile:v high -bf 3 -c:a aac",
        "hevc.mp4 | TEST -c:v libx265 -x265-params log-level=none",
        "ten-bit.mp4 | TEST -pix_fmt yuv420p10le -c:v libx265 -x265-params log-level=none",
        "vp9.webm | TEST SOUND -c:v libvpx-vp9 -c:a libopus",
        "mpeg4.avi | TEST SOUND -c:v mpeg4 -bf 2 -c:a libmp3lame",
        "mjpeg.avi | TEST -c:v mjpeg -q:v 2",
        "ntsc.mp4 | -f lavfi -i testsrc2=s=64x48:r=30000/1001:d=0.6 SOUND -c:v libx264 -c:a aac",
        "pcm.mkv | TEST SOUND -c:v libx264 -c:a pcm_s16le",
        "rgb.mov | TEST -c:v qtrle",
        "stream.ts | TEST SOUND -c:v libx264 -c:a mp2"
      })
  void framesRateDurationAndSoundSurvive(String name, String how) throws Exception {
    Path in =
        Ffmpeg.make(folder.resolve(name), how.replace("TEST ", TEST).replace("SOUND ", SOUND));
    Path out = folder.resolve("seen.mp4");
    video(in, out);
    Map<String, String> before = Ffmpeg.probe(in);
    Map<String, String> after = Ffmpeg.probe(out);
    assertThat(after)
        .containsEntry("video.codec_name", "h264")
        .containsEntry("video.pix_fmt", "yuv420p")
        .containsEntry("video.width", "64")
        .containsEntry("video.height", "48")
        .containsEntry("video.nb_read_frames", before.get("video.nb_read_frames"))
        .containsEntry("video.r_frame_rate", before.get("video.r_frame_rate"));
    assertThat(after.containsKey("audio.codec_name"))
        .isEqualTo(before.containsKey("audio.codec_name"));
    if (!before.get("duration").equals("N/A")) {
      assertThat(Double.parseDouble(after.get("duration")))
          .isCloseTo(Double.parseDouble(before.get("duration")), Offset.offset(0.04));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "seen.mov, h264, aac",
    "seen.m4v, h264, aac",
    "seen.mkv, h264, aac",
    "seen.webm, vp9, opus",
    "seen.avi, mpeg4, mp3",
    "seen.gif, gif,",
    "seen.MP4, h264, aac"
  })
  void suffixSaysTheKindOfFile(String name, String pictures, String sound) throws Exception {
    Path in = Ffmpeg.make(folder.resolve("in.mp4"), TEST + SOUND + "-c:v libx264 -c:a aac");
    Path out = folder.resolve(name);
    video(in, out);
    Map<String, String> facts = Ffmpeg.probe(out);
    assertThat(facts)
        .containsEntry("video.codec_name", pictures)
        .containsEntry("video.nb_read_frames", "15");
    assertThat(facts.get("audio.codec_name")).isEqualTo(sound);
    assertThat(files()).containsExactlyInAnyOrder("in.mp4", "small.safetensors", name);
  }

  @Test
  void indexComesFirstForBrowsers() throws Exception {
    Path in = Ffmpeg.make(folder.resolve("in.mp4"), TEST + "-c:v libx264");
    Path out = folder.resolve("seen.mp4");
    video(in, out);
    String bytes = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertThat(bytes.indexOf("moov")).isBetween(0, bytes.indexOf("mdat"));
  }

  @Test
  void filmsAreShownUpright() throws Exception {
    Path flat = Ffmpeg.make(folder.resolve("flat.mp4"), TEST + "-c:v libx264");
    Path in =
        Ffmpeg.make(folder.resolve("in.mp4"), "-i " + flat + " -c copy -metadata:s:v:0 rotate=90");
    Path out = folder.resolve("seen.mp4");
    video(in, out);
    assertThat(Ffmpeg.probe(out))
        .containsEntry("video.width", "48")
        .containsEntry("video.height", "64")
        .containsEntry("video.nb_read_frames", "15");
  }

  @Test
  void oddSizesBecomeEvenWhereTheCodecNeedsIt() throws Exception {
    Path in = Ffmpeg.make(folder.resolve("in.mkv"), TEST + "-vf scale=63:47 -c:v ffv1");
    assertThat(Ffmpeg.probe(in)).containsEntry("video.width", "63");
    video(in, folder.resolve("seen.mp4"));
    assertThat(Ffmpeg.probe(folder.resolve("seen.mp4")))
        .containsEntry("video.width", "64")
        .containsEntry("video.height", "48");
    video(in, folder.resolve("seen.webm"));
    assertThat(Ffmpeg.probe(folder.resolve("seen.webm")))
        .containsEntry("video.width", "63")
        .containsEntry("video.height", "47");
  }

  @Test
  void fullHdIsComputedLowAndShownInFull() throws Exception {
    Path in =
        Ffmpeg.make(
            folder.resolve("in.mp4"),
            "-f lavfi -i testsrc2=s=1920x1080:r=25:d=0.12 -c:v libx264 -preset ultrafast");
    Path out = folder.resolve("seen.mp4");
    video(in, out, "--height", "60");
    assertThat(Ffmpeg.probe(out))
        .containsEntry("video.width", "1920")
        .containsEntry("video.height", "1080")
        .containsEntry("video.nb_read_frames", "3");
  }

  @Test
  void unevenTimesAreKept() throws Exception {
    Path in =
        Ffmpeg.make(
            folder.resolve("in.mp4"),
            "-f lavfi -i testsrc2=s=64x48:r=30:d=1 SOUND".replace("SOUND", SOUND)
                + "-vf select='not(mod(n,3))+lt(n,10)' -fps_mode vfr -c:v libx264 -c:a aac");
    Path out = folder.resolve("seen.mp4");
    video(in, out);
    List<Double> before = Ffmpeg.times(in);
    List<Double> after = Ffmpeg.times(out);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isCloseTo(before.get(i), Offset.offset(0.001));
    }
    assertThat(Ffmpeg.probe(out)).containsKey("audio.codec_name");
  }

  @Test
  void partsAreCutWithTheirSound() throws Exception {
    Path in =
        Ffmpeg.make(
            folder.resolve("in.mp4"),
            "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -f lavfi -i sine=d=2 -c:v libx264 -c:a aac");
    Path out = folder.resolve("seen.mp4");
    video(in, out, "--from", "0:00.8", "--for", "0.8", "--every", "2");
    Map<String, String> facts = Ffmpeg.probe(out);
    assertThat(facts)
        .containsEntry("video.nb_read_frames", "10")
        .containsEntry("video.r_frame_rate", "25/2");
    assertThat(Double.parseDouble(facts.get("duration"))).isCloseTo(0.8, Offset.offset(0.08));
    assertThat(fails(in, out, "--from", "9"))
        .isEqualTo("hydranet: " + in + ": there is no frame from 9.00 s on\n");
  }

  @Test
  void interlacedFilmsAreRefused() throws Exception {
    Path in =
        Ffmpeg.make(
            folder.resolve("in.mp4"),
            TEST + "-vf setfield=tff -flags +ilme+ildct -c:v libx264 -x264-params tff=1");
    assertThat(fails(in, folder.resolve("seen.mp4")))
        .contains("found interlaced ones (It); deinterlace them first")
        .hasLineCount(1);
  }

  @Test
  void damagedFilmsAreToldAndNothingIsLeft() throws Exception {
    Path whole =
        Ffmpeg.make(folder.resolve("whole.mp4"), TEST + "-c:v libx264 -movflags +faststart");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    Path text = Files.writeString(folder.resolve("text.mp4"), "no film");
    Path sound = Ffmpeg.make(folder.resolve("sound.mp4"), SOUND + "-c:a aac");
    Path out = folder.resolve("seen.mp4");
    assertThat(fails(cut, out)).startsWith("hydranet: " + cut + ": ffmpeg: ").hasLineCount(1);
    assertThat(fails(text, out))
        .isEqualTo("hydranet: " + text + ": ffprobe: moov atom not found\n");
    assertThat(fails(sound, out)).isEqualTo("hydranet: " + sound + ": there is no video in it\n");
    assertThat(files())
        .containsExactlyInAnyOrder(
            "whole.mp4", "cut.mp4", "text.mp4", "sound.mp4", "small.safetensors");
  }

  /** ffmpeg's own way from Y'CbCr to RGB, which rounds less exactly. */
  @Test
  void coloursAreWithinTwoLevelsOfFfmpegs() throws Exception {
    Path in = folder.resolve("in.y4m");
    Files.write(in, VideoStreams.of(1, Chroma.C444));
    Path png =
        Ffmpeg.make(
            folder.resolve("frame.png"),
            "-i " + in + " -sws_flags accurate_rnd+full_chroma_int+full_chroma_inp -pix_fmt rgb24");
    YuvFormat format = VideoStreams.reader(Files.readAllBytes(in)).header().format();
    int[] rgb = new int[format.width() * format.height()];
    new YuvToRgb(format).convert(VideoStreams.frames(Files.readAllBytes(in)).get(0), rgb);
    BufferedImage image = ImageIO.read(png.toFile());
    for (int i = 0; i < rgb.length; i++) {
      int theirs = image.getRGB(i % format.width(), i / format.width());
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(rgb[i] >> shift & 0xff).isCloseTo(theirs >> shift & 0xff, Offset.offset(2));
      }
    }
  }

  private void video(Path in, Path out, Object... options) {
    Cli.Result result = run(in, out, options);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith(out + ": ").contains(" frames of ").hasLineCount(1);
  }

  private String fails(Path in, Path out, Object... options) {
    Cli.Result result = run(in, out, options);
    assertThat(result.exitCode()).isOne();
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    return result.err();
  }

  private Cli.Result run(Path in, Path out, Object... options) {
    List<Object> words = new ArrayList<>(List.of("video", in, out, "--weights", weights));
    words.addAll(Arrays.asList(options));
    return Cli.at(folder.resolve("store")).run(words.toArray());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
