package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.Colormap;
import dev.hydranet.DepthRange;
import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.network.Task;
import dev.hydranet.video.Chroma;
import dev.hydranet.video.FrameRate;
import dev.hydranet.video.YuvFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams and frames, which need no other program. */
@Timeout(120)
class VideoTest {
  @TempDir private Path folder;
  private Path weights;

  @BeforeEach
  void writeWeights() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
  }

  @Test
  void streamIsTheSameFromRunToRunAndThreadsToThreads() throws IOException {
    byte[] in = VideoStreams.of(9);
    byte[] one = stream(in, "--threads", 1);
    assertThat(stream(in, "--threads", 1)).isEqualTo(one);
    assertThat(stream(in, "--threads", 3)).isEqualTo(one);
    assertThat(VideoStreams.frames(one)).hasSize(9);
    assertThat(VideoStreams.reader(one).header()).isEqualTo(VideoStreams.reader(in).header());
  }

  @ParameterizedTest
  @EnumSource(Chroma.class)
  void streamKeepsItsColourSamples(Chroma chroma) throws IOException {
    byte[] out = stream(VideoStreams.of(2, chroma));
    Chroma expected = chroma == Chroma.MONO ? Chroma.C420JPEG : chroma;
    assertThat(VideoStreams.reader(out).header().format().chroma()).isEqualTo(expected);
    assertThat(VideoStreams.frames(out)).hasSize(2);
  }

  @Test
  void smoothingChangesWhatFollowsTheFirstFrame() throws IOException {
    byte[] in = VideoStreams.of(3);
    List<YuvFrame> plain = VideoStreams.frames(stream(in, "--smooth", 0, "--view", "depth"));
    List<YuvFrame> smooth = VideoStreams.frames(stream(in, "--smooth", 0.9, "--view", "depth"));
    assertThat(smooth.get(0).y()).isEqualTo(plain.get(0).y());
    assertThat(smooth.get(2).y()).isNotEqualTo(plain.get(2).y());
    assertThat(stream(in, "--view", "depth"))
        .isEqualTo(stream(in, "--view", "depth", "--smooth", 0.4));
  }

  @Test
  void partsOfAVideoAreCutOut() throws IOException {
    byte[] in = VideoStreams.of(20);
    List<YuvFrame> all = VideoStreams.frames(stream(in, "--smooth", 0));
    byte[] part = stream(in, "--smooth", 0, "--from", "0.2", "--for", "0:00.4", "--every", 3);
    List<YuvFrame> frames = VideoStreams.frames(part);
    assertThat(frames).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(frames.get(i).y()).isEqualTo(all.get(5 + 3 * i).y());
    }
    assertThat(VideoStreams.reader(part).header().rate()).isEqualTo(new FrameRate(25, 3));
  }

  @Test
  void picturesAreThoseOfPredict() throws IOException {
    List<BufferedImage> images = writeFrames(folder.resolve("in"), 3);
    HydraNet net = HydraNet.load(weights);
    for (String view : List.of("segm", "depth", "normal", "overlay")) {
      Path out = folder.resolve(view);
      Cli.Result result = video(folder.resolve("in"), out, "--view", view, "--smooth", 0);
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).startsWith(out + ": 3 frames of 40 x 30 pixels, 0.12 s; ");
      for (int i = 0; i < 3; i++) {
        Scene scene = net.predict(images.get(i));
        BufferedImage expected =
            switch (view) {
              case "segm" -> scene.segmentation().toImage();
              case "depth" -> scene.depth().toImage(Colormap.PLASMA, DepthRange.KITTI);
              case "normal" -> scene.normals().toImage();
              default -> overlay(images.get(i), scene);
            };
        assertSame(ImageIO.read(out.resolve("frame-00000" + (i + 1) + ".png").toFile()), expected);
      }
    }
  }

  @Test
  void framesAreSortedAsPeopleSort() throws IOException {
    List<BufferedImage> images = writeFrames(folder.resolve("in"), 11);
    Cli.Result result =
        video(
            folder.resolve("in") + "/frame*.png",
            folder.resolve("out/%03d.png"),
            "--view",
            "segm",
            "--smooth",
            0);
    assertThat(result.err()).isEmpty();
    assertThat(files(folder.resolve("out"))).hasSize(11).contains("001.png", "011.png");
    BufferedImage tenth = ImageIO.read(folder.resolve("out/010.png").toFile());
    assertSame(tenth, HydraNet.load(weights).predict(images.get(9)).segmentation().toImage());
  }

  @Test
  void numberedFramesAreAPattern() throws IOException {
    writeFrames(folder.resolve("in"), 2);
    Files.writeString(folder.resolve("in/notes.png.txt"), "no frame");
    Path out = folder.resolve("out.y4m");
    Cli.Result result = video(folder.resolve("in/frame%d.png"), out);
    assertThat(result.err()).isEmpty();
    assertThat(VideoStreams.frames(Files.readAllBytes(out))).hasSize(2);
    byte[] again = stream(Files.readAllBytes(out));
    assertThat(VideoStreams.frames(again)).hasSize(2);
    assertThat(video(folder.resolve("in/other%d.png"), out).err())
        .isEqualTo("hydranet: " + folder.resolve("in/other%d.png") + ": no file matches\n");
  }

  @Test
  void y4mFilesNeedNoProgram() throws IOException {
    Path in = Files.write(folder.resolve("in.y4m"), VideoStreams.of(2));
    Path out = folder.resolve("out.y4m");
    assertThat(cli().withPath("").run("video", in, out, "--weights", weights).err()).isEmpty();
    assertThat(Files.readAllBytes(out)).isEqualTo(stream(VideoStreams.of(2)));
    Path named = Files.copy(in, folder.resolve("no-suffix"));
    assertThat(cli().withPath("").run("video", named, out, "--weights", weights).err()).isEmpty();
  }

  @Test
  void legendAndScaleOfAGridStayTheSame() throws IOException {
    Path out = folder.resolve("out");
    writeFrames(folder.resolve("in"), 4);
    video(folder.resolve("in"), out, "--view", "grid");
    List<BufferedImage> grids = new ArrayList<>();
    for (String file : files(out)) {
      grids.add(ImageIO.read(out.resolve(file).toFile()));
    }
    BufferedImage first = grids.get(0);
    // Four panels of 320 x 240, enlarged eight times, with margins; below them legend and scale.
    assertThat(first.getWidth()).isEqualTo(3 * 16 + 2 * 320);
    assertThat(first.getHeight()).isGreaterThan(2 * 240);
    int changed = 0;
    for (BufferedImage grid : grids.subList(1, 4)) {
      for (int y = 0; y < first.getHeight(); y++) {
        for (int x = 0; x < first.getWidth(); x++) {
          boolean margin = x % 336 < 16;
          if (grid.getRGB(x, y) != first.getRGB(x, y)) {
            assertThat(margin).as("%d, %d", x, y).isFalse();
            changed++;
          }
        }
      }
    }
    assertThat(changed).isBetween(1, 3 * 4 * 320 * 240);
    for (int i = 1; i < 4; i++) {
      assertThat(row(grids.get(i), first.getHeight() - 20))
          .isEqualTo(row(first, first.getHeight() - 20));
    }
  }

  @Test
  void framesAreShrunkToAHeightAndShownAtTheirOwn() throws IOException {
    List<BufferedImage> images = writeFrames(folder.resolve("in"), 1);
    Path out = folder.resolve("out");
    video(folder.resolve("in"), out, "--view", "segm", "--height", 15);
    HydraNet net = HydraNet.load(weights);
    Scene small = net.predict(images.get(0), PredictOptions.DEFAULT.withHeight(15));
    assertSame(
        ImageIO.read(out.resolve("frame-000001.png").toFile()), small.segmentation().toImage());
  }

  @Test
  void frameOfAnotherSizeIsToldAndNothingIsLeft() throws IOException {
    Path in = folder.resolve("in");
    writeFrames(in, 2);
    SmallNetwork.writePicture(in.resolve("frame9.png"), 20, 20);
    assertFails(
        video(in, folder.resolve("out")),
        in.resolve("frame9.png") + ": expected 40 x 30 pixels as frame1.png, found 20 x 20");
    assertThat(files(folder)).containsExactlyInAnyOrder("in", "small.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | standard input: the stream ends within frame 3",
        "0 | standard input: expected FRAME after 3 frames, found 'FRAM'"
      })
  void cutStreamIsToldAndNothingIsLeft(int missing, String message) throws IOException {
    byte[] whole = VideoStreams.of(3);
    byte[] in =
        missing > 0
            ? Arrays.copyOf(whole, whole.length - missing)
            : concat(whole, "FRAM".getBytes());
    for (String out : List.of("out.y4m", "frames")) {
      Cli.Result result =
          cli()
              .with(new ByteArrayInputStream(in), OutputStream.nullOutputStream())
              .run("video", "-", folder.resolve(out), "--weights", weights);
      assertFails(result, message);
      assertThat(files(folder)).containsExactly("small.safetensors");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "YUV4MPEG2 W48 H32 It C420jpeg | expected progressive frames (Ip), found interlaced",
        "YUV4MPEG2 W16384 H16384 F25:1 Ip C444 | standard input: there is no frame",
        "RIFF | expected a Y4M stream, found an unknown format",
        "'' | expected a Y4M stream, found nothing"
      })
  void otherStreamsAreRefused(String header, String message) {
    byte[] in = header.isEmpty() ? new byte[0] : (header + "\n").getBytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cli.Result result =
        cli().with(new ByteArrayInputStream(in), out).run("video", "-", "-", "--weights", weights);
    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).startsWith("hydranet: ").contains(message).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"No space left on device", "Broken pipe"})
  void outputThatTakesNoMoreIsTold(String message) throws IOException {
    OutputStream full =
        new OutputStream() {
          private int room = 5000;

          @Override
          public void write(int b) throws IOException {
            if (room-- == 0) {
              throw new IOException(message);
            }
          }
        };
    Cli.Result result =
        cli()
            .with(new ByteArrayInputStream(VideoStreams.of(50)), full)
            .run("video", "-", "-", "--weights", weights);
    assertFails(result, "standard output: " + message);
  }

  @Test
  void foldersOfOtherThingsAreLeftAlone() throws IOException {
    writeFrames(folder.resolve("in"), 2);
    Path out = Files.createDirectory(folder.resolve("out"));
    assertThat(video(folder.resolve("in"), out).exitCode()).isZero();
    Files.writeString(out.resolve("frame-000009.png"), "of an earlier, longer run");
    assertThat(video(folder.resolve("in"), out).exitCode()).isZero();
    assertThat(files(out)).containsExactly("frame-000001.png", "frame-000002.png");
    Path mine = Files.writeString(out.resolve("mine.txt"), "kept");
    assertFails(
        video(folder.resolve("in"), out),
        out + ": expected an empty folder or one of earlier frames, found mine.txt in it");
    assertThat(mine).exists();
  }

  @Test
  void inputIsNeverReplaced() throws IOException {
    Path in = folder.resolve("in");
    writeFrames(in, 2);
    assertFails(
        video(in, in.resolve("frame%d.png")),
        in + ": writing here would replace " + in.resolve("frame1.png"));
    assertThat(video(in, in).exitCode()).isEqualTo(2);
    assertThat(files(in)).containsExactly("frame1.png", "frame2.png");
  }

  @Test
  void missingProgramsAreNamedWithWhatToDo() throws IOException {
    Path film = Files.writeString(folder.resolve("film.mp4"), "no film");
    assertFails(
        cli().withPath("").run("video", film, folder.resolve("out"), "--weights", weights),
        film
            + ": reading a video file needs ffmpeg and ffprobe (https://ffmpeg.org) on the path;"
            + " without, give a folder of frames or a Y4M stream:"
            + " ffmpeg -i FILE -f yuv4mpegpipe - | hydranet video - OUT");
    writeFrames(folder.resolve("in"), 1);
    assertFails(
        cli()
            .withPath("")
            .run("video", folder.resolve("in"), folder.resolve("out.mp4"), "--weights", weights),
        folder.resolve("out.mp4")
            + ": writing a video file needs ffmpeg (https://ffmpeg.org) on the path; without,"
            + " name a folder for frames, or write a Y4M stream: hydranet video IN - | ...");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in out.wmv | out.wmv: expected .m4v, .mp4, .mov, .mkv, .webm, .avi, .gif, .y4m, a folder",
        "in out.png | out.png: expected .m4v, .mp4",
        "in out --view all | Invalid value for option '--view'",
        "in out --smooth 1 | --smooth: expected a smoothing of 0 to below 1, found 1.0",
        "in out --every 0 | --every must be at least 1, found 0",
        "in out --for 0 | --for must be more than 0, found 0",
        "in out --from noon | --from: expected seconds or [HH:]MM:SS, such as 12.5 or 1:30",
        "in out --height 0 | Invalid value for option '--height'",
        "same.mp4 same.mp4 | IN and OUT are the same, same.mp4",
        "in | Missing required parameter: 'OUT'"
      })
  void wrongUsageIsTold(String arguments, String message) {
    Cli.Result result = cli().run((Object[]) ("video " + arguments).split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("hydranet: " + message);
  }

  @Test
  void viewThatTheNetworkHasNoTaskForIsWrongUsage() throws IOException {
    SmallNetwork.writeWithout(weights, Task.NORMAL);
    writeFrames(folder.resolve("in"), 1);
    Cli.Result result = video(folder.resolve("in"), folder.resolve("out"), "--view", "normal");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(
            "hydranet: --view normal needs weights with the task normal; these have segm, depth\n");
    assertThat(video(folder.resolve("in"), folder.resolve("out"), "--view", "grid").exitCode())
        .isZero();
  }

  private byte[] stream(byte[] in, Object... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Object> words = new ArrayList<>(List.of("video", "-", "-", "--weights", weights));
    words.addAll(Arrays.asList(options));
    Cli.Result result = cli().with(new ByteArrayInputStream(in), out).run(words.toArray());
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return out.toByteArray();
  }

  private Cli.Result video(Object in, Object out, Object... options) {
    List<Object> words = new ArrayList<>(List.of("video", in, out, "--weights", weights));
    words.addAll(Arrays.asList(options));
    return cli().run(words.toArray());
  }

  private static void assertFails(Cli.Result result, String message) {
    assertThat(result.err()).isEqualTo("hydranet: " + message + System.lineSeparator());
    assertThat(result.exitCode()).isOne();
  }

  private static List<BufferedImage> writeFrames(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<BufferedImage> images = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Path file = SmallNetwork.writePicture(folder.resolve("frame" + i + ".png"), 30, 40);
      BufferedImage image = ImageIO.read(file.toFile());
      image.setRGB(5, 5, i * 0x0b1d2f);
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, i % 30, 0xff0000);
      }
      ImageIO.write(image, "png", file.toFile());
      images.add(image);
    }
    return images;
  }

  private static BufferedImage overlay(BufferedImage image, Scene scene) {
    BufferedImage overlay = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    int[] rgb = image.getRGB(0, 0, 40, 30, null, 0, 40);
    scene.segmentation().paintOver(rgb, rgb);
    overlay.setRGB(0, 0, 40, 30, rgb, 0, 40);
    return overlay;
  }

  private static void assertSame(BufferedImage found, BufferedImage expected) {
    int width = expected.getWidth();
    int height = expected.getHeight();
    int[] pixels = found.getRGB(0, 0, width, height, null, 0, width);
    assertThat(Arrays.equals(pixels, expected.getRGB(0, 0, width, height, null, 0, width)))
        .isTrue();
  }

  private static int[] row(BufferedImage image, int y) {
    return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Cli cli() {
    return Cli.at(folder.resolve("store"));
  }
}
