package io.ringlake.types;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

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
  static final class Timestamp extends BoundedDecoder {
    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1000;

    Timestamp(ValueSite site) {
      super(DataTypes.TimestampType, site);
    }

    @Override
    boolean fits(ByteBuffer bytes) {
      long millis = bytes.getLong(bytes.position());
      return millis * MICROS_PER_MILLI / MICROS_PER_MILLI == millis;
    }

    @Override
    public long getLong(ByteBuffer bytes) {
      if (!fits(bytes)) {
        throw misfit(
            "A timestamp in column %s does not fit into microseconds since the epoch (years -290308 to 294247).");
      }
      return bytes.getLong(bytes.position()) * MICROS_PER_MILLI;
    }
  }

  /** A timestamp as ISO 8601 spells it, in UTC. */
  static final class TimestampText extends CellDecoder {
    private static final long serialVersionUID = 1L;

    TimestampText() {
      super(DataTypes.StringType);
    }

    @Override
    public UTF8String getText(ByteBuffer bytes) {
      return UTF8String.fromString(
          Instant.ofEpochMilli(bytes.getLong(bytes.position())).toString());
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
