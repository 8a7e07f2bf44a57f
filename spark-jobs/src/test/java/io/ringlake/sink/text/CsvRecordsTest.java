package io.ringlake.sink.text;

import static io.ringlake.sink.text.TextRows.DEFAULT;
import static io.ringlake.sink.text.TextRows.array;
import static io.ringlake.sink.text.TextRows.config;
import static io.ringlake.sink.text.TextRows.csv;
import static io.ringlake.sink.text.TextRows.map;
import static io.ringlake.sink.text.TextRows.row;
import static io.ringlake.sink.text.TextRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.writetime.CellAspect;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

  private static final StructType TWO =
      new StructType().add("a b", DataTypes.StringType).add("c,d", DataTypes.StringType);

  @Test
  void tellsNullFromEmptyTextAndQuotesWhatCouldBeTwoThings() throws IOException {
    assertThat(
            csv(
                DEFAULT,
                TWO,
                List.of(
                    row(null, text("")),
                    row(text("a,b"), text("say \"hi\"")),
                    row(text("two\nlines"), text("cr\r")),
                    row(text(" before"), text("after\t")),
                    row(text("in between"), text("für Oma")))))
        .isEqualTo(
            """
            a b,"c,d"
            ,""
            "a,b","say ""hi""\"
            "two
            lines","cr\r"
            " before","after\t"
            in between,für Oma
            """);
  }

  @Test
  void quotesATextThatIsSpelledAsNull() throws IOException {
    assertThat(
            csv(
                config(';', '\'', '\\', false, "NULL", false),
                TWO,
                List.of(row(null, text("NULL")), row(text("it's; \\"), text("")))))
        .isEqualTo("NULL;'NULL'\n'it\\'s; \\\\';''\n");
  }

  @Test
  void putsValuesWithPartsAsJson() throws IOException {
    StructType schema =
        new StructType()
            .add("l", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("m", DataTypes.createMapType(DataTypes.BinaryType, DataTypes.TimestampType));
    InternalRow values = row(array(1, null), map(new byte[] {0, -1}, 1_000_001L));

    assertThat(csv(DEFAULT, schema, List.of(values, row(null, null))))
        .isEqualTo(
            """
            l,m
            "[1,null]","{""AP8="":""1970-01-01T00:00:01.000001Z""}"
            ,
            """);
  }

  @Test
  void spellsWriteTimesAsTimes() throws IOException {
    StructType schema =
        new StructType()
            .add("n", DataTypes.LongType)
            .add(
                "w",
                DataTypes.LongType,
                true,
                new MetadataBuilder()
                    .putString(CellAspect.ASPECT_KEY, CellAspect.WRITETIME.fieldName())
                    .build());

    assertThat(csv(DEFAULT, schema, List.of(row(7L, 7L))))
        .isEqualTo("n,w\n7,1970-01-01T00:00:00.000007Z\n");
  }
}
