package io.ringlake.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What {@code spark-submit} runs in {@link SubmitScriptIT}: it shows what reached the JVM. */
public final class StandInMain {

  private StandInMain() {}

  /**
   * Prints what the script decided, then ends.
   *
   * @param arguments {@code exit N} ends with that code; {@code wait} waits for a signal
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("master=" + System.getProperty("spark.master"));
    System.out.println("memory=" + System.getProperty("spark.driver.memory"));
    System.out.println("logging=" + System.getenv("LOG4J_CONFIGURATION_FILE"));
    System.out.println("arguments=" + List.of(arguments));
    if (arguments[0].equals("exit")) {
      System.exit(Integer.parseInt(arguments[1]));
    }
    System.out.println("waiting");
    new CountDownLatch(1).await();
  }
}
