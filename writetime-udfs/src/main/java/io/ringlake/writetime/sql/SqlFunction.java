package io.ringlake.writetime.sql;

import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import scala.Tuple3;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A function that SQL can call.
 *
 * @param usage its name and parameters: {@code expires_at(read_at, ttl)}
 * @param meaning what it gives, for {@code DESCRIBE FUNCTION}
 * @param builder makes the expression that computes it
 */
record SqlFunction(String usage, String meaning, Builder builder) {

  /** Makes the expression that computes a call. */
  interface Builder {
    /**
     * An expression that is resolved, or an aggregate.
     *
     * @throws AnalysisException if the arguments do not fit
     */
    Expression build(Call call) throws AnalysisException;
  }

  String name() {
    return usage.substring(0, usage.indexOf('('));
  }

  /** Makes it known to the sessions that are built with the extensions. */
  void register(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(new FunctionIdentifier(name()), info(), this::expression));
  }

  private ExpressionInfo info() {
    return new ExpressionInfo(
        SqlFunction.class.getName(),
        "",
        name(),
        usage + " - " + meaning,
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  private Expression expression(Seq<Expression> arguments) {
    List<Expression> given = JavaConverters.seqAsJavaList(arguments);
    Expression built;
    try {
      built = builder.build(new Call(usage, given));
    } catch (AnalysisException e) {
      throw undeclared(e);
    }
    return built instanceof AggregateFunction
        ? built
        : new NamedCall(name(), Scala.seq(given), built);
  }

  /** Spark throws this exception, which Java calls a checked one, where it declares none. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(AnalysisException e) throws E {
    throw (E) e;
  }
}
