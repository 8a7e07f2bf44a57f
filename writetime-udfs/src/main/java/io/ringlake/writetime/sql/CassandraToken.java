package io.ringlake.writetime.sql;

import io.ringlake.writetime.cql.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/** What {@code cassandra_token} computes: the columns' bytes, the key of them, its token. */
final class CassandraToken {

  private CassandraToken() {}

  static Expression of(Call call) throws AnalysisException {
    call.requireCount(2, Integer.MAX_VALUE);
    List<Expression> columns = columns(call);
    return JavaCall.of(
        PartitionKey.class,
        "token",
        DataTypes.LongType,
        List.of(columns.size() == 1 ? columns.get(0) : composite(columns)));
  }

  /** The bytes of each column. */
  private static List<Expression> columns(Call call) throws AnalysisException {
    List<CqlType> types = CqlArguments.types(call);
    if (types.size() != call.count() - 1) {
      throw call.refused(
          "types names %d, found %d to make a token of".formatted(types.size(), call.count() - 1));
    }
    List<Expression> bytes = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      CqlType type = types.get(i);
      bytes.add(type.bytes(CqlArguments.value(call, type, i + 1, "column " + (i + 1))));
    }
    return bytes;
  }

  private static Expression composite(List<Expression> columns) {
    Expression key = Literal.create(new byte[0], DataTypes.BinaryType);
    for (Expression column : columns) {
      key = JavaCall.of(PartitionKey.class, "append", DataTypes.BinaryType, List.of(key, column));
    }
    return key;
  }
}
