package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir private Path folder;

  @Test
  void helpListsCommandsAndExitCodes() {
    Cli.Result result = cli().run("--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            "predict ",
            "video ",
            "eval ",
            "explain ",
            "convert ",
            "run ",
            "verify ",
            "export ",
            "info ",
            "bench ",
            "weights ")
        .contains("Exit codes:", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict MISSING",
        "explain MISSING",
        "eval --data MISSING",
        "run --input MISSING --output out.safetensors",
        "verify --reference MISSING"
      })
  void filesAreLookedForBeforeTheModelIsLoaded(String command) throws IOException {
    Path broken = Files.createFile(folder.resolve("broken.safetensors"));
    Path missing = folder.resolve("missing");
    Cli.Result result =
        cli()
            .run(
                (Object[])
                    (command.replace("MISSING", missing.toString()) + " --weights " + broken)
                        .split(" "));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + missing + ": ");
  }

  @Test
  void onlyTheCommandThatTheArgumentsNameIsBuilt() {
    Surroundings surroundings = Surroundings.ofProcess();
    Set<String> all = HydraNetCommand.commandLine(surroundings).getSubcommands().keySet();
    assertThat(all).hasSizeGreaterThan(10);
    for (String name : all) {
      assertThat(HydraNetCommand.commandLine(surroundings, name, "x").getSubcommands())
          .containsOnlyKeys(name);
    }
    assertThat(HydraNetCommand.commandLine(surroundings, "--help").getSubcommands())
        .containsOnlyKeys(all);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          demo,             --out --threads
          predict,          --weights --out --threads --tasks --raw IMAGE...
          video,            IN OUT --weights --view --height --threads --smooth --from --for --every
          eval,             --weights --data --tasks --json --threads
          explain,          IMAGE --weights --out --threads
          convert,          CHECKPOINT OUT.safetensors --variant --classes --dtype
          run,              --weights --input --output --layers --executor --threads
          verify,           --weights --reference --threads
          export,           --weights OUT.onnx --size
          info,             --weights --variant --size --plan --json
          bench,            --weights --size --threads --layers --svg
          weights,          list download
          weights download, NAME --accept-license
          """)
  void helpOfCommandShowsItsOptionsAndExamples(String command, String options) {
    Cli.Result result = cli().run((Object[]) (command + " --help").split(" "));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(options.split(" "))
        .contains("--verbose", "Examples:", "  hydranet " + command);
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void versionIsTheBuilds() {
    Cli.Result result = cli().run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).matches("hydranet \\d+\\.\\d+\\.\\d+\\S*\\R(?s).*Java \\d+.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                                | Missing command
          weights                               | Missing command: list or download
          predit                                | Unmatched argument at index 0: 'predit'
          predict --weights x                   | Missing required parameter: 'IMAGE'
          predict a.png --weights x --tasks sky | Invalid value for option '--tasks' (segm,depth,normal): expected segm, depth, normal; found 'sky'
          predict a.png --weights x --threads 0 | --threads must be at least 1, found 0
          predict a.png --weights x --threads x | Invalid value for option '--threads'
          predict a.png --weights x --colour    | Unknown option: '--colour'
          eval --weights x                      | Missing required option: '--data=DIR'
          explain --weights x                   | Missing required parameter: 'IMAGE'
          convert a.pth                         | Missing required parameter: 'OUT.safetensors'
          convert a b --dtype f64               | Invalid value for option '--dtype': expected f32, f16; found 'f64'
          run --executor fast                   | Invalid value for option '--executor': expected plan, reference; found 'fast'
          convert a b --variant cityscapes      | --variant: expected
          export a.onnx --weights x --size 640  | Invalid value for option '--size'
          info --size 0x10                      | Invalid value for option '--size'
          info --variant kitti --weights x      | --weights=FILE|NAME, --variant=V are mutually
          info --variant citys                  | --variant: expected kitti, nyud, nyud3, nyudkitti
          weights download imagenet             | expected kitti, nyud, nyud3, nyudkitti; found 'imagenet'
          """)
  void wrongUsageIsTwoAndTellsWhereHelpIs(String arguments, String message) {
    Object[] words = arguments == null ? new Object[0] : arguments.split(" ");
    Cli.Result result = cli().run(words);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("hydranet: " + message)
        .contains("Try 'hydranet ", " --help' for how to use it.");
  }

  @Test
  void suggestsWhatWasMeant() {
    assertThat(cli().run("predit").err()).contains("Did you mean: hydranet predict?");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stackTraceIsPrintedWhenAskedFor(boolean verbose) {
    String missing = folder.resolve("missing.safetensors").toString();
    Cli.Result result =
        verbose
            ? cli().run("info", "--weights", missing, "--verbose")
            : cli().run("info", "--weights", missing);
    String line =
        "hydranet: "
            + missing
            + ": no such file, and no published weights of that name (kitti, nyud, nyud3, nyudkitti)";
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith(line + System.lineSeparator());
    if (verbose) {
      assertThat(result.err()).contains("\tat dev.hydranet.cli.");
    } else {
      assertThat(result.err()).hasLineCount(1);
    }
  }

  private Cli cli() {
    return Cli.at(folder);
  }
}
