package io.ringlake.writetime.sql;

import java.time.LocalTime;

/** Values that CQL spells, as SQL spells them in the Spark type that Ringlake gives them. */
final class CqlLiteral {

  private CqlLiteral() {}

  /**
   * A SQL literal.
   *
   * @param cqlType its name
   * @param text the value as Cassandra spells it in CQL, without quotes
   */
  static String of(String cqlType, String text) {
    return switch (cqlType) {
      case "blob" -> "X'" + text + "'";
      case "boolean", "tinyint", "smallint", "int", "bigint", "float", "double" ->
          "CAST('%s' AS %s)".formatted(text, cqlType);
      case "date" -> "DATE'" + text + "'";
      case "time" -> LocalTime.parse(text).toNanoOfDay() + "L";
      case "timestamp" -> "TIMESTAMP'" + text + "'";
      default -> "'" + text + "'";
    };
  }
}
