package io.ringlake.writetime;

import io.ringlake.writetime.sql.SqlFunctions;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Makes Ringlake's SQL functions known to a Spark session: {@code
 * spark.sql.extensions=io.ringlake.writetime.WritetimeExtensions}. They are described in {@code
 * docs/functions.md}.
 */
public final class WritetimeExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SqlFunctions.register(extensions);
    return BoxedUnit.UNIT;
  }
}
