package io.ringlake.writetime.sql;

import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;

/** All functions: {@code docs/functions.md} shows them. */
public final class SqlFunctions {

  static final List<SqlFunction> ALL =
      List.of(
          new SqlFunction(
              "writetime_timestamp(writetime)",
              "The timestamp of a write time in microseconds since the epoch.",
              TimeFunctions::writetimeTimestamp),
          new SqlFunction(
              "timestamp_writetime(at)",
              "The write time, in microseconds since the epoch, of a timestamp.",
              TimeFunctions::timestampWritetime),
          new SqlFunction(
              "expires_at(read_at, ttl)",
              "When a cell expires that had ttl seconds left when it was read.",
              TimeFunctions::expiresAt),
          new SqlFunction(
              "is_expired(expires_at[, at])",
              "Whether a cell is gone at a time, by default now; one without expiry never is.",
              TimeFunctions::isExpired),
          new SqlFunction(
              "latest_writetime(writetime, ...)",
              "The greatest of several write times, or of the fields of structs; nulls are skipped.",
              TimeFunctions::latestWritetime),
          new SqlFunction(
              "last_write(type, value, writetime[, expires_at])",
              "The value that was written last; ties are decided as Cassandra does.",
              LastWrite::of),
          new SqlFunction(
              "timeuuid_timestamp(timeuuid)",
              "The time in a uuid of version 1.",
              TimeFunctions::timeuuidTimestamp),
          new SqlFunction(
              "cassandra_token(types, column, ...)",
              "The Murmur3 token of a partition key, whose CQL types are named in its order.",
              CassandraToken::of));

  private SqlFunctions() {}

  /** Makes them known to the sessions that are built with the extensions. */
  public static void register(SparkSessionExtensions extensions) {
    ALL.forEach(function -> function.register(extensions));
  }
}
