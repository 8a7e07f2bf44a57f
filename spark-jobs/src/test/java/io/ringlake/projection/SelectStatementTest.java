package io.ringlake.projection;

import static io.ringlake.projection.Tables.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.config.CellConfig;
import io.ringlake.config.CollectionWritetime;
import io.ringlake.config.ColumnChoice;
import io.ringlake.config.ValueConfig;
import io.ringlake.config.WrittenRange;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Column;
import io.ringlake.schema.ColumnKind;
import io.ringlake.schema.CqlType.Scalar;
import io.ringlake.schema.ServerVersion;
import io.ringlake.writetime.CellLayout;
import io.ringlake.writetime.CellSuffixes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectStatementTest {

  private static final Projection ORDERS =
      new ProjectionPlanner(
              new ColumnChoice.All(),
              ValueConfig.DEFAULT,
              new CellConfig(
                  new ColumnChoice.All(),
                  new ColumnChoice.All(),
                  false,
                  CollectionWritetime.LIST,
                  CellLayout.COLUMNS,
                  CellSuffixes.DEFAULT,
                  false),
              new ServerVersion(5, 0, 0))
          .plan(Tables.ORDERS, WrittenRange.ALL);

  @Test
  void asksForValuesThenWriteTimesThenTtlsOfASpan() {
    assertThat(select(null, false))
        .isEqualTo(
            "SELECT \"id\", \"Region\", \"ts\", \"country\", \"name\", \"total\","
                + " WRITETIME(\"country\"), WRITETIME(\"name\"), WRITETIME(\"total\"),"
                + " TTL(\"country\"), TTL(\"name\"), TTL(\"total\") FROM \"shop\".\"orders\""
                + " WHERE token(\"id\", \"Region\") > ? AND token(\"id\", \"Region\") <= ?");
  }

  @Test
  void addsTheFilterAndAllowsFilteringIfTold() {
    assertThat(select(" total > 10 AND name = 'x' ", false))
        .endsWith(" <= ? AND total > 10 AND name = 'x'");
    assertThat(select("total > 10", true)).endsWith(" <= ? AND total > 10 ALLOW FILTERING");
  }

  @Test
  void addsRelationsAfterTheFilter() {
    Column ts = column("ts", Scalar.TIMESTAMP, ColumnKind.CLUSTERING);
    SelectStatement select =
        new SelectStatement(ORDERS, "total > 10")
            .with(new Relation(ts, Relation.Comparison.AT_LEAST, List.of(0L)))
            .with(new Relation(ts, Relation.Comparison.LESS, List.of(9L)));

    assertThat(select.cql()).endsWith(" <= ? AND total > 10 AND \"ts\" >= 0 AND \"ts\" < 9");
    assertThat(select.allowingFiltering().withProjection(ORDERS.prune(Set.of("name"))).cql())
        .startsWith("SELECT \"name\" FROM ")
        .endsWith(" AND \"ts\" < 9 ALLOW FILTERING");
  }

  @Test
  void namesPartitionsWhereEachColumnOfTheKeyIsRestricted() {
    List<Column> key = Tables.ORDERS.partitionKey();
    SelectStatement part =
        new SelectStatement(ORDERS, null)
            .with(new Relation(key.get(0), Relation.Comparison.EQUAL, List.of(new UUID(0, 1))));

    assertThat(part.namesPartitions()).isFalse();
    assertThat(
            part.with(new Relation(key.get(1), Relation.Comparison.IN, List.of("eu", "us")))
                .namesPartitions())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name = 'a; LIMIT 5 -- it''s ?'",
        "\"Limit 1;\" = 3",
        "name = $$it's; LIMIT$$",
        "group = 3 AND limits = 4 AND orderx = 5 AND allow_me = 1",
        "total > -5",
        "tags CONTAINS 'x' AND ts < '2026-01-01'"
      })
  void takesRelationsAsTheyAre(String filter) {
    assertThat(select(filter, false)).endsWith(" AND " + filter);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | it is empty",
        "a = 1; DROP TABLE t | it holds ; outside of a text",
        "a = 1 -- all | it holds -- outside of a text",
        "a = 1 // all | it holds // outside of a text",
        "a = 1 /* all | it holds /* outside of a text",
        "a = ? | it holds ? outside of a text",
        "a = 'it's' | it holds ' outside of a text",
        "a = 1 limit 5 | it holds the clause LIMIT",
        "a = 1 LIMIT(5) | it holds the clause LIMIT",
        "a = 1 PER PARTITION LIMIT 1 | it holds the clause PER PARTITION",
        "a = 1 Order By ts | it holds the clause ORDER BY",
        "a = 1 GROUP BY id | it holds the clause GROUP BY",
        "a = 1 ALLOW FILTERING | it holds the clause ALLOW FILTERING"
      })
  void refusesAFilterThatHoldsMoreThanRelations(String filter, String why) {
    assertThatThrownBy(() -> select(filter, false))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            """
            RL-USAGE-007 --filter is not a list of CQL relations: %s.
            Give what stands between WHERE and the next clause: region = 'eu' AND total > 10."""
                .formatted(why));
  }

  private static String select(@Nullable String filter, boolean allowFiltering) {
    SelectStatement select = new SelectStatement(ORDERS, filter);
    return (allowFiltering ? select.allowingFiltering() : select).cql();
  }
}
