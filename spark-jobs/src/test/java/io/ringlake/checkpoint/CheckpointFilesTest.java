package io.ringlake.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {

  @TempDir private java.nio.file.Path folder;

  private final FolderRemoved disk = new FolderRemoved();
  private final CheckpointFiles files = new CheckpointFiles(disk);

  @BeforeEach
  void open() throws IOException {
    disk.initialize(URI.create("file:///"), new Configuration());
  }

  private Path file() {
    return new Path(folder.resolve("hold/claim.json").toUri());
  }

  @Test
  void writesAgainWhenAnotherDriverRemovedTheFolderJustNow() {
    disk.removals = 4;

    files.write(file(), "mine");

    assertThat(files.read(file())).contains("mine");
    assertThat(disk.removals).isZero();
  }

  @Test
  void givesUpWhenItFailsAllTheTime() {
    disk.removals = Integer.MAX_VALUE;

    assertThatThrownBy(() -> files.write(file(), "mine"))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_UNWRITABLE))
        .hasMessageContaining("/hold cannot be written: IOException: Mkdirs failed to create");
    assertThat(Integer.MAX_VALUE - disk.removals).isEqualTo(5);
  }

  /** As Hadoop's local disk where a folder goes between two of the calls that make it. */
  private static final class FolderRemoved extends RawLocalFileSystem {

    private int removals;

    @Override
    public FSDataOutputStream create(
        Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (removals > 0) {
        removals--;
        throw new IOException("Mkdirs failed to create " + path.getParent());
      }
      return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
