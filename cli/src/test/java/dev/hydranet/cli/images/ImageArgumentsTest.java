package dev.hydranet.cli.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageArgumentsTest {
  /** No argument here is without a name. */
  private static final Consumer<IOException> NONE =
      e -> {
        throw new AssertionError(e);
      };

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("sub/deep"));
    Files.createDirectory(folder.resolve("empty"));
    for (String name :
        List.of(
            "b.png",
            "a.JPG",
            ".hidden.png",
            "notes.txt",
            "odd[1].png",
            "sub/c.jpeg",
            "sub/d.gif",
            "sub/deep/e.bmp")) {
      Files.createFile(folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b.png                  | b.png
          b.png a.JPG b.png      | b.png a.JPG
          ./b.png sub/../b.png   | ./b.png
          missing.png            | missing.png
          .                      | ./a.JPG ./b.png ./odd[1].png
          sub                    | sub/c.jpeg sub/d.gif
          *.png                  | b.png odd[1].png
          ?.{png,JPG}            | a.JPG b.png
          [a-b].*                | a.JPG b.png
          odd[1].png             | odd[1].png
          .h*.png                | .hidden.png
          */*.gif                | sub/d.gif
          sub/*                  | sub/c.jpeg sub/d.gif
          sub/d*/*.bmp           | sub/deep/e.bmp
          **.bmp                 | sub/deep/e.bmp
          sub/**.{gif,bmp}       | sub/d.gif sub/deep/e.bmp
          """)
  void argumentsStandForFiles(String arguments, String expected) throws IOException {
    assertThat(ImageArguments.expand(within(arguments), NONE)).isEqualTo(paths(expected));
  }

  @Test
  void relativePatternsGiveRelativePaths() throws IOException {
    assertThat(ImageArguments.expand(List.of("pom.x*"), NONE)).containsExactly(Path.of("pom.xml"));
    assertThat(ImageArguments.expand(List.of("./pom.x*"), NONE))
        .containsExactly(Path.of("./pom.xml"));
  }

  @Test
  void whatMatchesNothingIsAnError() {
    assertThatThrownBy(() -> ImageArguments.expand(within("*.tif"), NONE))
        .hasMessage(folder + "/*.tif: no file matches");
    assertThatThrownBy(() -> ImageArguments.expand(within("no/*.png"), NONE))
        .hasMessage(folder + "/no/*.png: no file matches");
    assertThatThrownBy(() -> ImageArguments.expand(within("empty"), NONE))
        .hasMessage(folder + "/empty: no image in this folder");
  }

  private List<String> within(String arguments) {
    return Arrays.stream(arguments.split(" ")).map(name -> folder + "/" + name).toList();
  }

  private List<Path> paths(String names) {
    return within(names).stream().map(Path::of).toList();
  }
}
