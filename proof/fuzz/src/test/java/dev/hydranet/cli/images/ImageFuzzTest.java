package dev.hydranet.cli.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.Normalization;
import dev.hydranet.cli.console.Failure;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.fuzz.Scratch;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Image files: what can be read becomes an input of finite numbers, or is refused with an {@link
 * IllegalArgumentException} that names the row with invalid colour values.
 */
class ImageFuzzTest {
  /** Above it, copying pixels says nothing new. */
  private static final int MOST_PIXELS = 1 << 20;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] file) throws IOException {
    Scratch.read(
        file,
        path -> {
          BufferedImage image;
          try {
            image = Images.read(path);
          } catch (IOException e) {
            Scratch.assertOneLine(path, new IOException(Failure.line(e)));
            return;
          }
          if ((long) image.getWidth() * image.getHeight() <= MOST_PIXELS) {
            Tensor input;
            try {
              input = Normalization.IMAGENET.apply(image);
            } catch (IllegalArgumentException e) {
              assertThat(e).hasMessageMatching("(row \\d+ of )?the image: expected colours .*");
              return;
            }
            for (float value : input.data()) {
              assertThat(value).isBetween(-3f, 3f);
            }
          }
        });
  }
}
