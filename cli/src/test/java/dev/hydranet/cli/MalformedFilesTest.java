package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The attack files of {@code proof/malformed/}: every command that reads one ends with 1, one line
 * that the manifest has, and no file written.
 */
@Tag("hostile")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedFilesTest {
  private static final Path FOLDER = Path.of("../proof/malformed");
  private static final Path MANIFEST = FOLDER.resolve("manifest.tsv");

  /** What code in a checkpoint would leave behind. */
  private static final List<Path> TRACES =
      List.of(Path.of("/tmp/executed"), Path.of("/tmp/escaped"));

  private static final String CONVERTED = "converted.safetensors";

  @TempDir private static Path folder;
  private static Path weights;
  private static Path image;

  /**
   * A line of the manifest.
   *
   * @param reader the command, in short, and its options
   * @param error what it prints after the file's name; # stands for a number that depends on the
   *     JVM, * for the words of Java's image readers
   */
  private record Attack(String file, String reader, String what, String error) {
    Path path() {
      return FOLDER.resolve(file);
    }

    boolean inert() {
      return reader.equals("inert");
    }

    Pattern line() {
      String pattern = Pattern.quote(error).replace("#", "\\E[0-9,]+\\Q").replace("*", "\\E.+\\Q");
      Path named = isOfShapes() ? folder.resolve(CONVERTED) : path();
      return Pattern.compile(Pattern.quote(named + ": ") + pattern);
    }

    /** Whether only a network for inputs of known shapes is refused. */
    boolean isOfShapes() {
      return reader.equals("shapes");
    }

    @Override
    public String toString() {
      return file + ": " + what;
    }
  }

  @BeforeAll
  static void networkAndImage() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    image = folder.resolve("image.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
  }

  static List<Attack> attacks() throws IOException {
    return Files.readAllLines(MANIFEST).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(column -> new Attack(column[0], column[1], column[2], column[3]))
        .toList();
  }

  /** Code beside the weights: it is passed over, and they are written. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("inert")
  void isPassedOver(Attack attack) throws IOException {
    Path out = folder.resolve("out");
    Cli.Result result = Cli.at(folder).run("convert", "--raw", attack.path(), out);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(out + ": 1 tensors, 1 F32" + System.lineSeparator());
    assertThat(Safetensors.read(out).tensors().get("w").data())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    Files.delete(out);
    assertThat(list(folder)).containsExactly("image.png", "small.safetensors");
    assertThat(TRACES).noneMatch(Files::exists);
  }

  static Stream<Attack> inert() throws IOException {
    return attacks().stream().filter(Attack::inert);
  }

  static Stream<Attack> refused() throws IOException {
    return attacks().stream().filter(attack -> !attack.inert());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isALine(Attack attack) throws IOException {
    Path out = folder.resolve("out");
    if (attack.isOfShapes()) {
      convert(attack.path(), folder.resolve(CONVERTED));
    }
    for (List<Object> command : commands(attack, out)) {
      Cli.Result result = Cli.at(folder).run(command.toArray());

      assertThat(result.err()).as("%s", command).hasLineCount(1).endsWith(System.lineSeparator());
      String line = result.err().strip();
      if (attack.reader().equals("warning")) {
        assertThat(result.exitCode()).isZero();
        assertThat(line).startsWith("hydranet: warning: ");
        assertThat(line.substring("hydranet: warning: ".length())).matches(attack.line());
        lookWith(out);
        Files.delete(out);
      } else {
        assertThat(result.exitCode()).as("%s", command).isEqualTo(1);
        assertThat(line).startsWith("hydranet: ");
        assertThat(line.substring("hydranet: ".length())).matches(attack.line());
        assertThat(result.out()).isEmpty();
      }
      Files.deleteIfExists(folder.resolve(CONVERTED));
      assertThat(list(folder)).containsExactly("image.png", "small.safetensors");
      assertThat(TRACES).noneMatch(Files::exists);
    }
  }

  private static void convert(Path model, Path to) {
    assertThat(Cli.at(folder).run("convert", model, to).exitCode()).isZero();
  }

  /** NaN and infinity are numbers to compute with; what is seen with them makes no sense. */
  private static void lookWith(Path odd) throws IOException {
    Path pictures = folder.resolve("pictures");
    Cli.Result result = Cli.at(folder).run("predict", image, "--weights", odd, "--out", pictures);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(list(pictures))
        .containsExactly("image_depth.png", "image_overview.png", "image_segm.png");
    delete(pictures);
  }

  private static void delete(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<List<Object>> commands(Attack attack, Path out) {
    List<String> words = Arrays.asList(attack.reader().split(" "));
    Path file = attack.path();
    return switch (words.getFirst()) {
      case "checkpoint", "warning" -> {
        List<Object> convert = new ArrayList<>(List.of("convert", file, out));
        convert.addAll(words.subList(1, words.size()));
        yield List.of(convert);
      }
      case "weights" ->
          List.of(
              List.of("info", "--weights", file),
              List.of("predict", image, "--weights", file, "--out", out),
              List.of("export", "--weights", file, out));
      case "image" -> List.of(List.of("predict", file, "--weights", weights, "--out", out));
      case "onnx" -> List.of(List.of("convert", file, out));
      case "shapes" -> List.of(List.of("info", "--plan", "--weights", folder.resolve(CONVERTED)));
      case "network" ->
          List.of(
              List.of("info", "--weights", file),
              List.of("bench", "--weights", file),
              List.of("export", "--weights", file, out));
      case "input" ->
          List.of(List.of("run", "--weights", weights, "--input", file, "--output", out));
      case "reference" -> List.of(List.of("verify", "--weights", weights, "--reference", file));
      default -> throw new AssertionError("no such reader: " + attack.reader());
    };
  }

  /** What is no file for one command is none for another either, for other reasons. */
  @ParameterizedTest
  @MethodSource("attacksOfNoNetwork")
  void isALineFromAnotherCommand(Attack attack) {
    Path file = attack.path();
    Path out = folder.resolve("out");
    Cli.Result result =
        attack.reader().startsWith("checkpoint")
            ? Cli.at(folder).run("export", "--weights", file, out)
            : Cli.at(folder).run("convert", file, out);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + file + ": ");
    assertThat(out).doesNotExist();
  }

  @Test
  void noneIsAnImageAndNoneKeepsTheOthersFromBeingLookedAt() throws IOException {
    Path out = folder.resolve("out");
    List<Object> command = new ArrayList<>(List.of("predict", "--weights", weights, "--out", out));
    // What is written for two files of one name would be in each other's way.
    List<Attack> attacks =
        attacks().stream()
            .filter(attack -> attack.file().matches("(checkpoint|image)/.*"))
            .toList();
    attacks.forEach(attack -> command.add(attack.path()));
    command.add(image);
    Cli.Result result = Cli.at(folder).run(command.toArray());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .zipSatisfy(
            attacks,
            (line, attack) -> assertThat(line).startsWith("hydranet: " + attack.path() + ": "));
    assertThat(result.out()).hasLineCount(1).startsWith(image + ": 8 x 8 pixels");
    delete(out);
  }

  static Stream<Attack> attacksOfNoNetwork() throws IOException {
    return attacks().stream()
        .filter(attack -> !attack.file().contains("/network_") && !attack.isOfShapes());
  }

  @Test
  void theManifestListsTheFilesThatThereAre() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(attacks())
          .extracting(Attack::file)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> file.contains("/") && !file.contains("__pycache__"))
                  .collect(Collectors.toSet()));
    }
  }

  private static List<String> list(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
