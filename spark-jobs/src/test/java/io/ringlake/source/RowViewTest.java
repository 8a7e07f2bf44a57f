package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.projection.SelectItem;
import io.ringlake.projection.SelectItem.Function;
import io.ringlake.projection.WrittenTests;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellsOf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowViewTest {

  private static final Column ID =
      new Column(new Identifier("id"), Scalar.INT, ColumnKind.PARTITION_KEY);
  private static final Column SEQ =
      new Column(new Identifier("seq"), Scalar.BIGINT, ColumnKind.CLUSTERING);
  private static final Column NAME =
      new Column(new Identifier("name"), Scalar.TEXT, ColumnKind.REGULAR);
  private static final Column SHARED =
      new Column(new Identifier("shared"), Scalar.TEXT, ColumnKind.STATIC);

  private final @Nullable ByteBuffer[] cells = new ByteBuffer[5];
  private final Cells source =
      new Cells() {
        @Override
        public @Nullable ByteBuffer cell(int index) {
          return cells[index];
        }

        @Override
        public long arrivedMicros() {
          return 1_000_000;
        }
      };

  private static Projection projection(CellLayout layout) {
    Table table =
        new Table(TableName.of("ks", "t"), new UUID(0, 1), List.of(ID, SEQ, NAME), false, "");
    return new Projection(
        table,
        layout,
        List.of(
            new SelectItem(ID, Function.VALUE),
            new SelectItem(SEQ, Function.VALUE),
            new SelectItem(NAME, Function.VALUE),
            new SelectItem(NAME, Function.WRITETIME),
            new SelectItem(NAME, Function.TTL)),
        List.of(
            new OutputColumn("id", ID, 0),
            new OutputColumn("seq", SEQ, 1),
            new OutputColumn("name", NAME, 2),
            new OutputColumn(
                "name_writetime",
                NAME,
                new OutputColumn.Aspect(CellAspect.WRITETIME, CellsOf.ONE),
                3),
            new OutputColumn(
                "name_ttl", NAME, new OutputColumn.Aspect(CellAspect.TTL, CellsOf.ONE), 4),
            new OutputColumn(
                "name_expires_at",
                NAME,
                new OutputColumn.Aspect(CellAspect.EXPIRES_AT, CellsOf.ONE),
                4)),
        List.of(),
        WrittenTests.NONE);
  }

  private void row(int id, long seq, String name, long writetime, int ttl) {
    cells[0] = ByteBuffer.allocate(4).putInt(0, id);
    cells[1] = ByteBuffer.allocate(8).putLong(0, seq);
    cells[2] = ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
    cells[3] = ByteBuffer.allocate(8).putLong(0, writetime);
    cells[4] = ByteBuffer.allocate(4).putInt(0, ttl);
  }

  @Test
  void decodesTheRowAtHandAndReckonsTheExpiryFromTheArrivalOfThePage() {
    RowView view = new RowView(RowLayout.of(projection(CellLayout.COLUMNS)), source);

    row(7, 8, "a", 9, 60);

    assertThat(view.getInt(0)).isEqualTo(7);
    assertThat(view.getLong(1)).isEqualTo(8);
    assertThat(view.getUTF8String(2)).isEqualTo(UTF8String.fromString("a"));
    assertThat(view.getLong(3)).isEqualTo(9);
    assertThat(view.getInt(4)).isEqualTo(60);
    assertThat(view.getLong(5)).isEqualTo(61_000_000);
  }

  @Test
  void copiesWhatTheNextRowDoesNotChange() {
    RowView view = new RowView(RowLayout.of(projection(CellLayout.STRUCT)), source);
    row(1, 2, "first", 3, 4);

    InternalRow copy = view.copy();
    row(5, 6, "second", 7, 8);

    assertThat(copy.getInt(0)).isEqualTo(1);
    assertThat(copy.getUTF8String(2)).isEqualTo(UTF8String.fromString("first"));
    assertThat(copy.getStruct(3, 3).getStruct(0, 1).getLong(0)).isEqualTo(3);
    assertThat(view.getStruct(3, 3).getStruct(0, 1).getLong(0)).isEqualTo(7);
  }

  @Test
  void nestsWriteTimesInTheStructLayout() {
    assertThat(RowLayout.of(projection(CellLayout.STRUCT)).type().toDDL())
        .isEqualTo(
            "id INT NOT NULL,seq BIGINT,name STRING,_cells STRUCT<writetime: STRUCT<name:"
                + " BIGINT>, ttl: STRUCT<name: INT>, expires_at: STRUCT<name: TIMESTAMP>> NOT NULL");
  }

  @Test
  void takesAMissingCellForNull() {
    RowView view = new RowView(RowLayout.of(projection(CellLayout.COLUMNS)), source);
    row(1, 2, "x", 3, 4);
    cells[4] = null;

    assertThat(view.isNullAt(3)).isFalse();
    assertThat(view.isNullAt(4)).isTrue();
    assertThat(view.isNullAt(5)).isTrue();
    assertThat(view.copy().isNullAt(5)).isTrue();
  }

  @Test
  void letsKeyColumnsBeNullOnlyWhereTheyCanBeEmptyOrTheTableHasStaticColumns() {
    Column tenant = new Column(new Identifier("tenant"), Scalar.UUID, ColumnKind.PARTITION_KEY);
    Column word = new Column(new Identifier("word"), Scalar.TEXT, ColumnKind.CLUSTERING);

    assertThat(nullable(ID, word, NAME)).containsExactly(false, false, true);
    assertThat(nullable(ID, SEQ)).containsExactly(false, true);
    assertThat(nullable(ID, word, SHARED)).containsExactly(false, true, true);
    assertThat(nullable(ID, tenant, word)).containsExactly(true, true, false);
  }

  private static List<Boolean> nullable(Column... columns) {
    Table table = new Table(TableName.of("ks", "t"), new UUID(0, 1), List.of(columns), false, "");
    List<SelectItem> items = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    for (Column column : columns) {
      outputs.add(new OutputColumn(column.name().name(), column, items.size()));
      items.add(new SelectItem(column, Function.VALUE));
    }
    Projection projection =
        new Projection(table, CellLayout.COLUMNS, items, outputs, List.of(), WrittenTests.NONE);
    return Arrays.stream(RowLayout.of(projection).type().fields())
        .map(StructField::nullable)
        .toList();
  }

  @Test
  void marksTheColumnsThatCarryAnAspect() {
    var type = RowLayout.of(projection(CellLayout.COLUMNS)).type();

    assertThat(type.apply("name_ttl").metadata().json())
        .contains("\"ringlake.aspect\":\"ttl\"", "\"ringlake.column\":\"name\"");
    assertThat(type.apply("name").metadata().json()).isEqualTo("{\"ringlake.cql_type\":\"text\"}");
  }
}
