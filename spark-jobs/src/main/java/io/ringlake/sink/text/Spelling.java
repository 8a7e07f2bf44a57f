package io.ringlake.sink.text;

import io.ringlake.config.TextConfig;
import io.ringlake.config.TextConfig.BlobText;
import io.ringlake.writetime.CellAspect;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** How values without parts are spelled, whatever they stand in. */
final class Spelling {

  private final boolean writetimesAreNumbers;
  private final boolean timestampsAreExact;
  private final DateTimeFormatter timestamps;
  private final DateTimeFormatter writetimes;
  private final BlobText blobs;

  Spelling(TextConfig config) {
    this.writetimesAreNumbers = config.writetimeFormat().equals(TextConfig.MICROS);
    this.timestampsAreExact = config.timestampFormat().equals(TextConfig.ISO);
    this.timestamps = config.formatter(config.timestampFormat());
    this.writetimes =
        config.formatter(writetimesAreNumbers ? TextConfig.ISO : config.writetimeFormat());
    this.blobs = config.blobAs();
  }

  /** Spells one value that is not null. */
  @FunctionalInterface
  interface Text {
    String of(SpecializedGetters from, int ordinal);
  }

  /** Whether a column holds write times that are to be spelled as times. */
  boolean isWritetimeText(Metadata metadata) {
    return !writetimesAreNumbers
        && metadata.contains(CellAspect.ASPECT_KEY)
        && metadata.getString(CellAspect.ASPECT_KEY).equals(CellAspect.WRITETIME.fieldName());
  }

  /** Whether the keys of a map are as many texts. A pattern may make one of several timestamps. */
  boolean isKey(DataType type) {
    boolean hasParts =
        type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    return !hasParts && (timestampsAreExact || !(type instanceof TimestampType));
  }

  /** Microseconds since the epoch as a time. */
  Text writetime() {
    return (from, i) -> time(writetimes, from.getLong(i));
  }

  /**
   * @param type without parts
   * @throws IllegalStateException if it is none that rows can have
   */
  Text of(DataType type) {
    if (type instanceof StringType) {
      return (from, i) -> from.getUTF8String(i).toString();
    }
    if (type instanceof BinaryType) {
      return (from, i) -> bytes(from.getBinary(i));
    }
    if (type instanceof BooleanType) {
      return (from, i) -> Boolean.toString(from.getBoolean(i));
    }
    if (type instanceof ByteType) {
      return (from, i) -> Byte.toString(from.getByte(i));
    }
    if (type instanceof ShortType) {
      return (from, i) -> Short.toString(from.getShort(i));
    }
    if (type instanceof IntegerType) {
      return (from, i) -> Integer.toString(from.getInt(i));
    }
    if (type instanceof LongType) {
      return (from, i) -> Long.toString(from.getLong(i));
    }
    if (type instanceof FloatType) {
      return (from, i) -> Float.toString(from.getFloat(i));
    }
    if (type instanceof DoubleType) {
      return (from, i) -> Double.toString(from.getDouble(i));
    }
    if (type instanceof DecimalType decimal) {
      return (from, i) ->
          from.getDecimal(i, decimal.precision(), decimal.scale())
              .toJavaBigDecimal()
              .toPlainString();
    }
    if (type instanceof DateType) {
      return (from, i) -> LocalDate.ofEpochDay(from.getInt(i)).toString();
    }
    if (type instanceof TimestampType) {
      return (from, i) -> time(timestamps, from.getLong(i));
    }
    throw new IllegalStateException("No text is known for %s".formatted(type.sql()));
  }

  private String bytes(byte[] bytes) {
    return switch (blobs) {
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case HEX -> HexFormat.of().formatHex(bytes);
    };
  }

  private static String time(DateTimeFormatter formatter, long micros) {
    return formatter.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}
