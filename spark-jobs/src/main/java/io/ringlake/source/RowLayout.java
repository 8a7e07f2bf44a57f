package io.ringlake.source;

import io.ringlake.projection.OutputColumn;
import io.ringlake.projection.Projection;
import io.ringlake.schema.Column;
import io.ringlake.schema.Table;
import io.ringlake.types.CellDecoder;
import io.ringlake.types.CqlTypes;
import io.ringlake.writetime.CellAspect;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellsOf;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The shape of the rows that a projection hands out, and how each leaf is decoded. Crosses to
 * executors.
 *
 * @param type the rows' type in Spark; columns that carry an aspect or a text are marked in their
 *     metadata ({@link CellAspect#ASPECT_KEY}, {@link CellAspect#COLUMN_KEY}), the others with
 *     their type in CQL ({@link #CQL_TYPE_KEY})
 */
record RowLayout(StructType type, List<Field> fields) implements Serializable {

  /** The key in a Spark column's metadata whose value is the column's type in CQL. */
  static final String CQL_TYPE_KEY = "ringlake.cql_type";

  /** One field: a leaf, or a struct of fields. */
  sealed interface Field extends Serializable {}

  /** A value that is decoded from one item of the SELECT; null if that is -1. */
  record Leaf(int selectIndex, CellDecoder decoder, boolean isExpiry) implements Field {}

  /** A struct that is always there, of fields of the same row. */
  record Group(List<Field> fields) implements Field {}

  static RowLayout of(Projection projection) {
    StructType type = new StructType();
    List<Field> fields = new ArrayList<>();
    for (OutputColumn column : projection.columns()) {
      if (column.aspect() == null || projection.cellLayout() == CellLayout.COLUMNS) {
        type = type.add(field(column, column.name(), projection));
        fields.add(leaf(column));
      }
    }
    if (projection.cellLayout() == CellLayout.STRUCT) {
      StructType aspects = new StructType();
      List<Field> groups = new ArrayList<>();
      for (CellAspect aspect : CellAspect.values()) {
        List<OutputColumn> columns =
            projection.columns().stream().filter(column -> column.aspect() == aspect).toList();
        if (!columns.isEmpty()) {
          StructType group = new StructType();
          for (OutputColumn column : columns) {
            group = group.add(field(column, column.column().name().name(), projection));
          }
          aspects = aspects.add(aspect.fieldName(), group, false);
          groups.add(new Group(columns.stream().<Field>map(RowLayout::leaf).toList()));
        }
      }
      if (!groups.isEmpty()) {
        type = type.add(CellAspect.STRUCT_COLUMN, aspects, false);
        fields.add(new Group(groups));
      }
    }
    return new RowLayout(type, fields);
  }

  private static StructField field(OutputColumn output, String name, Projection projection) {
    Column column = output.column();
    CellDecoder decoder = decoder(output);
    CellAspect aspect = output.aspect();
    return new StructField(
        name,
        aspect == null ? decoder.type() : type(aspect, output.cells()),
        !output.isValue() || isNullable(column, decoder, projection.table()),
        metadata(output));
  }

  /**
   * Some tables have rows without clustering columns. All parts of a key may be empty, but for a
   * partition key of one column; and what is empty is null to most types, as what does not fit may
   * be.
   */
  private static boolean isNullable(Column column, CellDecoder decoder, Table table) {
    if (decoder.mayMisfit()) {
      return true;
    }
    boolean emptyIsNull = decoder.isNull(ByteBuffer.allocate(0));
    return switch (column.kind()) {
      case PARTITION_KEY -> emptyIsNull && table.partitionKey().size() > 1;
      case CLUSTERING -> emptyIsNull || table.mayLackClustering();
      case STATIC, REGULAR -> true;
    };
  }

  private static Metadata metadata(OutputColumn output) {
    MetadataBuilder metadata = new MetadataBuilder();
    Column column = output.column();
    if (output.isValue()) {
      return metadata.putString(CQL_TYPE_KEY, column.type().cql()).build();
    }
    return metadata
        .putString(CellAspect.ASPECT_KEY, output.content().word())
        .putString(CellAspect.COLUMN_KEY, column.name().name())
        .build();
  }

  private static DataType type(CellAspect aspect, CellsOf cells) {
    return cells.isArray() ? DataTypes.createArrayType(aspect.type(), true) : aspect.type();
  }

  private static Leaf leaf(OutputColumn output) {
    return new Leaf(
        output.selectIndex(), decoder(output), output.aspect() == CellAspect.EXPIRES_AT);
  }

  /** The decoder of what a column shows. */
  static CellDecoder decoder(OutputColumn output) {
    if (output.content() instanceof OutputColumn.Aspect shown) {
      return decoder(shown.aspect(), shown.cells());
    }
    if (output.content() instanceof OutputColumn.MisfitText text) {
      return CqlTypes.misfitText(output.column(), text.form());
    }
    return CqlTypes.decoder(output.column(), ((OutputColumn.Value) output.content()).form());
  }

  private static CellDecoder decoder(CellAspect aspect, CellsOf cells) {
    return switch (cells) {
      case ONE -> CqlTypes.decoder(aspect);
      case EACH -> CqlTypes.eachOf(aspect);
      case GREATEST ->
          aspect == CellAspect.WRITETIME // MAXWRITETIME is one figure
              ? CqlTypes.decoder(aspect)
              : CqlTypes.extremeOf(aspect, true);
      case LEAST -> CqlTypes.extremeOf(aspect, false);
    };
  }
}
