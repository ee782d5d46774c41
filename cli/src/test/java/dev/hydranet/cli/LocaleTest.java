package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.cli.demo.SampleScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed and written reads the same in Cairo and in Berlin. */
@ResourceLock(Resources.LOCALE)
class LocaleTest {
  /** A format call without a locale. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "String\\.format\\(\\s*(?!\\s*Locale\\.ROOT)|\\.formatted\\(|\\.printf\\("
              + "|to(Lower|Upper)Case\\(\\)");

  private static final Locale BEFORE = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "de-DE"})
  void numbersDoNotDependOnTheLocale(String locale) throws IOException {
    List<String> expected = outputs(Locale.ROOT);
    assertThat(outputs(Locale.forLanguageTag(locale))).isEqualTo(expected);
  }

  /** All that is printed, but for times. */
  private List<String> outputs(Locale locale) throws IOException {
    Locale.setDefault(locale);
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"), "a", "b", "c", "d", "I");
    Path image = SmallNetwork.writePicture(folder.resolve("picture.png"), 48, 60);
    Path scenes = folder.resolve("scenes");
    SampleScenes.write(scenes);
    List<String> outputs = new ArrayList<>();
    for (Object[] words :
        new Object[][] {
          {"info", "--weights", weights, "--size", "480x640"},
          {"info", "--weights", weights, "--json"},
          {"predict", image, "--weights", weights, "--out", folder.resolve("out"), "--raw"},
          {"predict", folder.resolve("none.png"), "--weights", weights},
          {"eval", "--data", scenes, "--weights", weights, "--tasks", "depth,normal"},
          {"eval", "--data", scenes, "--weights", weights, "--tasks", "depth", "--json"}
        }) {
      Cli.Result result = Cli.at(folder).run(words);
      outputs.add(result.out().replaceAll("[^ ]+ ms", "") + result.err());
    }
    return outputs;
  }

  @Test
  void everyFormatSaysItsLocale() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> found = new ArrayList<>();
    for (String module : List.of("cli", "hydranet")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          LOCAL
              .matcher(Files.readString(file))
              .results()
              .forEach(result -> found.add(file + ": " + result.group()));
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
