package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.cli.images.ImageFile;
import dev.hydranet.images.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final Pattern PICTURE = Pattern.compile("src=\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void showsTheModelInTheBoxOnTheSampleScenes() throws IOException {
    Path out = folder.resolve("out");
    Cli.Result result = Cli.at(folder).run("demo", "--out", out);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();

    List<String> scenes = names(out.resolve("scenes/images"));
    assertThat(scenes).hasSizeBetween(8, 12);
    List<String> lines = result.out().lines().toList();
    assertThat(lines.getFirst()).matches("scene +mIoU % +abs rel +median degrees +ms");
    for (int i = 0; i < scenes.size(); i++) {
      assertThat(lines.get(i + 1))
          .matches(ImageFile.baseName(Path.of(scenes.get(i))) + "( +[\\d.]+){4}");
    }
    assertThat(lines.get(scenes.size() + 1)).matches("all( +[\\d.]+){4}");
    // What training/README.md tells of fresh scenes, with room for these ten.
    String[] all = lines.get(scenes.size() + 1).split(" +");
    assertThat(Double.parseDouble(all[1])).as("mIoU, %").isBetween(90.0, 100.0);
    assertThat(Double.parseDouble(all[2])).as("abs rel").isBetween(0.01, 0.12);
    assertThat(Double.parseDouble(all[3])).as("median degrees").isBetween(1.0, 8.0);
    assertThat(lines.getLast()).isEqualTo(out.resolve("index.html").toString());

    // The same scores as of the data set that it leaves.
    String eval = result.out().substring(result.out().indexOf("segm: "));
    assertThat(eval)
        .contains(
            "segm: " + scenes.size() + " images", "depth: " + scenes.size(), "normal: ", "sky  ");

    // One picture of the input, and of the answer and the truth for each of three tasks.
    String page = Files.readString(out.resolve("index.html"));
    List<String> pictures = PICTURE.matcher(page).results().map(DemoTest::path).toList();
    assertThat(pictures)
        .hasSize(7 * scenes.size())
        .doesNotHaveDuplicates()
        .allSatisfy(
            picture -> assertThat(Images.read(out.resolve(picture)).getWidth()).isPositive());
    assertThat(page).doesNotContain("http", "<script").contains("<title>", "prefers-color-scheme");
    assertThat(names(out.resolve("pictures"))).hasSize(4 * scenes.size() + 1); // and the folder
  }

  private static String path(MatchResult found) {
    return found.group(1);
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
