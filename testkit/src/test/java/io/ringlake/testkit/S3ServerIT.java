package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerIT {

  @Test
  void refusesWhatIsNotSigned(@TempDir Path folder) throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      Path bucket = server.bucket("lake");
      URI object = server.endpoint().resolve("/lake/object");
      HttpRequest unsigned =
          HttpRequest.newBuilder(object).PUT(HttpRequest.BodyPublishers.ofString("x")).build();

      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(unsigned, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
      assertThat(bucket.resolve("object")).doesNotExist();
      assertThat(Files.isDirectory(bucket)).isTrue();
    }
  }
}
