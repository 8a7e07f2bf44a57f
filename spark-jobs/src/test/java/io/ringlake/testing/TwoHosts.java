package io.ringlake.testing;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A Spark of two workers that believe to be on two hosts, each with one executor of one core in a
 * JVM of its own. Spark's own {@code local-cluster} has one host, and speculation never runs a task
 * twice on one.
 */
public final class TwoHosts implements AutoCloseable {

  private static final int CORES = 1;
  private static final int MEGABYTES = 1024;

  private final RpcEnv master;
  private final RpcEnv one;
  private final RpcEnv other;

  /**
   * @param folder for the logs of the executors
   */
  public TwoHosts(Path folder) {
    SparkConf conf = new SparkConf(false).set("spark.master.rest.enabled", "false");
    master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf)._1();
    one = worker("127.0.0.1", 1, folder, conf);
    other = worker("localhost", 2, folder, conf);
  }

  private RpcEnv worker(String host, int number, Path folder, SparkConf conf) {
    return Worker.startRpcEnvAndEndpoint(
        host,
        0,
        0,
        CORES,
        MEGABYTES,
        new String[] {url()},
        folder.resolve("worker" + number).toString(),
        Option.apply(number),
        conf,
        Option.empty());
  }

  /** What {@code spark.master} is to be. */
  public String url() {
    return "spark://127.0.0.1:" + master.address().port();
  }

  @Override
  public void close() {
    for (RpcEnv part : new RpcEnv[] {one, other, master}) {
      part.shutdown();
      part.awaitTermination();
    }
  }
}
