package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.docs.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code console} blocks of the documents: a line {@code $ bin/hydranet ...}, then lines that
 * the command prints, in their order; others may stand between them, and spaces do not count.
 */
class DocumentedCommandsTest {
  private static final String PROMPT = "$ bin/hydranet ";

  @TempDir private Path folder;
  private final Map<String, List<String>> outputs = new HashMap<>();

  @Test
  void commandsPrintWhatTheDocumentsShow() throws IOException {
    List<String> problems = new ArrayList<>();
    int commands = 0;
    for (Document document : Document.all()) {
      for (Document.Block block : document.blocks()) {
        if (block.language().equals("console")) {
          commands++;
          check(document, block, problems);
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(commands).isPositive();
  }

  private void check(Document document, Document.Block block, List<String> problems) {
    List<String> printed = List.of();
    for (int i = 0; i < block.lines().size(); i++) {
      String line = words(block.lines().get(i));
      if (line.startsWith(PROMPT)) {
        printed = outputs.computeIfAbsent(line.substring(PROMPT.length()), this::output);
      } else if (!line.equals("...")) {
        int found = printed.indexOf(line);
        if (found < 0) {
          problems.add(document.at(block.line() + i + 1) + ": not printed: " + line);
        } else {
          printed = printed.subList(found + 1, printed.size());
        }
      }
    }
  }

  private List<String> output(String arguments) {
    Cli.Result result = Cli.at(folder).run((Object[]) arguments.split(" "));
    return result.out().lines().map(DocumentedCommandsTest::words).toList();
  }

  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }
}
