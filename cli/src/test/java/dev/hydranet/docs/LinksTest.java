package dev.hydranet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents point to exists: files, headings, lines. */
class LinksTest {
  private static final Pattern LINES = Pattern.compile("L(\\d+)(?:-L(\\d+))?");

  @Test
  void relativeLinksLeadSomewhere() throws IOException {
    List<String> problems = new ArrayList<>();
    int count = 0;
    for (Document document : Document.all()) {
      for (Document.Link link : document.links()) {
        if (link.isRelative()) {
          count++;
          problem(document, link)
              .ifPresent(what -> problems.add(document.at(link.line()) + ": " + what));
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(count).isGreaterThan(20);
  }

  private static Optional<String> problem(Document document, Document.Link link)
      throws IOException {
    Path target =
        link.path().isEmpty() ? document.file() : document.file().resolveSibling(link.path());
    if (!Files.exists(target)) {
      return Optional.of("there is no " + link.path());
    }
    if (link.anchor().isEmpty()) {
      return Optional.empty();
    }
    String anchor = link.anchor().get();
    List<String> lines = Files.readAllLines(target);
    Matcher numbers = LINES.matcher(anchor);
    boolean found =
        numbers.matches()
            ? last(numbers) <= lines.size()
            : new Document(target, lines).anchors().contains(anchor);
    return found ? Optional.empty() : Optional.of("there is no #" + anchor + " in " + target);
  }

  private static int last(Matcher lines) {
    return Integer.parseInt(lines.group(2) == null ? lines.group(1) : lines.group(2));
  }
}
