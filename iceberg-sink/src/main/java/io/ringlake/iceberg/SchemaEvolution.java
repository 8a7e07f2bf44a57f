package io.ringlake.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What has to become of a table's schema before rows can be written: columns are added, types
 * widened (int to long, float to double, decimals to more digits), columns allowed to be null.
 * Nothing is removed, narrowed or renamed; a column that rows do not have is null in them.
 *
 * @see <a href="https://iceberg.apache.org/spec/#schema-evolution">Schema evolution</a>
 */
final class SchemaEvolution {

  private final Table table;
  private final Schema wanted;

  SchemaEvolution(Table table, Schema wanted) {
    this.table = table;
    this.wanted = wanted;
  }

  /**
   * The changes in words, none if the table is as it should be.
   *
   * @throws TargetRefused if there is a column that rows cannot be written to
   */
  List<String> changes() {
    return changes(update().apply());
  }

  /** Makes them, and says which. */
  List<String> make() {
    UpdateSchema update = update();
    List<String> changes = changes(update.apply());
    if (!changes.isEmpty()) {
      update.commit();
    }
    return changes;
  }

  private UpdateSchema update() {
    for (NestedField column : table.schema().columns()) {
      if (column.isRequired() && wanted.findField(column.name()) == null) {
        throw refused(
            "column %s may not be null, and rows do not have it".formatted(column.name()), null);
      }
    }
    requireShape("", table.schema().asStruct(), wanted.asStruct());
    try {
      UpdateSchema update = table.updateSchema().unionByNameWith(withDocsOfTable());
      update.apply();
      return update;
    } catch (IllegalArgumentException | ValidationException e) {
      throw refused(Failures.firstLine(e), e);
    }
  }

  /** That rows go where the table has columns, whatever becomes of their numbers and texts. */
  private void requireShape(String path, Type ofTable, Type ofRows) {
    if (ofTable.isStructType() && ofRows.isStructType()) {
      requireFields(path, ofTable.asStructType(), ofRows.asStructType());
    } else if (ofTable.isListType() && ofRows.isListType()) {
      requireShape(
          path + ".element", ofTable.asListType().elementType(), ofRows.asListType().elementType());
    } else if (ofTable.isMapType() && ofRows.isMapType()) {
      requireShape(path + ".key", ofTable.asMapType().keyType(), ofRows.asMapType().keyType());
      requireShape(
          path + ".value", ofTable.asMapType().valueType(), ofRows.asMapType().valueType());
    } else if (ofTable.isNestedType() || ofRows.isNestedType()) {
      throw refused("its column %s is a %s, not a %s".formatted(path, ofTable, ofRows), null);
    }
  }

  private void requireFields(String path, StructType ofTable, StructType ofRows) {
    for (NestedField field : ofRows.fields()) {
      NestedField same = ofTable.field(field.name());
      String name = path.isEmpty() ? field.name() : path + "." + field.name();
      if (same != null) {
        requireShape(name, same.type(), field.type());
        continue;
      }
      NestedField alike = ofTable.caseInsensitiveField(field.name());
      if (alike != null) {
        throw refused(
            "its column %s differs from %s of the rows in case only".formatted(alike.name(), name),
            null);
      }
    }
    for (NestedField field : ofTable.fields()) {
      // A column of the table's own is null in the rows; Spark has no such thing inside of one.
      if (!path.isEmpty() && ofRows.field(field.name()) == null) {
        throw refused("rows do not have its field %s.%s".formatted(path, field.name()), null);
      }
    }
  }

  /** What is wanted, with the docs that columns have already: somebody may have written them. */
  private Schema withDocsOfTable() {
    return new Schema(
        wanted.columns().stream()
            .map(
                column -> {
                  NestedField same = table.schema().findField(column.name());
                  return same == null ? column : withDoc(column, same.doc());
                })
            .toList());
  }

  /** Not by the builder that Iceberg has for this since 1.7: some platforms have an older one. */
  private static NestedField withDoc(NestedField field, @Nullable String doc) {
    return field.isOptional()
        ? NestedField.optional(field.fieldId(), field.name(), field.type(), doc)
        : NestedField.required(field.fieldId(), field.name(), field.type(), doc);
  }

  private List<String> changes(Schema then) {
    Map<String, Integer> before = new TreeMap<>(TypeUtil.indexByName(table.schema().asStruct()));
    Map<String, Integer> after = new TreeMap<>(TypeUtil.indexByName(then.asStruct()));
    List<String> changes = new ArrayList<>();
    after.forEach(
        (name, id) -> {
          NestedField field = then.findField(id);
          if (!before.containsKey(name)) {
            changes.add("column %s %s is added".formatted(name, field.type()));
            return;
          }
          NestedField was = table.schema().findField(id);
          if (isOtherScalar(was.type(), field.type())) {
            changes.add("column %s is widened: %s to %s".formatted(name, was.type(), field.type()));
          }
          if (was.isRequired() && field.isOptional()) {
            changes.add("column %s may be null".formatted(name));
          }
        });
    return changes;
  }

  private static boolean isOtherScalar(Type was, Type is) {
    return is.isPrimitiveType() && !is.equals(was);
  }

  private TargetRefused refused(String why, @Nullable Exception cause) {
    return new TargetRefused(
        TargetRefused.Reason.SCHEMA,
        "Rows cannot be written to table %s: %s.".formatted(table.name(), why),
        "Write to another table, or change that one or the exported columns.",
        cause);
  }
}
