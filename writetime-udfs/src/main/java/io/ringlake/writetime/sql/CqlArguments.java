package io.ringlake.writetime.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Arguments whose CQL type is told by the first argument of the call: Spark's does not tell it. */
final class CqlArguments {

  private CqlArguments() {}

  /**
   * The types that the first argument names, separated by commas.
   *
   * @throws AnalysisException if it is no literal text or names what is no type of {@link CqlType}
   */
  static List<CqlType> types(Call call) throws AnalysisException {
    List<CqlType> types = new ArrayList<>();
    for (String name : call.literal(0, "types").split(",", -1)) {
      types.add(type(call, name));
    }
    return types;
  }

  /**
   * The one type that the first argument names.
   *
   * @throws AnalysisException if it is no literal text or names what is no type of {@link CqlType}
   */
  static CqlType type(Call call) throws AnalysisException {
    return type(call, call.literal(0, "type"));
  }

  private static CqlType type(Call call, String name) throws AnalysisException {
    return CqlType.named(name)
        .orElseThrow(
            () ->
                call.refused(
                    "'%s' is not a CQL type that it knows. Use one of: %s"
                        .formatted(name.strip(), CqlType.names())));
  }

  /**
   * An argument as a value of its CQL type.
   *
   * @param parameter its name, for messages
   * @throws AnalysisException if the type that it has in Spark does not fit
   */
  static Expression value(Call call, CqlType type, int index, String parameter)
      throws AnalysisException {
    Expression given = call.arguments().get(index);
    return type.inSpark(given)
        .orElseThrow(
            () ->
                call.refused(
                    "%s is of type %s; expected %s for CQL's %s"
                        .formatted(
                            parameter,
                            given.dataType().catalogString(),
                            type.sparkTypes(),
                            type.cql())));
  }
}
