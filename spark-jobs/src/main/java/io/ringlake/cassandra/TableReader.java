package io.ringlake.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.Describable;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.CustomType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.Identifier;
import io.ringlake.schema.Table;
import io.ringlake.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The driver's metadata of a table, in our vocabulary. */
final class TableReader {

  /** Stands for a table of a cluster that gives its tables no id (before Cassandra 2.1). */
  private static final UUID NO_ID = new UUID(0, 0);

  private TableReader() {}

  /**
   * Of the keyspace that the table is in, with its user-defined types; a type of CQL is of the
   * keyspace of its table always.
   */
  static Table table(TableName name, KeyspaceMetadata keyspace, RelationMetadata relation) {
    List<Column> columns = new ArrayList<>();
    relation.getPartitionKey().forEach(c -> columns.add(column(c, ColumnKind.PARTITION_KEY)));
    relation
        .getClusteringColumns()
        .keySet()
        .forEach(c -> columns.add(column(c, ColumnKind.CLUSTERING)));
    List<ColumnMetadata> key = relation.getPrimaryKey();
    for (ColumnMetadata column : relation.getColumns().values()) {
      if (!key.contains(column)) {
        columns.add(column(column, column.isStatic() ? ColumnKind.STATIC : ColumnKind.REGULAR));
      }
    }
    return new Table(
        name,
        relation.getId().orElse(NO_ID),
        columns,
        relation instanceof TableMetadata table && table.isCompactStorage(),
        ddl(keyspace, relation, columns));
  }

  /** The statements that make the table, the types that it needs first. */
  private static String ddl(
      KeyspaceMetadata keyspace, RelationMetadata relation, List<Column> columns) {
    Stream<Describable> types =
        columns.stream()
            .flatMap(column -> column.type().userTypes().stream())
            .map(type -> CqlIdentifier.fromInternal(type.name().name()))
            .distinct()
            .flatMap(name -> keyspace.getUserDefinedType(name).stream());
    return Stream.concat(types, Stream.of(relation))
        .map(element -> element.describe(true))
        .collect(Collectors.joining("\n\n"));
  }

  private static Column column(ColumnMetadata column, ColumnKind kind) {
    return new Column(new Identifier(column.getName().asInternal()), type(column.getType()), kind);
  }

  private static CqlType type(DataType type) {
    if (type instanceof ListType list) {
      return new CqlType.ListOf(type(list.getElementType()), list.isFrozen());
    }
    if (type instanceof SetType set) {
      return new CqlType.SetOf(type(set.getElementType()), set.isFrozen());
    }
    if (type instanceof MapType map) {
      return new CqlType.MapOf(type(map.getKeyType()), type(map.getValueType()), map.isFrozen());
    }
    if (type instanceof TupleType tuple) {
      return new CqlType.TupleOf(
          tuple.getComponentTypes().stream().map(TableReader::type).toList());
    }
    if (type instanceof UserDefinedType userDefined) {
      return userDefined(userDefined);
    }
    if (type instanceof VectorType vector) {
      return new CqlType.VectorOf(type(vector.getElementType()), vector.getDimensions());
    }
    if (type instanceof CustomType custom) {
      return new CqlType.Custom(custom.getClassName());
    }
    return scalar(type);
  }

  private static CqlType userDefined(UserDefinedType type) {
    List<CqlType.UserDefined.Field> fields = new ArrayList<>();
    for (int i = 0; i < type.getFieldNames().size(); i++) {
      fields.add(
          new CqlType.UserDefined.Field(
              new Identifier(type.getFieldNames().get(i).asInternal()),
              type(type.getFieldTypes().get(i))));
    }
    var keyspace = type.getKeyspace();
    return new CqlType.UserDefined(
        new Identifier(keyspace == null ? "?" : keyspace.asInternal()),
        new Identifier(type.getName().asInternal()),
        fields,
        type.isFrozen());
  }

  private static CqlType scalar(DataType type) {
    return switch (type.getProtocolCode()) {
      case ProtocolConstants.DataType.ASCII -> Scalar.ASCII;
      case ProtocolConstants.DataType.BIGINT -> Scalar.BIGINT;
      case ProtocolConstants.DataType.BLOB -> Scalar.BLOB;
      case ProtocolConstants.DataType.BOOLEAN -> Scalar.BOOLEAN;
      case ProtocolConstants.DataType.COUNTER -> Scalar.COUNTER;
      case ProtocolConstants.DataType.DATE -> Scalar.DATE;
      case ProtocolConstants.DataType.DECIMAL -> Scalar.DECIMAL;
      case ProtocolConstants.DataType.DOUBLE -> Scalar.DOUBLE;
      case ProtocolConstants.DataType.DURATION -> Scalar.DURATION;
      case ProtocolConstants.DataType.FLOAT -> Scalar.FLOAT;
      case ProtocolConstants.DataType.INET -> Scalar.INET;
      case ProtocolConstants.DataType.INT -> Scalar.INT;
      case ProtocolConstants.DataType.SMALLINT -> Scalar.SMALLINT;
      case ProtocolConstants.DataType.VARCHAR -> Scalar.TEXT;
      case ProtocolConstants.DataType.TIME -> Scalar.TIME;
      case ProtocolConstants.DataType.TIMESTAMP -> Scalar.TIMESTAMP;
      case ProtocolConstants.DataType.TIMEUUID -> Scalar.TIMEUUID;
      case ProtocolConstants.DataType.TINYINT -> Scalar.TINYINT;
      case ProtocolConstants.DataType.UUID -> Scalar.UUID;
      case ProtocolConstants.DataType.VARINT -> Scalar.VARINT;
      default -> new CqlType.Custom(type.asCql(true, true));
    };
  }
}
