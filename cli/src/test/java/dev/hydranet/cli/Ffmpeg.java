package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that make and check video files for tests, where they are installed. */
final class Ffmpeg {
  private Ffmpeg() {}

  /** Skips a test where the programs are missing. */
  static void assumeInstalled() {
    assumeTrue(isInstalled("ffmpeg") && isInstalled("ffprobe"), "ffmpeg is not installed");
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Makes a file. */
  static Path make(Path file, String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(Arrays.asList(arguments.split(" ")));
    command.add(file.toString());
    run(command);
    return file;
  }

  /** What ffprobe counts and reads in a file: keys of its first video and audio stream. */
  static Map<String, String> probe(Path file) throws Exception {
    Map<String, String> facts = new HashMap<>();
    String entries =
        "stream=codec_type,codec_name,width,height,pix_fmt,r_frame_rate,nb_read_frames";
    String[] lines =
        run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                entries + ":format=duration",
                "-of",
                "default=nw=1",
                file.toString()))
            .split("\n");
    String codec = "";
    String type = "";
    for (String line : lines) {
      String[] pair = line.split("=", 2);
      switch (pair[0]) {
        case "codec_name" -> codec = pair[1];
        case "codec_type" -> {
          type = pair[1];
          facts.put(type + ".codec_name", codec);
        }
        case "duration" -> facts.put("duration", pair[1]);
        default -> facts.put(type + "." + pair[0], pair[1]);
      }
    }
    return facts;
  }

  /** When the frames of a file are shown, in order. */
  static List<Double> times(Path file) throws Exception {
    return run(List.of(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "packet=pts_time",
            "-of",
            "csv=p=0",
            file.toString()))
        .lines()
        .map(line -> Double.valueOf(line.replace(",", "")))
        .sorted()
        .toList();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + said).isZero();
    return said;
  }
}
