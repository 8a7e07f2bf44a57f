package io.ringlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.checkpoint.PassFigures;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingChoice;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.Sample;
import io.ringlake.runtime.CellHistogram;
import io.ringlake.schema.TableName;
import io.ringlake.sink.Written;
import io.ringlake.testing.FaultyFileSystem;
import io.ringlake.testing.FaultyFileSystem.Fault;
import io.ringlake.testing.FaultyFileSystem.Times;
import io.ringlake.testing.FaultyFileSystem.When;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

  private final java.nio.file.Path folder;

  ReportFileTest(@TempDir java.nio.file.Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void disarm() {
    FaultyFileSystem.arm(Fault.none());
  }

  @Test
  void writesEveryFieldInItsOrder() {
    assertThat(ReportFile.json(stopped()))
        .isEqualTo(
            """
            {
              "version" : 1,
              "ringlake" : "0.1.0",
              "spark" : "3.5.9",
              "job" : "export",
              "runId" : "nightly",
              "applicationId" : "local-1",
              "startedAt" : "2026-11-20T12:00:00Z",
              "endedAt" : "2026-11-20T12:02:03Z",
              "outcome" : "stopped",
              "exitCode" : 6,
              "error" : {
                "code" : "RL-STOPPED-001",
                "message" : "SIGTERM stopped the run after a batch."
              },
              "resumeCommand" : "ringlake export --table 'shop.*' --output /lake",
              "totals" : {
                "tables" : 2,
                "spans" : 272,
                "spansDone" : 208,
                "spansRead" : 64,
                "rowsRead" : 50000,
                "rows" : 1234567,
                "bytes" : 362387866,
                "files" : 12
              },
              "tables" : [
                {
                  "table" : "shop.orders",
                  "passId" : "00000000-0000-0001-0000-000000000002",
                  "target" : "/lake/shop/orders",
                  "outcome" : "stopped",
                  "error" : {
                    "code" : "RL-STOPPED-001",
                    "message" : "SIGTERM stopped the run after a batch."
                  },
                  "attempts" : 3,
                  "ring" : {
                    "share" : 1.0,
                    "intervals" : 1,
                    "tokenRange" : null,
                    "sample" : null,
                    "sampleSeed" : null
                  },
                  "spans" : 256,
                  "spansDone" : 192,
                  "read" : {
                    "spans" : 64,
                    "rows" : 50000,
                    "bytes" : 4000000,
                    "rowsFetched" : 55000,
                    "pageRetries" : 1
                  },
                  "found" : {
                    "rowsDropped" : 7,
                    "rowsWithoutWritetime" : 2,
                    "misfits" : {
                      "amount" : 3
                    },
                    "cells" : [
                      {
                        "name" : "amount_ttl",
                        "values" : 4,
                        "least" : -1,
                        "greatest" : 70,
                        "histogram" : [
                          {
                            "first" : -64,
                            "last" : -1,
                            "values" : 1
                          },
                          {
                            "first" : 64,
                            "last" : 127,
                            "values" : 3
                          }
                        ]
                      }
                    ],
                    "batchesUnknown" : 1
                  },
                  "written" : null,
                  "phases" : [
                    {
                      "name" : "connect",
                      "millis" : 812
                    },
                    {
                      "name" : "copy",
                      "millis" : 120000
                    }
                  ],
                  "columns" : [
                    {
                      "column" : "id",
                      "type" : "uuid",
                      "kind" : "partition_key",
                      "output" : [
                        {
                          "what" : "value",
                          "name" : "id"
                        }
                      ],
                      "leftOut" : [
                        {
                          "what" : "writetime",
                          "reason" : "part of the primary key"
                        }
                      ]
                    }
                  ],
                  "warnings" : [
                    "12 files are below a quarter of 128.0 MB"
                  ]
                },
                {
                  "table" : "shop.items",
                  "passId" : "00000000-0000-0001-0000-000000000003",
                  "target" : "/lake/shop/items",
                  "outcome" : "left alone",
                  "error" : null,
                  "attempts" : 1,
                  "ring" : {
                    "share" : 0.0625,
                    "intervals" : 256,
                    "tokenRange" : "0..2305843009213693952",
                    "sample" : 0.5,
                    "sampleSeed" : 7
                  },
                  "spans" : 16,
                  "spansDone" : 16,
                  "read" : {
                    "spans" : 0,
                    "rows" : 0,
                    "bytes" : 0,
                    "rowsFetched" : 0,
                    "pageRetries" : 0
                  },
                  "found" : {
                    "rowsDropped" : 0,
                    "rowsWithoutWritetime" : 0,
                    "misfits" : { },
                    "cells" : [ ],
                    "batchesUnknown" : 0
                  },
                  "written" : {
                    "rows" : 1234567,
                    "bytes" : 362387866,
                    "files" : 12
                  },
                  "phases" : [ ],
                  "columns" : [ ],
                  "warnings" : [ ]
                }
              ]
            }
            """);
  }

  @Test
  void sumsUpForPeople() {
    assertThat(stopped().summary())
        .isEqualTo(
            """
            export nightly: stopped in 2:03
              shop.orders stopped: 192 of 256 spans, 64 read now in attempt 3, 7 rows dropped by write time, to /lake/shop/orders
                warning: 12 files are below a quarter of 128.0 MB
              shop.items left alone: 1,234,567 rows in 12 files (345.6 MB), 16 of 16 spans, a sample of 6.25 % of the ring, 256 intervals of token range 0..2305843009213693952, seed 7, 0 read now, to /lake/shop/items""");
  }

  @Test
  void writesAFileAndNothingBesideIt() throws IOException {
    Path path = new Path(folder.resolve("_ringlake/report.json").toUri());

    ReportFile.write(new Configuration(), path, stopped());

    assertThat(folder.resolve("_ringlake")).isDirectoryContaining("glob:**/report.json");
    assertThat(folder.resolve("_ringlake").toFile().list()).containsExactly("report.json");
    assertThat(folder.resolve("_ringlake/report.json")).hasContent(ReportFile.json(stopped()));
  }

  @Test
  void takesThePlaceOfAnEarlierReport() throws IOException {
    Files.writeString(folder.resolve("report.json"), "earlier");

    ReportFile.write(new Configuration(), path("report.json"), stopped());

    assertThat(folder.resolve("report.json")).hasContent(ReportFile.json(stopped()));
    assertThat(folder.toFile().list()).containsExactly("report.json");
  }

  @Test
  void takesItAlsoWhereRenamesDoNotReplace() throws IOException {
    Files.writeString(folder.resolve("report.json"), "earlier");
    Configuration configuration = new Configuration();
    configuration.setClass(
        "fs.hdfslike.impl", RenamesLikeHdfs.class, org.apache.hadoop.fs.FileSystem.class);

    ReportFile.write(
        configuration, new Path("hdfslike://" + folder.resolve("report.json")), stopped());

    assertThat(folder.resolve("report.json")).hasContent(ReportFile.json(stopped()));
    assertThat(folder.toFile().list()).containsExactly("report.json");
  }

  @Test
  void leavesNothingOfAWriterThatDied() {
    Path path = new Path("faulty:" + folder.resolve("report.json"));
    FaultyFileSystem.arm(Fault.failAt("rename", "", Times.ALWAYS, When.BEFORE));
    assertThatThrownBy(() -> ReportFile.write(new Configuration(), path, stopped()))
        .isInstanceOf(RunFailure.class);
    FaultyFileSystem.arm(Fault.none());

    ReportFile.write(new Configuration(), path, stopped());

    assertThat(folder.toFile().list()).containsExactly("report.json");
  }

  @Test
  void saysWhyItCannotBeWritten() throws IOException {
    Files.createDirectory(folder.resolve("report.json"));

    assertThatThrownBy(() -> ReportFile.write(new Configuration(), path("report.json"), stopped()))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "RL-TARGET-001 The report %s cannot be written: there is a folder of that name.%n"
                    .formatted(path("report.json"))
                + "Look whether its folder can be written to, or name another path with --report.");
    assertThat(folder.toFile().list()).containsExactly("report.json");
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static RunReport stopped() {
    ErrorReport error = new ErrorReport("RL-STOPPED-001", "SIGTERM stopped the run after a batch.");
    TableReport orders =
        new TableReport(
            TableName.of("shop", "orders"),
            "00000000-0000-0001-0000-000000000002",
            "/lake/shop/orders",
            Outcome.STOPPED,
            error,
            3,
            TableReport.RingRead.of(RingChoice.WHOLE_RING),
            256,
            192,
            new TableReport.Read(64, 50_000, 4_000_000, 55_000, 1),
            new TableReport.Found(
                7,
                2,
                new TreeMap<>(Map.of("amount", 3L)),
                List.of(
                    new CellReport(
                        "amount_ttl",
                        4,
                        -1,
                        70,
                        List.of(
                            new CellHistogram.Bin(-64, -1, 1), new CellHistogram.Bin(64, 127, 3)))),
                1),
            null,
            List.of(
                TableReport.Phase.of("connect", Duration.ofMillis(812)),
                TableReport.Phase.of("copy", Duration.ofMinutes(2))),
            List.of(
                new ColumnReport(
                    "id",
                    "uuid",
                    "partition_key",
                    List.of(new ColumnReport.Output("value", "id")),
                    List.of(new ColumnReport.LeftOut("writetime", "part of the primary key")))),
            List.of("12 files are below a quarter of 128.0 MB"));
    TableReport items =
        new TableReport(
            TableName.of("shop", "items"),
            "00000000-0000-0001-0000-000000000003",
            "/lake/shop/items",
            Outcome.LEFT_ALONE,
            null,
            1,
            TableReport.RingRead.of(
                new RingChoice(
                    RingPart.parse("0..2305843009213693952"),
                    new Sample(new BigDecimal("0.5"), 7))),
            16,
            16,
            TableReport.Read.NOTHING,
            TableReport.Found.of(PassFigures.NONE),
            new Written(1_234_567, 362_387_866, 12),
            List.of(),
            List.of(),
            List.of());
    return new RunReport(
        RunReport.VERSION,
        "0.1.0",
        "3.5.9",
        "export",
        "nightly",
        "local-1",
        Instant.parse("2026-11-20T12:00:00Z"),
        Instant.parse("2026-11-20T12:02:03Z"),
        Outcome.STOPPED,
        6,
        error,
        "ringlake export --table 'shop.*' --output /lake",
        List.of(orders, items));
  }

  /** Local files under another scheme, whose rename refuses a name that is taken. */
  public static final class RenamesLikeHdfs extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("hdfslike:///");
    }

    @Override
    public String getScheme() {
      return "hdfslike";
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }
}
