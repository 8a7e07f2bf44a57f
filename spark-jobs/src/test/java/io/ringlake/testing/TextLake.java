package io.ringlake.testing;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in files of CSV or JSON, uncompressed and spelled as by default, read by libraries that
 * know nothing of us, and understood by what {@code docs/text.md} says of each CQL type.
 */
public final class TextLake {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Map<String, JsonNode>> rows = new ArrayList<>();

  /**
   * Reads all files in a folder, not in those below it.
   *
   * @param output has files of one of the formats
   */
  public TextLake(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(".csv")) {
          readCsv(file);
        } else if (file.toString().endsWith(".json")) {
          readJson(file);
        }
      }
    }
  }

  private void readJson(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      Map<String, JsonNode> row = new TreeMap<>();
      JSON.readTree(line)
          .fields()
          .forEachRemaining(field -> row.put(field.getKey(), field.getValue()));
      rows.add(row);
    }
  }

  private void readCsv(Path file) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(-1);
    settings.setEmptyValue("");
    settings.setNullValue(null);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setQuoteEscape('"');
    settings.getFormat().setComment('\0');
    List<String[]> lines = new CsvParser(settings).parseAll(file.toFile(), "UTF-8");
    String[] names = lines.get(0);
    for (String[] line : lines.subList(1, lines.size())) {
      Map<String, JsonNode> row = new TreeMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], line[i] == null ? NullNode.getInstance() : TextNode.valueOf(line[i]));
      }
      rows.add(row);
    }
  }

  /**
   * Rows as {@link CqlRows#sorted} spells them.
   *
   * @param types by column, in the order of the columns; null for a write time
   */
  public List<String> sortedRows(Map<String, @Nullable DataType> types) {
    return rows.stream()
        .map(
            row ->
                types.entrySet().stream()
                    .map(column -> spell(row.get(column.getKey()), column.getValue()))
                    .collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }

  private static String spell(@Nullable JsonNode given, @Nullable DataType type) {
    if (given == null) {
      throw new AssertionError("A column is not there");
    }
    if (given.isNull()) {
      return "null";
    }
    if (type == null) {
      JsonNode node = withParts(given, text -> text.startsWith("["));
      return node.isArray()
          ? joined(elements(node).map(each -> spell(each, null)))
          : Spelling.of(Instant.parse(node.asText()));
    }
    return hasParts(type)
        ? spellParts(withParts(given, text -> true), type)
        : spellScalar(given, type);
  }

  /** In CSV, values with parts are JSON. */
  private static JsonNode withParts(JsonNode given, java.util.function.Predicate<String> isJson) {
    try {
      return given.isTextual() && isJson.test(given.asText())
          ? JSON.readTree(given.asText())
          : given;
    } catch (IOException e) {
      throw new AssertionError("No JSON: " + given, e);
    }
  }

  private static boolean hasParts(DataType type) {
    return type instanceof ListType
        || type instanceof SetType
        || type instanceof MapType
        || type instanceof TupleType
        || type instanceof UserDefinedType
        || type instanceof VectorType
        || type.equals(DataTypes.DURATION);
  }

  private static String spellParts(JsonNode node, DataType type) {
    if (type instanceof ListType list) {
      return joined(elements(node).map(each -> spell(each, list.getElementType())));
    }
    if (type instanceof SetType set) {
      return joined(elements(node).map(each -> spell(each, set.getElementType())));
    }
    if (type instanceof VectorType vector) {
      return joined(elements(node).map(each -> spell(each, vector.getElementType())));
    }
    if (type instanceof MapType map) {
      return joined(pairs(node, map).sorted());
    }
    if (type instanceof TupleType tuple) {
      List<DataType> types = tuple.getComponentTypes();
      return struct(
          IntStream.range(0, types.size())
              .mapToObj(i -> spell(node.get("_" + (i + 1)), types.get(i))));
    }
    if (type instanceof UserDefinedType userDefined) {
      List<DataType> types = userDefined.getFieldTypes();
      return struct(
          IntStream.range(0, types.size())
              .mapToObj(
                  i ->
                      spell(
                          node.get(userDefined.getFieldNames().get(i).asInternal()),
                          types.get(i))));
    }
    return struct(Stream.of("months", "days", "nanoseconds").map(part -> node.get(part).asText()));
  }

  private static Stream<String> pairs(JsonNode node, MapType type) {
    Function<JsonNode, String> key = each -> spell(each, type.getKeyType());
    if (node.isArray()) {
      return elements(node)
          .map(
              pair ->
                  struct(
                      Stream.of(
                          key.apply(pair.get("key")),
                          spell(pair.get("value"), type.getValueType()))));
    }
    List<String> pairs = new ArrayList<>();
    node.fields()
        .forEachRemaining(
            field ->
                pairs.add(
                    struct(
                        Stream.of(
                            key.apply(TextNode.valueOf(field.getKey())),
                            spell(field.getValue(), type.getValueType())))));
    return pairs.stream();
  }

  private static String spellScalar(JsonNode node, DataType type) {
    String text = node.asText();
    if (type.equals(DataTypes.BLOB)) {
      return Spelling.of(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
    }
    if (type.equals(DataTypes.DATE)) {
      return Spelling.of(LocalDate.parse(text));
    }
    if (type.equals(DataTypes.TIMESTAMP)) {
      return Spelling.of(Instant.parse(text));
    }
    if (type.equals(DataTypes.FLOAT)) {
      return Spelling.of(Float.valueOf(text));
    }
    if (type.equals(DataTypes.DOUBLE)) {
      return Spelling.of(Double.valueOf(text));
    }
    return text;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get);
  }

  private static String joined(Stream<String> elements) {
    return elements.collect(Collectors.joining(", ", "[", "]"));
  }

  private static String struct(Stream<String> fields) {
    return fields.collect(Collectors.joining("/", "(", ")"));
  }
}
