package io.ringlake.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.ListOf;
import io.ringlake.schema.CqlType.MapOf;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.CqlType.SetOf;
import io.ringlake.schema.CqlType.TupleOf;
import io.ringlake.schema.CqlType.UserDefined;
import io.ringlake.schema.CqlType.VectorOf;
import io.ringlake.schema.Identifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md} says of each type what the code makes of it. */
class TypesPageTest {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (?<cql>[^|]+) \\| (?<spark>[^|]+) \\| (?<parquet>[^|]+) \\| (?<iceberg>[^|]+) \\| ?[^|]*\\|$");

  @Test
  void saysWhatTheCodeMakesOfEachType() throws IOException {
    Map<String, String> page = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/types.md"))) {
      var row = ROW.matcher(line);
      if (row.matches() && !row.group("cql").equals("CQL")) {
        for (String type : row.group("cql").split(", (?![^(]*\\))", -1)) {
          page.put(
              type,
              "%s; %s; %s"
                  .formatted(row.group("spark"), row.group("parquet"), row.group("iceberg")));
        }
      }
    }

    assertThat(page).isEqualTo(code());
  }

  private static Map<String, String> code() {
    Map<String, CqlType> types = new LinkedHashMap<>();
    Arrays.stream(Scalar.values()).forEach(type -> types.put(type.cql(), type));
    types.put("list<int>", new ListOf(Scalar.INT, false));
    types.put("set<int>", new SetOf(Scalar.INT, false));
    types.put("map<text,int>", new MapOf(Scalar.TEXT, Scalar.INT, false));
    types.put("tuple<int,text>", new TupleOf(List.of(Scalar.INT, Scalar.TEXT)));
    types.put(
        "user-defined type (a int, b text)",
        new UserDefined(
            new Identifier("ks"),
            new Identifier("pair"),
            List.of(
                new UserDefined.Field(new Identifier("a"), Scalar.INT),
                new UserDefined.Field(new Identifier("b"), Scalar.TEXT)),
            false));
    types.put("vector<float,3>", new VectorOf(Scalar.FLOAT, 3));
    Map<String, String> code = new TreeMap<>();
    types.forEach((name, type) -> code.put(name, described(type)));
    return code;
  }

  private static String described(CqlType type) {
    CellDecoder decoder =
        CqlTypes.decoder(new Column(new Identifier("c"), type, ColumnKind.REGULAR));
    SQLConf conf = new SQLConf();
    conf.setConfString("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    Type parquet =
        new SparkToParquetSchemaConverter(conf)
            .convert(new StructType().add("c", decoder.type()))
            .getType("c");
    String physical =
        parquet.isPrimitive()
            ? parquet.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT)
            : "group";
    var logical = parquet.getLogicalTypeAnnotation();
    org.apache.iceberg.types.Type iceberg = SparkSchemaUtil.convert(decoder.type());
    return "%s; %s%s; %s"
        .formatted(
            decoder.type().simpleString(),
            physical,
            logical == null ? "" : " (%s)".formatted(logical),
            iceberg.isPrimitiveType() ? iceberg : iceberg.typeId().name().toLowerCase(Locale.ROOT));
  }
}
