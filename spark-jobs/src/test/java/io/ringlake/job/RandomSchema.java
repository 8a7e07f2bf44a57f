package io.ringlake.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws tables and user-defined types in CQL: all types, nested up to three deep, frozen and not.
 */
final class RandomSchema {

  private static final List<String> SCALARS =
      List.of(
          "ascii",
          "bigint",
          "blob",
          "boolean",
          "date",
          "decimal",
          "double",
          "float",
          "inet",
          "int",
          "smallint",
          "text",
          "time",
          "timestamp",
          "timeuuid",
          "tinyint",
          "uuid",
          "varint");

  private static final int DEEPEST = 3;
  private static final int TYPES = 4;

  private final Random random;
  private final boolean vectors;

  /**
   * @param vectors whether the server knows them
   */
  RandomSchema(Random random, boolean vectors) {
    this.random = random;
    this.vectors = vectors;
  }

  /** The statements that make the user-defined types of a keyspace, in their order. */
  List<String> types(String keyspace) {
    List<String> statements = new ArrayList<>();
    for (int type = 0; type < TYPES; type++) {
      List<String> fields = new ArrayList<>();
      for (int field = 0; field <= random.nextInt(4); field++) {
        fields.add("f%d %s".formatted(field, nested(1, type)));
      }
      statements.add(
          "CREATE TYPE %s.t%d (%s)".formatted(keyspace, type, String.join(", ", fields)));
    }
    return statements;
  }

  /** The statement that makes a table: keys, a static column in some, regular columns. */
  String table(String keyspace, String name) {
    List<String> columns = new ArrayList<>();
    List<String> partition = new ArrayList<>();
    List<String> clustering = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      partition.add("p" + i);
      columns.add("p%d %s".formatted(i, random.nextInt(4) == 0 ? nested(1, TYPES) : scalar()));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      clustering.add("c" + i);
      columns.add("c%d %s".formatted(i, random.nextInt(4) == 0 ? nested(1, TYPES) : scalar()));
    }
    if (!clustering.isEmpty() && random.nextBoolean()) {
      columns.add("s %s static".formatted(regular()));
    }
    for (int i = 0; i <= random.nextInt(6); i++) {
      columns.add("r%d %s".formatted(i, regular()));
    }
    String key = "(%s)".formatted(String.join(", ", partition));
    return "CREATE TABLE %s.%s (%s, PRIMARY KEY (%s))"
        .formatted(
            keyspace,
            name,
            String.join(", ", columns),
            clustering.isEmpty() ? key : key + ", " + String.join(", ", clustering));
  }

  /** Of a column outside of the key, where a collection or a user-defined type may be in cells. */
  private String regular() {
    return switch (random.nextInt(8)) {
      case 0 -> "duration";
      case 1 -> "list<%s>".formatted(random.nextBoolean() ? "duration" : nested(2, TYPES));
      case 2 -> "set<%s>".formatted(nested(2, TYPES));
      case 3 -> "map<%s, %s>".formatted(nested(2, TYPES), nested(2, TYPES));
      case 4 -> "t" + random.nextInt(TYPES);
      default -> nested(1, TYPES);
    };
  }

  /**
   * A type in one cell, without durations, which are in no key and no set.
   *
   * @param depth of its parts, from 1
   * @param types how many user-defined types it may name
   */
  private String nested(int depth, int types) {
    if (depth > DEEPEST) {
      return scalar();
    }
    return switch (random.nextInt(12)) {
      case 0 -> "frozen<list<%s>>".formatted(nested(depth + 1, types));
      case 1 -> "frozen<set<%s>>".formatted(nested(depth + 1, types));
      case 2 -> "frozen<map<%s, %s>>".formatted(scalar(), nested(depth + 1, types));
      case 3 ->
          "tuple<%s, %s>".formatted(nested(depth + 1, types), scalar()).transform(this::frozen);
      case 4 -> types == 0 ? scalar() : "frozen<t%d>".formatted(random.nextInt(types));
      case 5 ->
          vectors
              ? "vector<%s, %d>".formatted(nested(depth + 1, types), 1 + random.nextInt(4))
              : scalar();
      default -> scalar();
    };
  }

  private String frozen(String type) {
    return "frozen<%s>".formatted(type);
  }

  private String scalar() {
    return SCALARS.get(random.nextInt(SCALARS.size()));
  }
}
