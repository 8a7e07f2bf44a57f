package io.ringlake.sink.text;

import static io.ringlake.sink.text.TextRows.row;
import static io.ringlake.sink.text.TextRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FileFiguresTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("name", DataTypes.StringType)
          .add("day", DataTypes.DateType)
          .add("at", DataTypes.TimestampType)
          .add(
              "_cells",
              new StructType().add("writetime", new StructType().add("a.b", DataTypes.LongType)));

  @Test
  void findsTheBoundsOfColumnsAndOfFieldsInStructs() throws IOException {
    FileFigures figures =
        new FileFigures(
            SCHEMA, List.of("id", "name", "day", "at", "_cells.writetime.a.b", "not there"));

    figures.add(row(3L, text("x"), 1, 1_000_000L, row(row(9L))));
    figures.add(row(-3L, text("y"), null, 0L, row(row((Object) null))));
    figures.add(row(null, null, null, null, null));

    assertThat(told(figures))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"rows": 3, "bounds": {
                      "id": {"least": "-3", "greatest": "3"},
                      "day": {"least": "1970-01-02", "greatest": "1970-01-02"},
                      "at": {"least": "1970-01-01T00:00:00Z", "greatest": "1970-01-01T00:00:01Z"},
                      "_cells.writetime.a.b": {"least": "9", "greatest": "9"}}}
                    """));
  }

  @Test
  void tellsNoBoundsWhereThereAreNoValues() throws IOException {
    FileFigures figures = new FileFigures(SCHEMA, List.of("id"));

    assertThat(told(figures).toString()).contains("\"rows\":0").contains("\"bounds\":{}");
    assertThat(FileFigures.toldOf(new Configuration(false), "/x/part-0.csv")).isEmpty();
  }

  private static JsonNode told(FileFigures figures) throws IOException {
    Configuration task = new Configuration(false);
    figures.tell(task, "/lake/part-0.csv");
    return new ObjectMapper()
        .readTree(FileFigures.toldOf(task, "file:/elsewhere/part-0.csv").orElseThrow());
  }
}
