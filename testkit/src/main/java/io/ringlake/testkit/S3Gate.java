package io.ringlake.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server of HTTP/1.1 and strikes at a chosen request. Bytes are handed on as they
 * are, so that signatures stay right, but for {@code Connection: close}: each connection has one
 * request.
 */
public final class S3Gate implements AutoCloseable {

  private static final int MAX_HEAD = 64 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** When it strikes. */
  public enum When {
    /** The server does not see the request. */
    BEFORE,
    /** The server has answered, and the client does not see that. */
    AFTER
  }

  /**
   * @param request found in its method and path, decoded: {@code PUT /bucket/folder/file}
   * @param nth which of those requests, from 1
   */
  private record Trap(Pattern request, int nth, When when, Runnable strike) {}

  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private @Nullable Trap trap;
  private int met;

  /**
   * Opens it on a port of its own.
   *
   * @param server whose requests it hands on
   */
  public S3Gate(URI server) {
    this.server = server;
    try {
      socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a gate before " + server, e);
    }
    threads.execute(this::accept);
  }

  /** Where requests go instead of to the server. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /**
   * Strikes once, at a request to come; takes the place of what was set before. The request's
   * connection is cut.
   *
   * @param request a regular expression, found in method and path: {@code PUT .+/file$}
   * @param nth which of the requests that have it, from 1
   * @param strike run in a thread of the gate; the client hears nothing until it is done
   */
  public synchronized void arm(String request, int nth, When when, Runnable strike) {
    trap = new Trap(Pattern.compile(request), nth, when, strike);
    met = 0;
  }

  private synchronized @Nullable Trap trapFor(String request) {
    Trap set = trap;
    if (set == null || !set.request().matcher(request).find() || ++met < set.nth()) {
      return null;
    }
    trap = null;
    return set;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      Trap sprung = trapFor(request(head));
      if (sprung != null && sprung.when() == When.BEFORE) {
        sprung.strike().run();
        return;
      }
      if (sprung == null) {
        handOn(head, client, client.getOutputStream());
        return;
      }
      handOn(head, client, OutputStream.nullOutputStream());
      sprung.strike().run();
    } catch (IOException e) {
      // The client or the server has gone away: the other one sees that the connection ends.
    }
  }

  private void handOn(String head, Socket client, OutputStream answer) throws IOException {
    try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = upstream.getOutputStream();
      out.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      threads.execute(() -> body(client, upstream));
      upstream.getInputStream().transferTo(answer);
      answer.flush();
    }
  }

  /** Until either side ends its connection. */
  private static void body(Socket client, Socket upstream) {
    try {
      client.getInputStream().transferTo(upstream.getOutputStream());
    } catch (IOException e) {
      // the other direction has ended
    }
  }

  private static String closing(String head) {
    String others = head.replaceAll("(?im)^connection:.*\r\n", "");
    return others.substring(0, others.length() - 2) + "Connection: close" + END_OF_HEAD;
  }

  /** Method and path, without the query. */
  private static String request(String head) {
    String[] words = head.substring(0, head.indexOf('\r')).split(" ", -1);
    String path = words[1].replaceFirst("\\?.*", "");
    return words[0] + " " + URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** To the empty line after the headers; empty if the client has sent nothing. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0D0A0D0A) {
      int next = in.read();
      if (next < 0 && bytes.size() == 0) {
        return "";
      }
      if (next < 0 || bytes.size() == MAX_HEAD) {
        throw new IOException("A request that has no end of its headers");
      }
      bytes.write(next);
      last = (last << 8) | next;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
