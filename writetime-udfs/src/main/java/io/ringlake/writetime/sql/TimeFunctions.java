package io.ringlake.writetime.sql;

import io.ringlake.writetime.cql.Expiry;
import io.ringlake.writetime.cql.TimeUuid;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestamp;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** What the functions of write times, expiries and timeuuids compute. */
final class TimeFunctions {

  private TimeFunctions() {}

  static Expression writetimeTimestamp(Call call) throws AnalysisException {
    call.requireCount(1, 1);
    return new MicrosToTimestamp(call.argument(0, "writetime", DataTypes.LongType));
  }

  static Expression timestampWritetime(Call call) throws AnalysisException {
    call.requireCount(1, 1);
    return new UnixMicros(call.argument(0, "at", DataTypes.TimestampType));
  }

  static Expression expiresAt(Call call) throws AnalysisException {
    call.requireCount(2, 2);
    return JavaCall.of(
        Expiry.class,
        "micros",
        DataTypes.TimestampType,
        List.of(
            call.argument(0, "read_at", DataTypes.TimestampType),
            call.argument(1, "ttl", DataTypes.IntegerType)));
  }

  /** A cell is gone in the second in which it expires, so the bound is inclusive. */
  static Expression isExpired(Call call) throws AnalysisException {
    call.requireCount(1, 2);
    Expression expiresAt = call.argument(0, "expires_at", DataTypes.TimestampType);
    Expression at =
        call.count() == 1
            ? new CurrentTimestamp()
            : call.argument(1, "at", DataTypes.TimestampType);
    // As two conditions, which a scan can be given: Spark pushes no IF down.
    return new And(new IsNotNull(expiresAt), new LessThanOrEqual(expiresAt, at));
  }

  static Expression latestWritetime(Call call) throws AnalysisException {
    call.requireCount(1, Integer.MAX_VALUE);
    List<Expression> writetimes = new ArrayList<>();
    for (int i = 0; i < call.count(); i++) {
      if (call.arguments().get(i).dataType() instanceof StructType struct) {
        writetimes.addAll(fields(call, i, struct));
      } else {
        writetimes.add(call.argument(i, "writetime " + (i + 1), DataTypes.LongType));
      }
    }
    return writetimes.size() == 1 ? writetimes.get(0) : new Greatest(Scala.seq(writetimes));
  }

  /** The write times of a {@code _cells.writetime}. */
  private static List<Expression> fields(Call call, int index, StructType struct)
      throws AnalysisException {
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < struct.length(); i++) {
      if (!struct.fields()[i].dataType().equals(DataTypes.LongType)) {
        throw call.refused(
            "writetime %d is of type %s; expected bigint, or a struct of nothing but bigint"
                .formatted(index + 1, struct.catalogString()));
      }
      fields.add(new GetStructField(call.arguments().get(index), i, Option.empty()));
    }
    return fields;
  }

  static Expression timeuuidTimestamp(Call call) throws AnalysisException {
    call.requireCount(1, 1);
    return JavaCall.of(
        TimeUuid.class,
        "micros",
        DataTypes.TimestampType,
        List.of(call.argument(0, "timeuuid", DataTypes.StringType)));
  }
}
