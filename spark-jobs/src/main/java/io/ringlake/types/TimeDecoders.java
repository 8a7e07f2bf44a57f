package io.ringlake.types;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Dates, times and durations. */
final class TimeDecoders {

  private TimeDecoders() {}

  /** Days since the epoch; CQL's date counts from the middle of an unsigned int. */
  static final class Date extends CellDecoder {
    private static final long serialVersionUID = 1L;

    Date() {
      super(DataTypes.DateType);
    }

    @Override
    public int getInt(ByteBuffer bytes) {
      return bytes.getInt(bytes.position()) ^ Integer.MIN_VALUE;
    }
  }

  /** Milliseconds in CQL, microseconds in Spark: the outermost CQL timestamps do not fit. */
  static final class Timestamp extends CellDecoder {
    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1000;

    private final String column;

    Timestamp(String column) {
      super(DataTypes.TimestampType);
      this.column = column;
    }

    @Override
    public long getLong(ByteBuffer bytes) {
      long millis = bytes.getLong(bytes.position());
      long micros = millis * MICROS_PER_MILLI;
      if (micros / MICROS_PER_MILLI != millis) {
        throw new RunFailure(
            ErrorCode.VALUE_OUT_OF_RANGE,
            "A timestamp in column %s does not fit into microseconds since the epoch (years -290308 to 294247)."
                .formatted(column),
            "Leave the column out with --columns, or correct the row.");
      }
      return micros;
    }
  }

  /** Months, days and nanoseconds, each with its own sign: none can be turned into another. */
  static final class Duration extends CellDecoder {
    private static final long serialVersionUID = 1L;
    private static final StructType TYPE =
        new StructType()
            .add("months", DataTypes.IntegerType, false)
            .add("days", DataTypes.IntegerType, false)
            .add("nanoseconds", DataTypes.LongType, false);

    Duration() {
      super(TYPE);
    }

    @Override
    public InternalRow getStruct(ByteBuffer bytes) {
      CqlDuration duration = TypeCodecs.DURATION.decode(bytes.duplicate(), ProtocolVersion.DEFAULT);
      if (duration == null) {
        throw new IllegalStateException("A duration cell is empty");
      }
      return new GenericInternalRow(
          new Object[] {duration.getMonths(), duration.getDays(), duration.getNanoseconds()});
    }
  }
}
