package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten seconds of a drive, 200 x 120 pixels, H.264 with B-frames: the film of seed 5 (see
 * training/README.md), scaled and compressed by
 *
 * <pre>ffmpeg -framerate 25 -i film/images/%06d.png -vf scale=200:120:flags=area
 *     -c:v libx264 -preset veryslow -crf 27 -pix_fmt yuv420p -bf 3 film.mp4</pre>
 */
@Timeout(120)
class VideoFilmTest {
  private static final int ROAD = 0x804080;
  private static final int CAR = 0x400080;

  @TempDir private Path folder;
  private Path film;

  @BeforeEach
  void copyFilm() throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(on -> Files.isExecutable(Path.of(on, "ffprobe"))),
        "ffmpeg is not installed");
    film = folder.resolve("film.mp4");
    try (InputStream in = VideoFilmTest.class.getResourceAsStream("/video/film.mp4")) {
      Files.copy(in, film);
    }
  }

  private Cli.Result video(Object... words) {
    Object[] all = new Object[words.length + 2];
    all[0] = "video";
    all[1] = film;
    System.arraycopy(words, 0, all, 2, words.length);
    Cli.Result result = Cli.at(folder.resolve("store")).run(all);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result;
  }

  @Test
  void allFramesArrive() throws IOException {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Path out = folder.resolve("seen.mp4");
    assertThat(video(out, "--weights", weights).out())
        .startsWith(out + ": 250 frames of 200 x 120 pixels, 10.00 s; ");
  }

  @Test
  void theModelInTheBoxSeesTheRoadAndTheCarsOnIt() throws IOException {
    Path seen = folder.resolve("seen");
    video(seen, "--view", "segm", "--every", 25);
    for (int i = 1; i <= 10; i++) {
      String name = String.format(Locale.ROOT, "frame-%06d.png", i);
      BufferedImage image = ImageIO.read(seen.resolve(name).toFile());
      int road = 0;
      int cars = 0;
      for (int y = 0; y < 120; y++) {
        for (int x = 0; x < 200; x++) {
          int rgb = image.getRGB(x, y) & 0xFFFFFF;
          road += rgb == ROAD ? 1 : 0;
          cars += rgb == CAR ? 1 : 0;
        }
      }
      assertThat(road / 24000.0).as("road in frame %d", i).isBetween(0.2, 0.55);
      assertThat(cars / 24000.0).as("cars in frame %d", i).isBetween(0.01, 0.35);
    }
  }
}
