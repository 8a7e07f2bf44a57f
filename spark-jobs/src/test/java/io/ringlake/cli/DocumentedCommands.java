package io.ringlake.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What README and the pages tell people to type, in their blocks marked {@code sh}. */
final class DocumentedCommands {

  /** The root of the project as seen from a module, where tests run. */
  static final Path ROOT = Path.of("..");

  /** How a command of ours begins. */
  static final String RINGLAKE = "submit-scripts/ringlake ";

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh$(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private DocumentedCommands() {}

  /** README and all pages, as seen from the root. */
  static List<String> pages() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<String> pages = new ArrayList<>(List.of("README.md"));
      docs.map(page -> "docs/" + page.getFileName())
          .filter(page -> page.endsWith(".md"))
          .sorted()
          .forEach(pages::add);
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The commands of a page, each in one line. */
  static List<String> of(String page) {
    try {
      return BLOCK
          .matcher(Files.readString(ROOT.resolve(page)))
          .results()
          .flatMap(block -> block.group(1).replaceAll("\\\\\n\\s*", "").strip().lines())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words of a command as a shell takes them, those for Spark left out. */
  static List<String> arguments(String command) {
    List<String> words = words(command);
    return words.subList(words.indexOf("--") + 1, words.size());
  }

  /** The properties that a command hands to Spark by {@code --conf}. */
  static Map<String, String> properties(String command) {
    List<String> words = words(command);
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < words.indexOf("--"); i++) {
      if (words.get(i).equals("--conf")) {
        String[] property = words.get(i + 1).split("=", 2);
        properties.put(property[0], property[1]);
      }
    }
    return properties;
  }

  private static List<String> words(String command) {
    return WORD.matcher(command).results().map(DocumentedCommands::unquoted).toList();
  }

  private static String unquoted(MatchResult word) {
    for (int quoted = 1; quoted <= 2; quoted++) {
      if (word.group(quoted) != null) {
        return word.group(quoted);
      }
    }
    // Pages name files as seen from the root.
    return word.group().replaceFirst("^conf/", ROOT + "/conf/");
  }
}
