package io.ringlake.config;

import io.ringlake.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table bucket, and what S3 Tables does to the tables of this run by itself.
 *
 * @param bucketArn of the table bucket
 * @param compactionTarget size of the files that it makes, 64 MB to 512 MB; null leaves it
 * @param minSnapshotsToKeep 1 and above; empty leaves it
 * @param maxSnapshotAge whole hours, 1 and above; null leaves it
 */
public record S3TablesConfig(
    String bucketArn,
    @Nullable DataSize compactionTarget,
    OptionalInt minSnapshotsToKeep,
    @Nullable Duration maxSnapshotAge) {

  private static final String EXAMPLE = "arn:aws:s3tables:eu-central-1:111122223333:bucket/lake";
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws|aws-cn|aws-us-gov):s3tables:[a-z0-9-]+:\\d{12}:bucket/[a-z0-9-]{3,63}");
  private static final Pattern OUTPUT = Pattern.compile("([^./]+)\\.([^./]+)");
  private static final long MEGABYTE = 1024L * 1024;

  /**
   * Checks the ARN.
   *
   * @throws IllegalArgumentException if it is not a table bucket's
   */
  public S3TablesConfig {
    if (!ARN.matcher(bucketArn).matches()) {
      throw new IllegalArgumentException(bucketArn + " is not the ARN of a table bucket");
    }
  }

  static @Nullable S3TablesConfig from(Settings settings, OutputFormat format) {
    DataSize compactionTarget = settings.optional("compaction-target", megabytes());
    Integer minSnapshots =
        settings.optional("min-snapshots-to-keep", ValueFormat.number(1, 999_999_999));
    Duration maxSnapshotAge = settings.optional("max-snapshot-age", wholeHours());
    if (format == OutputFormat.S3_TABLES) {
      return new S3TablesConfig(
          settings.required("bucket-arn", arn(), EXAMPLE),
          compactionTarget,
          number(minSnapshots),
          maxSnapshotAge);
    }
    settings.optional("bucket-arn", arn());
    for (String key :
        List.of("bucket-arn", "compaction-target", "min-snapshots-to-keep", "max-snapshot-age")) {
      settings.meaningless(
          key, "%s means nothing to other formats than s3-tables. Leave it out.".formatted(key));
    }
    return null;
  }

  private static ValueFormat<String> arn() {
    return ValueFormat.matching(
        ARN, "which is not the ARN of a table bucket, such as %s.".formatted(EXAMPLE));
  }

  private static ValueFormat<DataSize> megabytes() {
    return text -> {
      DataSize size = DataSize.parse(text);
      if (size.bytes() % MEGABYTE != 0
          || size.bytes() < 64 * MEGABYTE
          || size.bytes() > 512 * MEGABYTE) {
        throw new IllegalArgumentException("which is not a whole number of MB from 64MB to 512MB.");
      }
      return size;
    };
  }

  private static ValueFormat<Duration> wholeHours() {
    return text -> {
      Duration age = ValueFormat.duration().parse(text);
      if (age.compareTo(Duration.ofHours(1)) < 0 || !age.equals(Duration.ofHours(age.toHours()))) {
        throw new IllegalArgumentException("which is not a whole number of hours, such as 120h.");
      }
      return age;
    };
  }

  private static OptionalInt number(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Reads {@code namespace.table}, which may have variables. */
  static String output(String text) {
    String output = ValueFormat.text().parse(text);
    if (!OUTPUT.matcher(output).matches()) {
      throw new IllegalArgumentException(
          "which is not the name of a table in a table bucket. Use namespace.table, for example"
              + " shop.orders.");
    }
    return output;
  }

  /**
   * The name of a table's copy: in lower case, with an underscore for what S3 Tables does not take.
   *
   * @param output as {@link #output} gives it
   * @return namespace and table; empty texts where nothing is left of a name
   * @see <a href=
   *     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html">
   *     Naming rules</a>
   */
  static String nameOf(String output, TableName table) {
    Matcher parts = OUTPUT.matcher(output);
    if (!parts.matches()) {
      throw new IllegalStateException(output + " was not checked");
    }
    return "%s.%s".formatted(mapped(parts.group(1), table), mapped(parts.group(2), table));
  }

  private static String mapped(String part, TableName table) {
    return part.replace("{keyspace}", table.keyspace().name())
        .replace("{table}", table.table().name())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^0-9a-z_]", "_")
        .replaceAll("^_+|_+$", "");
  }
}
