package io.ringlake.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Runs an S3 server for a script, with one bucket. It needs no class path but the testkit's own
 * classes.
 *
 * <pre>{@code
 * java -cp testkit/target/classes io.ringlake.testkit.S3Main FOLDER BUCKET
 * }</pre>
 *
 * <p>Once it is up it prints three lines on standard output: {@code endpoint=http://127.0.0.1:…},
 * {@code access-key=…} and {@code secret-key=…}. It runs until its standard input ends, and the
 * server ends with it. Exit code 2: the arguments are wrong.
 */
public final class S3Main {

  private S3Main() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("Usage: S3Main FOLDER BUCKET");
      System.exit(2);
      return;
    }
    try (S3Server server = S3Server.start(Path.of(arguments[0]).toAbsolutePath())) {
      server.bucket(arguments[1]);
      System.out.println("endpoint=" + server.endpoint());
      System.out.println("access-key=" + S3Server.ACCESS_KEY);
      System.out.println("secret-key=" + S3Server.SECRET_KEY);
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
