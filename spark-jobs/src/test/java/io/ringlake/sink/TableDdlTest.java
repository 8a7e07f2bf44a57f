package io.ringlake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ringlake.config.WriteMode;
import io.ringlake.schema.TableName;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class TableDdlTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("It`s \"mine\"", DataTypes.createDecimalType(20, 3))
          .add("tags", DataTypes.createArrayType(DataTypes.StringType))
          .add("counts", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType))
          .add(
              "_cells",
              new StructType()
                  .add("writetime", new StructType().add("name", DataTypes.LongType))
                  .add("Expires At", new StructType().add("name", DataTypes.TimestampType)))
          .add("body", DataTypes.BinaryType)
          .add("year", DataTypes.StringType);

  @Test
  void namesAreQuotedForEachEngine() {
    assertThat(sql(List.of("year")))
        .isEqualTo(
            """
            -- Athena, Hive, Spark
            CREATE EXTERNAL TABLE IF NOT EXISTS `Orders` (
              `id` BIGINT,
              `It``s "mine"` DECIMAL(20,3),
              `tags` ARRAY<STRING>,
              `counts` MAP<STRING,INT>,
              `_cells` STRUCT<writetime:STRUCT<name:BIGINT>,`Expires At`:STRUCT<name:TIMESTAMP>>,
              `body` BINARY
            )
            PARTITIONED BY (
              `year` STRING
            )
            STORED AS PARQUET
            LOCATION 's3://lake/o\\'clock';
            -- after each export
            MSCK REPAIR TABLE `Orders`;

            -- Trino, in a schema of its Hive connector
            -- CREATE TABLE IF NOT EXISTS "Orders" (
            --   "id" BIGINT,
            --   "It`s ""mine""\" DECIMAL(20,3),
            --   "tags" ARRAY(VARCHAR),
            --   "counts" MAP(VARCHAR, INTEGER),
            --   "_cells" ROW("writetime" ROW("name" BIGINT), "Expires At" ROW("name" TIMESTAMP(6))),
            --   "body" VARBINARY,
            --   "year" VARCHAR
            -- ) WITH (
            --   external_location = 's3://lake/o''clock',
            --   format = 'PARQUET',
            --   partitioned_by = ARRAY['year']
            -- );
            -- CALL system.sync_partition_metadata('<schema>', 'orders', 'ADD');
            """);
  }

  @Test
  void sparkReadsTheStatements() {
    for (List<String> partitions : List.of(List.<String>of(), List.of("year"))) {
      String statements =
          sql(partitions)
              .lines()
              .filter(line -> !line.startsWith("--"))
              .collect(Collectors.joining("\n"));
      for (String statement : statements.split(";", -1)) {
        if (!statement.isBlank()) {
          assertThatCode(
                  () -> LocalSpark.newSession().sessionState().sqlParser().parsePlan(statement))
              .doesNotThrowAnyException();
        }
      }
    }
  }

  private static String sql(List<String> partitions) {
    FileTarget target =
        new FileTarget(
            TableName.of("shop", "Orders"),
            "",
            new Path("s3a://lake/o'clock"),
            WriteMode.ERROR,
            UUID.randomUUID(),
            Set.of(),
            new Path("/checkpoint"),
            SCHEMA,
            partitions,
            List.of(),
            List.of());
    return new TableDdl(target, target.output(), TableStorage.PARQUET).sql();
  }
}
