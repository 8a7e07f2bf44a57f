package io.ringlake.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.ringlake.failure.Causes;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/** Where a run's report is kept. */
public final class ReportFile {

  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build()
          .writer(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private ReportFile() {}

  /** The report as JSON: UTF-8, two blanks of indentation, {@code \n}, always in the same order. */
  public static String json(RunReport report) {
    try {
      return JSON.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is not JSON", e);
    }
  }

  /**
   * Looks whether a report could be written to {@code path}, so that a run need not find out at its
   * end. Changes nothing.
   *
   * @throws RunFailure if it can be seen that it could not
   */
  public static void check(Configuration configuration, Path path) {
    try {
      FileSystem files = path.getFileSystem(configuration);
      refuseFolder(files, path);
      Path there = files.makeQualified(path).getParent();
      while (there.getParent() != null && !files.exists(there)) {
        there = there.getParent();
      }
      if (!files.getFileStatus(there).isDirectory()) {
        throw new IOException("%s is a file, not a folder".formatted(there.toUri().getPath()));
      }
      files.access(there, FsAction.WRITE);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Puts the report in the place of what was at {@code path}; folders above it are made. Whoever
   * reads {@code path} sees a whole report, the old or the new one. Where the file system does not
   * rename over a file (HDFS, object stores) there is none for a moment in between.
   *
   * @throws RunFailure if it cannot be written; then what was there is there still, or none is
   */
  public static void write(Configuration configuration, Path path, RunReport report) {
    byte[] json = json(report).getBytes(StandardCharsets.UTF_8);
    // Always the same, so that the next writer takes over what a dead one left.
    Path draft = new Path(path.getParent(), ".%s.unfinished".formatted(path.getName()));
    try {
      FileSystem files = withoutChecksums(path.getFileSystem(configuration));
      try {
        try (OutputStream out = files.create(draft, true)) {
          out.write(json);
        }
        replace(files, draft, path);
      } catch (IOException e) {
        removeQuietly(files, draft, e);
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static RunFailure unwritable(Path path, IOException e) {
    return new RunFailure(
        ErrorCode.TARGET_UNWRITABLE,
        "The report %s cannot be written: %s.".formatted(path, Causes.firstLine(e)),
        "Look whether its folder can be written to, or name another path with --report.",
        e);
  }

  /** A file that is renamed to a folder ends up inside it. */
  private static void refuseFolder(FileSystem files, Path path) throws IOException {
    if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
      throw new IOException("there is a folder of that name");
    }
  }

  private static void replace(FileSystem files, Path draft, Path path) throws IOException {
    refuseFolder(files, path);
    if (renamed(files, draft, path)) {
      return;
    }
    files.delete(path, false);
    if (!files.rename(draft, path)) {
      throw new IOException("%s cannot be renamed".formatted(draft));
    }
  }

  /** Whether the file took the place; file systems say in two ways that there is one already. */
  private static boolean renamed(FileSystem files, Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void removeQuietly(FileSystem files, Path draft, IOException failure) {
    try {
      files.delete(draft, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Local files without their {@code .crc}. */
  private static FileSystem withoutChecksums(FileSystem files) {
    return files instanceof ChecksumFileSystem local ? local.getRawFileSystem() : files;
  }
}
