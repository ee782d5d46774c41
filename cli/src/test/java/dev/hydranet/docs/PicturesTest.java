package dev.hydranet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The walk-through's pictures are what is drawn here, with the shapes and numbers of the networks
 * as they are. {@code -Ddocs.write=true} writes them.
 */
class PicturesTest {
  private static final Path FOLDER = Document.root().resolve("docs/walkthrough");

  private static Map<String, Diagram> pictures() {
    return Map.ofEntries(
        Map.entry("tensors", LayoutPictures.tensors()),
        Map.entry("convolution", ConvolutionPictures.window()),
        Map.entry("separable", ConvolutionPictures.separable()),
        Map.entry("shares", ConvolutionPictures.shares()),
        Map.entry("folding", PlanPictures.folding()),
        Map.entry("inverted-residual", EncoderPictures.invertedResidual()),
        Map.entry("refinenet", DecoderPictures.refineNet()),
        Map.entry("chained-pooling", DecoderPictures.chainedPooling()),
        Map.entry("hydranet", DecoderPictures.hydraNet()),
        Map.entry("tasks", TaskPictures.annotations()),
        Map.entry("plan", PlanPictures.plan()),
        Map.entry("arena", PlanPictures.arena()),
        Map.entry("weights", WeightsPictures.reading()),
        Map.entry("operator", PlanPictures.operator()));
  }

  @Test
  void areDrawnFromTheNetworks() throws IOException {
    for (Map.Entry<String, Diagram> picture : pictures().entrySet()) {
      Path file = FOLDER.resolve(picture.getKey() + ".svg");
      String drawn = picture.getValue().toString();
      if (Document.WRITE) {
        Files.writeString(file, drawn);
      }
      assertThat(file)
          .as("-Ddocs.write=true draws it anew")
          .content()
          .isEqualToNormalizingNewlines(drawn);
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".svg")).toList();
      assertThat(names)
          .containsExactlyInAnyOrderElementsOf(
              pictures().keySet().stream().map(name -> name + ".svg").toList());
    }
  }
}
