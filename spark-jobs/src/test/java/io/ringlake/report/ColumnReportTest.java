package io.ringlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringlake.projection.LeftOut;
import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.projection.SelectItem;
import io.ringlake.projection.WrittenTests;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellsOf;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ColumnReportTest {

  @Test
  void saysForEachColumnThatIsReadWhatIsDoneAndWhy() {
    Column id = new Column(new Identifier("id"), CqlType.Scalar.UUID, ColumnKind.PARTITION_KEY);
    Column status = new Column(new Identifier("Status"), CqlType.Scalar.TEXT, ColumnKind.REGULAR);
    Column unread = new Column(new Identifier("note"), CqlType.Scalar.TEXT, ColumnKind.REGULAR);
    Table table =
        new Table(
            TableName.of("shop", "orders"), new UUID(1, 2), List.of(id, status, unread), false, "");
    Projection projection =
        new Projection(
            table,
            CellLayout.COLUMNS,
            List.of(
                new SelectItem(id, SelectItem.Function.VALUE),
                new SelectItem(status, SelectItem.Function.VALUE),
                new SelectItem(status, SelectItem.Function.WRITETIME)),
            List.of(
                new OutputColumn("id", id, 0),
                new OutputColumn("Status", status, 1),
                new OutputColumn(
                    "Status_writetime",
                    status,
                    new OutputColumn.Aspect(CellAspect.WRITETIME, CellsOf.ONE),
                    2)),
            List.of(
                new LeftOut(
                    id.name(), CellAspect.WRITETIME, "part of the primary key", false, false)),
            WrittenTests.NONE);

    assertThat(ColumnReport.of(projection))
        .containsExactly(
            new ColumnReport(
                "id",
                "uuid",
                "partition_key",
                List.of(new ColumnReport.Output("value", "id")),
                List.of(new ColumnReport.LeftOut("writetime", "part of the primary key"))),
            new ColumnReport(
                "Status",
                "text",
                "regular",
                List.of(
                    new ColumnReport.Output("value", "Status"),
                    new ColumnReport.Output("writetime", "Status_writetime")),
                List.of()));
  }
}
