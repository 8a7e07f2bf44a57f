package io.ringlake.checkpoint;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, which halts all threads that use it before one step, as if their process
 * were stopped there.
 */
final class PausingFileSystem extends RawLocalFileSystem {

  private final int pauseAt;
  private final AtomicInteger steps = new AtomicInteger();
  private final CountDownLatch paused = new CountDownLatch(1);
  private final CountDownLatch woken = new CountDownLatch(1);

  PausingFileSystem(int pauseAt) throws IOException {
    this.pauseAt = pauseAt;
    initialize(URI.create("pausing:///"), new Configuration());
  }

  static PausingFileSystem neverPausing() throws IOException {
    return new PausingFileSystem(Integer.MAX_VALUE);
  }

  CheckpointFiles asCheckpointFiles() {
    return new CheckpointFiles(this);
  }

  /** Comes back with true once the step is reached, with false if the thread ends before. */
  boolean awaitPauseOrEndOf(Thread thread) throws InterruptedException {
    while (!paused.await(10, TimeUnit.MILLISECONDS)) {
      if (!thread.isAlive()) {
        return false;
      }
    }
    return true;
  }

  void wake() {
    woken.countDown();
  }

  private void step() throws IOException {
    if (steps.getAndIncrement() >= pauseAt) {
      paused.countDown();
      try {
        woken.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public URI getUri() {
    return URI.create("pausing:///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    step();
    return super.open(file, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    step();
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    step();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    step();
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    step();
    return super.listStatus(path);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    step();
    return super.exists(path);
  }
}
