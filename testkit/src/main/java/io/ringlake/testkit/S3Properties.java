package io.ringlake.testkit;

import java.net.URI;
import java.util.Map;

/** What clients need to reach an {@link S3Server}, or a {@link S3Gate} before it. */
public final class S3Properties {

  private S3Properties() {}

  /** Of Spark, for paths of {@code s3a:}. */
  public static Map<String, String> ofSpark(URI endpoint) {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint",
        endpoint.toString(),
        "spark.hadoop.fs.s3a.path.style.access",
        "true",
        "spark.hadoop.fs.s3a.access.key",
        S3Server.ACCESS_KEY,
        "spark.hadoop.fs.s3a.secret.key",
        S3Server.SECRET_KEY);
  }

  /** Of an Iceberg catalog, whose tables then are on S3 by Iceberg's own client. */
  public static Map<String, String> ofIceberg(URI endpoint) {
    return Map.of(
        "io-impl",
        "org.apache.iceberg.aws.s3.S3FileIO",
        "s3.endpoint",
        endpoint.toString(),
        "s3.path-style-access",
        "true",
        "s3.access-key-id",
        S3Server.ACCESS_KEY,
        "s3.secret-access-key",
        S3Server.SECRET_KEY,
        "client.region",
        "us-east-1");
  }
}
