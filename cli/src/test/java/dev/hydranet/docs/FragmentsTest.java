package dev.hydranet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every {@code java} block of the documents stands, line for line, in a file that the build
 * compiles. The first link behind the block says where: {@code path/Name.java#L10-L20}. With {@code
 * -Ddocs.write=true} the numbers of lines that have moved are put right.
 */
class FragmentsTest {
  private static final Pattern SOURCE = Pattern.compile("]\\(([^)#]+\\.java)#L(\\d+)-L(\\d+)\\)");

  @Test
  void everyJavaBlockIsTakenFromItsSource() throws IOException {
    List<String> problems = new ArrayList<>();
    int count = 0;
    for (Document document : Document.all()) {
      List<String> text = new ArrayList<>(document.lines());
      for (Document.Block block : document.blocks()) {
        if (block.language().equals("java")) {
          count++;
          problems.addAll(check(document, block, text));
        }
      }
      if (!text.equals(document.lines())) {
        Files.write(document.file(), text);
      }
    }
    assertThat(problems).as(String.join("\n\n", problems)).isEmpty();
    assertThat(count).isGreaterThan(1);
  }

  /**
   * Compares a block with its source.
   *
   * @param text the document's lines, in which numbers are put right if that is asked for
   */
  private static List<String> check(Document document, Document.Block block, List<String> text)
      throws IOException {
    String where = document.at(block.line());
    int caption = block.line() + block.lines().size() + 1;
    while (caption < text.size() && text.get(caption).isBlank()) {
      caption++;
    }
    Matcher link = SOURCE.matcher(caption < text.size() ? text.get(caption) : "");
    if (!link.find()) {
      return List.of(where + ": the line behind the block has no link to X.java#L1-L2");
    }
    Path source = document.file().resolveSibling(link.group(1));
    if (!Files.exists(source)) {
      return List.of(where + ": there is no " + link.group(1));
    }
    List<String> lines = Files.readAllLines(source);
    int begin = Integer.parseInt(link.group(2)) - 1;
    int end = Integer.parseInt(link.group(3));
    if (begin < end && end <= lines.size() && matches(block, lines.subList(begin, end))) {
      return List.of();
    }
    int length = block.lines().size();
    for (int i = 0; i + length <= lines.size(); i++) {
      if (matches(block, lines.subList(i, i + length))) {
        String moved = link.group(1) + "#L" + (i + 1) + "-L" + (i + length);
        if (Document.WRITE) {
          text.set(caption, link.replaceFirst(Matcher.quoteReplacement("](" + moved + ")")));
          return List.of();
        }
        return List.of(where + ": the lines have moved; the link is to be (" + moved + ")");
      }
    }
    List<String> now = lines.subList(Math.min(begin, lines.size()), Math.min(end, lines.size()));
    return List.of(
        where + ": not in " + link.group(1) + ", whose lines there are now\n" + outdented(now));
  }

  private static boolean matches(Document.Block block, List<String> lines) {
    return String.join("\n", block.lines()).equals(outdented(lines));
  }

  private static String outdented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return String.join(
        "\n", lines.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).toList());
  }
}
