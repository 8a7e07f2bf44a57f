package io.ringlake.testing;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.GettableByIndex;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * One text for a value, whoever read it: Cassandra's driver, DuckDB or Spark. Times are
 * microseconds since the epoch, dates days since it, times of day nanoseconds, bytes hexadecimal
 * digits; {@code [a, b]} is a list or a set, {@code (a/b)} a struct, a tuple or a duration, and
 * {@code [(k/v)]} a map or a list of pairs, sorted.
 */
final class Spelling {

  private Spelling() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Instant time) {
      // Not by ChronoUnit, which reckons in nanoseconds on the way: these end in 2262.
      return Long.toString(
          Math.addExact(
              Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000));
    }
    if (value instanceof OffsetDateTime time) {
      return of(time.toInstant());
    }
    if (value instanceof LocalDate date) {
      return Long.toString(date.toEpochDay());
    }
    if (value instanceof LocalTime time) {
      return Long.toString(time.toNanoOfDay());
    }
    if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    if (value instanceof CqlDuration duration) {
      return struct(Stream.of(duration.getMonths(), duration.getDays(), duration.getNanoseconds()));
    }
    return isBytes(value) ? "0x" + HexFormat.of().formatHex(bytes(value)) : nested(value);
  }

  private static boolean isBytes(Object value) {
    return value instanceof byte[] || value instanceof ByteBuffer || value instanceof Blob;
  }

  private static byte[] bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(buffer.position(), bytes);
      return bytes;
    }
    if (value instanceof Blob blob) {
      try {
        return blob.getBytes(1, Math.toIntExact(blob.length()));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return (byte[]) value;
  }

  private static String nested(Object value) {
    if (value instanceof Collection<?> elements) {
      return list(elements.stream());
    }
    if (value instanceof CqlVector<?> vector) {
      return list(vector.stream());
    }
    if (value instanceof scala.collection.Seq<?> elements) {
      return list(JavaConverters.seqAsJavaList(elements).stream());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return map(JavaConverters.mapAsJavaMap(map));
    }
    if (value instanceof GettableByIndex parts) { // a tuple or a user-defined type
      return struct(
          IntStream.range(0, parts.size())
              .mapToObj(i -> parts.isNull(i) ? null : parts.getObject(i)));
    }
    if (value instanceof Row row) {
      return struct(IntStream.range(0, row.size()).mapToObj(row::get));
    }
    try {
      if (value instanceof Array elements) {
        return list(Arrays.stream((Object[]) elements.getArray()));
      }
      if (value instanceof Struct struct) {
        return struct(Arrays.stream(struct.getAttributes()));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return value.toString();
  }

  /** A list of pairs is spelled as a map is: one whose keys hold a map is exported as that. */
  private static String list(Stream<?> elements) {
    List<?> all = elements.toList();
    Stream<String> spelled = all.stream().map(Spelling::of);
    return (all.stream().allMatch(Spelling::isPair) ? spelled.sorted() : spelled)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static boolean isPair(@Nullable Object value) {
    try {
      return (value instanceof GettableByIndex parts && parts.size() == 2)
          || (value instanceof Row row && row.size() == 2)
          || (value instanceof Struct struct && struct.getAttributes().length == 2);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String struct(Stream<?> fields) {
    return fields.map(Spelling::of).collect(Collectors.joining("/", "(", ")"));
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> struct(Stream.of(entry.getKey(), entry.getValue())))
        .sorted()
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
