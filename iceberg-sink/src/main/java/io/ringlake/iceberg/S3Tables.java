package io.ringlake.iceberg;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table bucket of Amazon S3 Tables, as an Iceberg catalog of Spark's. It is reached by its own
 * REST endpoint, or by that of AWS Glue if requests are to be signed for Glue. Knows no class of
 * Iceberg's: a Spark is told of it before it is known to have one.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-integrating-open-source.html">
 *     S3 Tables Iceberg REST endpoint</a>
 */
public final class S3Tables {

  /** The name of the catalog. */
  public static final String CATALOG = "ringlake_s3tables";

  /** What a setting of the catalog begins with in Spark's configuration. */
  public static final String PREFIX = "spark.sql.catalog." + CATALOG + ".";

  static final String SIGNING_NAME = "rest.signing-name";
  private static final String SERVICE = "s3tables";
  private static final String ENDPOINT = "/iceberg";
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws|aws-cn|aws-us-gov):s3tables:([a-z0-9-]+):(\\d{12}):bucket/([a-z0-9-]{3,63})");

  private final String arn;
  private final String partition;
  private final String region;
  private final String account;
  private final String bucket;

  /**
   * @param arn of the table bucket: {@code arn:aws:s3tables:eu-central-1:111122223333:bucket/lake}
   * @throws IllegalArgumentException if it is none
   */
  public S3Tables(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new IllegalArgumentException(arn + " is not the ARN of a table bucket");
    }
    this.arn = arn;
    this.partition = parts.group(1);
    this.region = parts.group(2);
    this.account = parts.group(3);
    this.bucket = parts.group(4);
  }

  /**
   * The catalog's settings.
   *
   * @param given those that take the place of what is here
   * @throws IllegalArgumentException if they name another bucket
   */
  public Map<String, String> properties(Map<String, String> given) {
    String other = given.getOrDefault("warehouse", arn);
    if (!other.equals(arn) && !other.endsWith("s3tablescatalog/" + bucket)) {
      throw new IllegalArgumentException("%s is not table bucket %s".formatted(other, arn));
    }
    boolean isGlue = given.getOrDefault(SIGNING_NAME, SERVICE).equals("glue");
    Map<String, String> properties = new HashMap<>();
    properties.put("type", "rest");
    properties.put("uri", endpoint(isGlue ? "glue" : SERVICE) + ENDPOINT);
    properties.put("warehouse", isGlue ? "%s:s3tablescatalog/%s".formatted(account, bucket) : arn);
    properties.put("rest.sigv4-enabled", "true");
    properties.put(SIGNING_NAME, SERVICE);
    properties.put("rest.signing-region", region);
    properties.put("rest-metrics-reporting-enabled", "false");
    properties.put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    properties.put("client.region", region);
    // Nothing but the service may delete files of a table bucket.
    properties.put("s3.delete-enabled", "false");
    properties.putAll(given);
    return properties;
  }

  /**
   * The settings of a Spark that has the catalog.
   *
   * @param given settings of the catalog that Spark has, without {@link #PREFIX}
   */
  public Map<String, String> sparkProperties(Map<String, String> given) {
    Map<String, String> properties = new HashMap<>();
    properties.put("spark.sql.catalog." + CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    properties(given).forEach((key, value) -> properties.put(PREFIX + key, value));
    return properties;
  }

  /** Where the service itself is asked: beside the catalog, wherever that was moved to. */
  String serviceUri(Map<String, String> properties) {
    String uri = properties.getOrDefault("uri", "").replaceAll("/+$", "");
    return properties.getOrDefault(SIGNING_NAME, SERVICE).equals(SERVICE) && uri.endsWith(ENDPOINT)
        ? uri.substring(0, uri.length() - ENDPOINT.length())
        : endpoint(SERVICE);
  }

  String region() {
    return region;
  }

  private String endpoint(String service) {
    String domain = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return "https://%s.%s.%s".formatted(service, region, domain);
  }

  /** The bucket's ARN. */
  @Override
  public String toString() {
    return arn;
  }
}
