package io.ringlake.testkit.iceberg;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request is signed with a key, as AWS checks it.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
final class SignatureCheck {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration SKEW = Duration.ofMinutes(15);

  private final String accessKey;
  private final String secretKey;
  private final String region;
  private final String service;
  private final Clock clock;

  /**
   * @param region that the signature has to be for; so the service
   */
  SignatureCheck(String accessKey, String secretKey, String region, String service, Clock clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /** Why a request is refused, empty if its signature is right. */
  Optional<String> refusal(CatalogRequest request) {
    Matcher authorization = AUTHORIZATION.matcher(request.header("authorization"));
    if (!authorization.matches()) {
      return Optional.of("The request is not signed");
    }
    if (!authorization.group(1).equals(accessKey)) {
      return Optional.of("The access key is not known");
    }
    String scope = "%s/%s".formatted(authorization.group(3), authorization.group(4));
    if (!scope.equals("%s/%s".formatted(region, service))) {
      return Optional.of("The signature is for %s, not %s/%s".formatted(scope, region, service));
    }
    String date = request.header("x-amz-date");
    if (!date.startsWith(authorization.group(2)) || !isNow(date)) {
      return Optional.of("The signature is of another time");
    }
    List<String> signed = List.of(authorization.group(5).split(";", -1));
    if (!signed.contains("host") || !signed.contains("x-amz-date")) {
      return Optional.of("The signature leaves out the host or the date");
    }
    String hash = sha256(request.body());
    String told = request.header("x-amz-content-sha256");
    // Iceberg has it in base64 where there is a body; AWS takes both.
    if (!told.isEmpty() && !told.equals(hash) && !told.equals(base64(hash))) {
      return Optional.of("The body is not the one that was signed");
    }
    String signature = signature(request, authorization.group(2), date, signed, hash);
    return signature.equals(authorization.group(6))
        ? Optional.empty()
        : Optional.of("The signature does not match");
  }

  private boolean isNow(String date) {
    try {
      Instant at = DATE.parse(date, Instant::from);
      return Duration.between(at, clock.instant()).abs().compareTo(SKEW) < 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private String signature(
      CatalogRequest request, String day, String date, List<String> signed, String hash) {
    String headers =
        signed.stream()
            .map(name -> name + ":" + trimmed(request.header(name)) + "\n")
            .collect(Collectors.joining());
    String canonical =
        String.join(
            "\n",
            request.method(),
            encodedPath(request.path()),
            sortedQuery(request.query() == null ? "" : request.query()),
            headers,
            String.join(";", signed),
            hash);
    String scope = "%s/%s/%s/aws4_request".formatted(day, region, service);
    String toSign = String.join("\n", ALGORITHM, date, scope, sha256(canonical));
    byte[] key = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
    key = hmac(hmac(hmac(key, region), service), "aws4_request");
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String trimmed(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  /** All services but S3 encode what is encoded already. */
  private static String encodedPath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(SignatureCheck::encoded)
        .collect(Collectors.joining("/"));
  }

  private static String sortedQuery(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(parameter -> !parameter.isEmpty())
        .map(
            parameter -> {
              String[] parts = parameter.split("=", 2);
              return encoded(decoded(parts[0]))
                  + "="
                  + (parts.length == 1 ? "" : encoded(decoded(parts[1])));
            })
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
