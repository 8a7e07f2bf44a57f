package io.ringlake.writetime.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataType;

/** Calls of static Java methods in the code that Spark generates: nothing is boxed or converted. */
final class JavaCall {

  private JavaCall() {}

  /**
   * The result of a method, null where an argument is null.
   *
   * @param type public
   * @param method public and static; it takes and gives Spark's internal form of values, and never
   *     gives null
   */
  static Expression of(Class<?> type, String method, DataType result, List<Expression> arguments) {
    return new StaticInvoke(
        type,
        result,
        method,
        Scala.seq(arguments),
        Scala.seq(List.of()),
        /* propagateNull= */ true,
        /* returnNullable= */ false,
        /* isDeterministic= */ true);
  }
}
