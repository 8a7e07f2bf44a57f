package io.ringlake.writetime.sql;

import java.util.List;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.immutable.Map$;

/**
 * A call of one of our functions, as Spark's analyser finds it in a query: what is wrong with it is
 * said here, before anything runs.
 *
 * @param usage how the function is called, for messages: {@code expires_at(read_at, ttl)}
 * @param arguments resolved, in the order given
 */
record Call(String usage, List<Expression> arguments) {

  Call {
    arguments = List.copyOf(arguments);
  }

  int count() {
    return arguments.size();
  }

  /**
   * Requires as many arguments.
   *
   * @throws AnalysisException otherwise
   */
  void requireCount(int leastInclusive, int mostInclusive) throws AnalysisException {
    if (count() < leastInclusive || count() > mostInclusive) {
      throw refused("found %d %s".formatted(count(), count() == 1 ? "argument" : "arguments"));
    }
  }

  /**
   * An argument of a type; of a narrower integer type or a null literal after a cast.
   *
   * @param parameter its name, for messages
   * @throws AnalysisException if it is of another type
   */
  Expression argument(int index, String parameter, DataType type) throws AnalysisException {
    Expression given = arguments.get(index);
    DataType found = given.dataType();
    if (found.equals(type)) {
      return given;
    }
    if (found.equals(DataTypes.NullType) || Integers.fits(found, type)) {
      return new Cast(given, type, Option.empty());
    }
    throw refused(
        "%s is of type %s; expected %s"
            .formatted(parameter, found.catalogString(), type.catalogString()));
  }

  /**
   * A text that is the same for all rows.
   *
   * @param parameter its name, for messages
   * @throws AnalysisException if it depends on the row, is null or no text
   */
  String literal(int index, String parameter) throws AnalysisException {
    Expression given = arguments.get(index);
    if (!given.foldable() || !given.dataType().equals(DataTypes.StringType)) {
      throw refused(
          "%s is %s; expected a literal text such as 'uuid'".formatted(parameter, given.sql()));
    }
    Object value = given.eval(null);
    if (value == null) {
      throw refused("%s is null".formatted(parameter));
    }
    return value.toString();
  }

  /** An error of the query: the usage, then why. The analyser adds the position. */
  AnalysisException refused(String why) {
    return new AnalysisException(
        usage + ": " + why,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Map$.MODULE$.empty(),
        new QueryContext[0]);
  }
}
