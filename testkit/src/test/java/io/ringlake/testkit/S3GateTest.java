package io.ringlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3GateTest {

  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<String> struck = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private S3Gate gate;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          served.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body));
          byte[] answer =
              exchange.getRequestHeaders().getFirst("Host").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    gate = new S3Gate(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    gate.close();
    server.stop(0);
  }

  private String put(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gate.endpoint().resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void handsRequestsOnAsTheyAre() throws Exception {
    String host = put("/bucket/a%20b?part=1", "x".repeat(100_000));

    assertThat(host).isEqualTo(gate.endpoint().getAuthority());
    assertThat(served).containsExactly("PUT /bucket/a b " + "x".repeat(100_000));
  }

  @Test
  void strikesOnceBeforeTheServerSeesTheRequest() throws Exception {
    gate.arm("PUT /bucket/a b$", 2, S3Gate.When.BEFORE, () -> struck.add("now"));
    put("/bucket/a%20b", "1");
    put("/bucket/other", "2");

    assertThatThrownBy(() -> put("/bucket/a%20b", "3")).isInstanceOf(IOException.class);

    assertThat(struck).containsExactly("now");
    put("/bucket/a%20b", "4");
    assertThat(served)
        .containsExactly("PUT /bucket/a b 1", "PUT /bucket/other 2", "PUT /bucket/a b 4");
  }

  @Test
  void strikesAfterTheServerHasAnswered() {
    gate.arm("PUT /bucket/a$", 1, S3Gate.When.AFTER, () -> struck.addAll(served));

    assertThatThrownBy(() -> put("/bucket/a", "1")).isInstanceOf(IOException.class);

    assertThat(struck).containsExactly("PUT /bucket/a 1");
  }
}
