package dev.hydranet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a release says and holds. */
class ReleaseTest {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern NEWEST_ENTRY = Pattern.compile("(?s)\n## (.*?)(?:\n## |\\z)");

  @Test
  void theChangelogIsAboutTheVersionOfThePom() throws IOException {
    String version = firstMatch(VERSION, "pom.xml").replace("-SNAPSHOT", "");
    assertThat(firstMatch(NEWEST_ENTRY, "CHANGELOG.md"))
        .containsPattern("\\b" + Pattern.quote(version) + "\\b");
  }

  @Test
  void onlyWhatUsersNeedIsPublished() throws IOException {
    Path root = Document.root();
    List<String> published;
    try (Stream<Path> files = Files.walk(root, 3)) {
      published =
          files
              .filter(file -> file.endsWith("pom.xml"))
              .filter(pom -> read(pom).contains("<maven.deploy.skip>false</maven.deploy.skip>"))
              .map(pom -> root.relativize(pom.getParent()).toString())
              .toList();
    }
    assertThat(published)
        .containsExactlyInAnyOrder("engine", "hydranet", "model", "spark", "weights-converter");
  }

  private static String firstMatch(Pattern pattern, String file) {
    return pattern
        .matcher(read(Document.root().resolve(file)))
        .results()
        .findFirst()
        .map(match -> match.group(1))
        .orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
