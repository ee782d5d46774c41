package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of pictures of all formats in one folder, some of them broken, in a small heap. */
@Tag("hostile")
class MixedFolderTest {
  private static final Path SUITES = Path.of("../hydranet/src/test/resources/golden/pictures");
  private static final int PICTURES = 500;

  @TempDir private Path folder;

  @Test
  void eachIsDoneOrReportedInALine() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Set<String> broken = new HashSet<>();
    int whole = fill(pictures, broken);
    assertThat(whole + broken.size()).isGreaterThanOrEqualTo(PICTURES);
    assertThat(broken).hasSizeGreaterThan(30);

    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Path out = folder.resolve("out");
    Cli.Result result =
        Cli.at(folder)
            .run("predict", pictures, "--weights", weights, "--out", out, "--tasks", "depth");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).hasLineCount(broken.size());
    assertThat(result.err().lines())
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("hydranet: " + pictures)
                    .contains(": ")
                    .hasSizeLessThan(400));
    assertThat(broken).allSatisfy(name -> assertThat(result.err()).contains(name + ": "));
    assertThat(result.out()).hasLineCount(whole);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.count()).isEqualTo(2L * whole);
    }
  }

  /** Unpacks the suites; every third name is in upper case. Returns how many are whole. */
  private static int fill(Path pictures, Set<String> broken) throws IOException {
    Set<String> refused = new HashSet<>();
    int count = 0;
    for (String suite :
        new String[] {
          "damaged", "jpeg", "tiff", "webp", "gif", "bmp", "pnm", "icc", "png", "exif"
        }) {
      try (InputStream in = Files.newInputStream(SUITES.resolve(suite + ".zip"));
          ZipInputStream zip = new ZipInputStream(in)) {
        String last = "";
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          String name = entry.getName();
          if (name.equals(last + ".txt")) {
            refused.add(target(suite, last, count - 1));
          } else if (!name.equals(last + ".ppm") && suffixIsKnown(name)) {
            Files.write(pictures.resolve(target(suite, name, count++)), zip.readAllBytes());
            last = name;
          }
        }
      }
      if (count >= PICTURES) {
        break;
      }
    }
    broken.addAll(refused);
    return count - refused.size();
  }

  /** The EXIF suite names files after what they hold. */
  private static boolean suffixIsKnown(String name) {
    return !name.endsWith(".webp-lossless");
  }

  private static String target(String suite, String name, int number) {
    String target = suite + "-" + name;
    return number % 3 == 0 ? target.toUpperCase(Locale.ROOT) : target;
  }
}
