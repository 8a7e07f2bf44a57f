package io.ringlake.testkit.iceberg;

import java.util.Map;

/**
 * A table bucket that a {@link RestCatalogServer} stands for.
 *
 * @param arn its Amazon Resource Name
 * @param region in the ARN
 * @param accessKey whose requests are served
 */
public record TableBucket(String arn, String region, String accessKey, String secretKey) {

  /**
   * What its catalog has otherwise than on AWS.
   *
   * @param uri of the server
   */
  public Map<String, String> properties(String uri) {
    return Map.of("uri", uri, "rest.access-key-id", accessKey, "rest.secret-access-key", secretKey);
  }

  /** One for tests. */
  public static TableBucket example() {
    return new TableBucket(
        "arn:aws:s3tables:eu-central-1:111122223333:bucket/ringlake-tests",
        "eu-central-1",
        "ringlake",
        "a-key-for-tests-only");
  }
}
