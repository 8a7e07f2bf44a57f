package io.ringlake.layout;

import io.ringlake.schema.Identifier;
import io.ringlake.schema.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code --partition-by}: terms with commas between them, each a column, {@code
 * year(column)}, {@code year(writetime(column))} and so for month, day, hour and minute, or {@code
 * bucket(16,key)}; for tables that partition by themselves {@code bucket(16,column)} and {@code
 * truncate(10,column)} too. Column names are exact; those with spaces, commas, brackets or quotes
 * stand in double quotes, in which a double quote is doubled.
 */
final class PartitionBy {

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s,()\"]+)";
  private static final Pattern COLUMN = Pattern.compile(NAME);
  private static final Pattern OF_WRITETIME =
      Pattern.compile("(\\w+)\\s*\\(\\s*writetime\\s*\\(\\s*" + NAME + "\\s*\\)\\s*\\)");
  private static final Pattern OF_COLUMN = Pattern.compile("(\\w+)\\s*\\(\\s*" + NAME + "\\s*\\)");
  private static final Pattern BUCKET =
      Pattern.compile("bucket\\s*\\(\\s*(\\d{1,9})\\s*,\\s*key\\s*\\)");
  private static final Pattern OF_NUMBER_AND_COLUMN =
      Pattern.compile("(bucket|truncate)\\s*\\(\\s*(\\d{1,9})\\s*,\\s*" + NAME + "\\s*\\)");
  private static final List<String> FUNCTIONS =
      Stream.concat(
              Arrays.stream(TimePart.values()).map(TimePart::folder),
              Stream.of("bucket", "truncate"))
          .toList();

  private final List<Term> terms = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  PartitionBy(String text) {
    if (!text.isBlank()) {
      split(text).forEach(this::read);
    }
  }

  /** The terms that could be read, in their order. */
  List<Term> terms() {
    return terms;
  }

  /** Why the others could not be read, each a clause; empty if all is well. */
  List<String> problems() {
    return problems;
  }

  private static List<String> split(String text) {
    List<String> terms = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')') {
        depth--;
      } else if (!quoted && c == ',' && depth == 0) {
        terms.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    terms.add(text.substring(start).strip());
    return terms;
  }

  private void read(String term) {
    if (COLUMN.matcher(term).matches()) {
      terms.add(new Term.Value(identifier(term)));
      return;
    }
    Matcher bucket = BUCKET.matcher(term);
    if (bucket.matches()) {
      buckets(term, bucket.group(1)).ifPresent(buckets -> terms.add(new Term.KeyBucket(buckets)));
      return;
    }
    Matcher ofNumber = OF_NUMBER_AND_COLUMN.matcher(term);
    if (ofNumber.matches()) {
      Identifier column = identifier(ofNumber.group(3));
      if (ofNumber.group(1).equals("bucket")) {
        buckets(term, ofNumber.group(2))
            .ifPresent(buckets -> terms.add(new Term.ColumnBucket(buckets, column)));
      } else {
        width(term, ofNumber.group(2))
            .ifPresent(width -> terms.add(new Term.Truncation(width, column)));
      }
      return;
    }
    Matcher ofWritetime = OF_WRITETIME.matcher(term);
    if (ofWritetime.matches()) {
      part(term, ofWritetime.group(1))
          .ifPresent(
              part -> terms.add(new Term.TimeOfWrite(part, identifier(ofWritetime.group(2)))));
      return;
    }
    Matcher ofColumn = OF_COLUMN.matcher(term);
    if (ofColumn.matches()) {
      part(term, ofColumn.group(1))
          .ifPresent(part -> terms.add(new Term.TimeOfColumn(part, identifier(ofColumn.group(2)))));
      return;
    }
    problems.add(
        "'%s' is not a term: write column, year(column), year(writetime(column)) or bucket(16,key)"
            .formatted(term));
  }

  private Optional<Integer> buckets(String term, String digits) {
    int buckets = Integer.parseInt(digits);
    if (buckets < 1 || buckets > Term.KeyBucket.MOST) {
      problems.add("%s: the number of buckets is 1 to %d".formatted(term, Term.KeyBucket.MOST));
      return Optional.empty();
    }
    return Optional.of(buckets);
  }

  private Optional<Integer> width(String term, String digits) {
    int width = Integer.parseInt(digits);
    if (width == 0) {
      problems.add("%s: the width is at least 1".formatted(term));
      return Optional.empty();
    }
    return Optional.of(width);
  }

  private Optional<TimePart> part(String term, String function) {
    Optional<TimePart> part =
        Arrays.stream(TimePart.values())
            .filter(candidate -> candidate.folder().equals(function))
            .findFirst();
    if (function.equals("bucket")) {
      problems.add("%s: write bucket(16,key), with the word key".formatted(term));
    } else if (function.equals("truncate")) {
      problems.add("%s: write truncate(10,column)".formatted(term));
    } else if (part.isEmpty()) {
      List<String> near = NearNames.of(function.toLowerCase(Locale.ROOT), FUNCTIONS);
      problems.add(
          "%s: there is no %s(), %s"
              .formatted(
                  term,
                  function,
                  near.isEmpty()
                      ? "use one of " + String.join(", ", FUNCTIONS)
                      : "near ones are " + String.join(", ", near)));
    }
    return part;
  }

  private static Identifier identifier(String name) {
    return new Identifier(
        name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name);
  }
}
