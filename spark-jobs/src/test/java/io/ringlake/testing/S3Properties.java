package io.ringlake.testing;

import io.ringlake.testkit.S3Server;
import io.ringlake.testkit.iceberg.TableBucket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** What clients need to reach an S3 server of the testkit. */
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

  /**
   * Of the catalog of a table bucket, beside what it has on AWS.
   *
   * @param catalog its REST endpoint
   * @param endpoint of the S3 server that has its files
   */
  public static Map<String, String> ofTableBucket(
      String catalog, URI endpoint, TableBucket bucket) {
    Map<String, String> properties = new HashMap<>(ofIceberg(endpoint));
    properties.put("uri", catalog);
    properties.put("rest.access-key-id", bucket.accessKey());
    properties.put("rest.secret-access-key", bucket.secretKey());
    return properties;
  }

  /** Of an Iceberg catalog. */
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
