package io.ringlake.layout;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.projection.Projection;
import io.ringlake.projection.ProjectionPlanner;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.ServerVersion;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Orders of two years, of which one month has 80 % of the rows. */
final class Orders {

  static final int MONTHS = 24;

  static final Table TABLE =
      new Table(
          TableName.of("shop", "orders"),
          new UUID(0, 1),
          List.of(
              column("id", Scalar.UUID, ColumnKind.PARTITION_KEY),
              column("ts", Scalar.TIMESTAMP, ColumnKind.CLUSTERING),
              column("customer", Scalar.TEXT, ColumnKind.REGULAR),
              column("region", Scalar.TEXT, ColumnKind.REGULAR),
              column("note", Scalar.TEXT, ColumnKind.REGULAR),
              column("quantity", Scalar.INT, ColumnKind.REGULAR),
              column("total", Scalar.DECIMAL, ColumnKind.REGULAR),
              column("weight", Scalar.DOUBLE, ColumnKind.REGULAR),
              column("paid", Scalar.BOOLEAN, ColumnKind.REGULAR)),
          false,
          "");

  /** All values, and the write time and TTL of the note. */
  static final Projection PROJECTION =
      new ProjectionPlanner(
              new ColumnChoice.All(),
              ValueConfig.DEFAULT,
              new CellConfig(
                  new ColumnChoice.Named(List.of(new Identifier("note"))),
                  new ColumnChoice.Named(List.of(new Identifier("note"))),
                  false,
                  CollectionWritetime.LIST,
                  CellLayout.COLUMNS,
                  CellSuffixes.DEFAULT,
                  false),
              new ServerVersion(5, 0, 0))
          .plan(TABLE, WrittenRange.ALL);

  private Orders() {}

  static String folder(int month) {
    return "year=%d/month=%02d".formatted(2025 + month / 12, 1 + month % 12);
  }

  /**
   * @param hotMonth 0 to 23, from January 2025
   * @param tasks what the scan reads side by side
   */
  static Dataset<Row> rows(SparkSession spark, long rows, int hotMonth, int tasks) {
    return spark
        .range(0, rows, 1, tasks)
        .selectExpr(
            "id AS n",
            "md5(string(id)) AS h",
            "xxhash64(id) AS x",
            "if(pmod(hash(id), 10) < 8, %d, int(pmod(xxhash64(id), 24))) AS m".formatted(hotMonth))
        .selectExpr(
            "concat_ws('-', substr(h,1,8), substr(h,9,4), substr(h,13,4), substr(h,17,4), substr(h,21)) AS id",
            "timestamp_micros(unix_date(add_months(date'2025-01-01', m)) * 86400000000L + pmod(x, 28 * 86400000L) * 1000) AS ts",
            "concat('customer-', pmod(x, 50000)) AS customer",
            "element_at(array('emea', 'apac', 'amer', 'latam'), int(pmod(n, 4)) + 1) AS region",
            "concat('deliver to door ', pmod(x, 977), ', ', substr(h, 3, 12), ' after ', pmod(n, 24), ':00') AS note",
            "int(pmod(x, 20)) AS quantity",
            "string(decimal(pmod(x, 1000000) / 100)) AS total",
            "double(pmod(x, 100003)) / 7 AS weight",
            "pmod(n, 3) = 0 AS paid",
            "1735689600000000 + pmod(x, 63072000000000) AS note_writetime",
            "if(pmod(n, 5) = 0, int(pmod(x, 864000)), null) AS note_ttl");
  }

  private static Column column(String name, CqlType type, ColumnKind kind) {
    return new Column(new Identifier(name), type, kind);
  }
}
