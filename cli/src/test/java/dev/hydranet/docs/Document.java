package dev.hydranet.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of the repository.
 *
 * @param file where it is
 * @param lines its text
 */
public record Document(Path file, List<String> lines) {
  /** With this property set, tests write pictures and line numbers instead of checking them. */
  static final boolean WRITE = Boolean.getBoolean("docs.write");

  private static final Pattern FENCE = Pattern.compile(" {0,3}```(.*)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence
   * @param line the number of the opening fence, from 1
   * @param lines of the block
   */
  public record Block(String language, int line, List<String> lines) {}

  /**
   * A link.
   *
   * @param line its number, from 1
   * @param target as it is written
   */
  record Link(int line, String target) {
    boolean isRelative() {
      return !target.matches("[a-z]+:.*");
    }

    /** The path in front of the {@code #}; empty for the document itself. */
    String path() {
      return target.split("#", 2)[0];
    }

    /** What is behind the {@code #}. */
    Optional<String> anchor() {
      int hash = target.indexOf('#');
      return hash < 0 ? Optional.empty() : Optional.of(target.substring(hash + 1));
    }
  }

  /** The root of the repository. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("bin/hydranet"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** All of the repository, but for what is built. */
  public static List<Document> all() throws IOException {
    List<Document> documents = new ArrayList<>();
    collect(root(), documents);
    return documents;
  }

  private static void collect(Path folder, List<Document> documents) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        String name = child.getFileName().toString();
        // What lies in a src is no document, but what one is made from.
        if (Files.isDirectory(child) && !name.matches("\\..*|target|src")) {
          collect(child, documents);
        } else if (name.endsWith(".md")) {
          documents.add(new Document(child, Files.readAllLines(child)));
        }
      }
    }
  }

  /** Where in the repository a line is, for messages. */
  public String at(int line) {
    return root().relativize(file) + ":" + line;
  }

  /** The fenced blocks, in order. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        if (begin >= 0) {
          String language = lines.get(begin).strip().substring(3);
          blocks.add(new Block(language, begin + 1, lines.subList(begin + 1, i)));
        }
        begin = begin < 0 ? i : -1;
      }
    }
    return blocks;
  }

  /** The links outside of code, in order. */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (FENCE.matcher(line).matches()) {
        code = !code;
      } else if (!code && !line.startsWith("    ")) {
        Matcher link = LINK.matcher(line);
        while (link.find()) {
          links.add(new Link(i + 1, link.group(1)));
        }
      }
    }
    return links;
  }

  /** The names that GitHub gives to the headings. */
  List<String> anchors() {
    return lines.stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ +", "").toLowerCase())
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
