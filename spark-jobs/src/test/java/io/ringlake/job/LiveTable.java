package io.ringlake.job;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringlake.schema.TableName;
import io.ringlake.testing.CqlRows;
import io.ringlake.testing.DuckLake;
import io.ringlake.testing.ExportCheck;
import io.ringlake.testkit.BulkWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in use: most of its rows never change, others come and go. Readings over {@value #MONTHS}
 * months, their cells written at two times, every third note with a TTL.
 */
final class LiveTable {

  /** How many months the readings are spread over. */
  static final int MONTHS = 4;

  private static final Instant FROM = Instant.parse("2024-11-01T00:00:00Z");
  private static final Duration TTL = Duration.ofDays(60);
  private static final int STIRRED_AT_ONCE = 50;

  /** JSON has it as text. */
  private static final String TIME = "CAST(taken_at AS TIMESTAMPTZ)";

  private static final String COLUMNS = "id, taken_at, celsius, note, %s";

  private final CqlSession session;
  private final TableName name;
  private final PreparedStatement take;
  private final PreparedStatement note;
  private final PreparedStatement delete;
  private final Instant filledAt = Instant.now();
  private int stirred;

  /**
   * Makes the table and fills it.
   *
   * @param keyspace is made anew
   * @param rows that never change
   */
  LiveTable(CqlSession session, String keyspace, int rows) {
    this.session = session;
    this.name = TableName.of(keyspace, "readings");
    session.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    session.execute(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE "
            + name
            + " (id int PRIMARY KEY, taken_at timestamp, celsius double, moving boolean, note text)");
    take =
        session.prepare(
            "INSERT INTO %s (id, taken_at, celsius, moving) VALUES (?, ?, ?, ?) USING TIMESTAMP ?"
                .formatted(name));
    note =
        session.prepare(
            "UPDATE %s USING TIMESTAMP ? AND TTL ? SET note = ? WHERE id = ?".formatted(name));
    delete = session.prepare("DELETE FROM %s WHERE id = ?".formatted(name));
    List<Statement<?>> statements = new ArrayList<>();
    for (int id = 1; id <= rows; id++) {
      statements.add(reading(id, false));
      int seconds = id % 3 == 0 ? Math.toIntExact(TTL.toSeconds()) : 0;
      statements.add(note.bind(2_000_000L + id, seconds, "note %d".formatted(id), id));
    }
    execute(statements);
    stir();
  }

  TableName name() {
    return name;
  }

  /**
   * Inserts some rows and deletes half of those that came the last time: all with keys that no
   * unchanging row has.
   */
  void stir() {
    List<Statement<?>> statements = new ArrayList<>();
    for (int i = 0; i < STIRRED_AT_ONCE; i++) {
      int id = -(1 + stirred * STIRRED_AT_ONCE + i);
      statements.add(reading(id, true));
      if (stirred > 0 && i % 2 == 0) {
        statements.add(delete.bind(id + STIRRED_AT_ONCE));
      }
    }
    stirred++;
    execute(statements);
  }

  /**
   * Checks that an export of {@code --writetime * --ttl note} by months has every row that never
   * changed once, with the write times and the TTL that it had when it was read, and no row twice.
   *
   * @param copies how many exports the output holds
   */
  void assertHeldBy(Path output, int copies) throws SQLException {
    try (DuckLake lake = new DuckLake(output)) {
      assertHeldBy(output.toString(), lake, copies);
      none(
          lake,
          "SELECT count(*) FROM lake WHERE year IS DISTINCT FROM strftime("
              + TIME
              + ", '%Y') OR month IS DISTINCT FROM strftime("
              + TIME
              + ", '%m')");
    }
  }

  /** As {@link #assertHeldBy(Path, int)}, of any lake, which has a name for messages. */
  void assertHeldBy(String lakeName, DuckLake lake, int copies) throws SQLException {
    List<String> once =
        CqlRows.sorted(
            session,
            "SELECT %s FROM %s WHERE moving = false ALLOW FILTERING"
                .formatted(
                    COLUMNS.formatted("writetime(celsius), writetime(moving), writetime(note)"),
                    name));
    List<String> expected = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      expected.addAll(once);
    }
    ExportCheck.holdsExactly(
        lakeName,
        lake,
        "SELECT %s FROM (SELECT * REPLACE (%s AS taken_at) FROM lake) WHERE NOT moving"
            .formatted(
                COLUMNS.formatted("celsius_writetime, moving_writetime, note_writetime"), TIME),
        expected);
    none(
        lake,
        "SELECT count(*) FROM (SELECT id FROM lake GROUP BY id HAVING count(*) > %d)"
            .formatted(copies));
    none(
        lake,
        "SELECT count(*) FROM lake WHERE NOT moving AND (note_ttl IS NOT NULL) <> (id % 3 = 0)");
    long elapsed = Duration.between(filledAt, Instant.now()).toSeconds() + 1;
    none(
        lake,
        "SELECT count(*) FROM lake WHERE note_ttl NOT BETWEEN %d AND %d"
            .formatted(TTL.toSeconds() - elapsed, TTL.toSeconds()));
  }

  private static void none(DuckLake lake, String query) throws SQLException {
    long found = lake.number(query);
    if (found != 0) {
      throw new AssertionError("%d rows: %s".formatted(found, query));
    }
  }

  private Statement<?> reading(int id, boolean moving) {
    Instant takenAt = FROM.plus(Duration.ofDays(31L * Math.floorMod(id, MONTHS))).plusMillis(id);
    return take.bind(id, takenAt, id / 7.0, moving, moving ? micros() : 1_000_000L + id);
  }

  /** Not later than what the driver gives a later deletion. */
  private static long micros() {
    return Instant.now().toEpochMilli() * 1000;
  }

  private void execute(List<Statement<?>> statements) {
    try (BulkWriter writer = new BulkWriter(session)) {
      statements.forEach(writer::write);
    }
  }
}
