package io.ringlake.sink.text;

import io.ringlake.config.OutputFormat;
import io.ringlake.config.TextConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Seq;
import scala.collection.immutable.Map;

/** CSV and JSON for Spark's file sink; written only. */
public final class TextFiles implements FileFormat, Serializable {

  private static final long serialVersionUID = 1;

  private final OutputFormat format;
  private final TextConfig config;
  private final Compression compression;
  private final String[] boundColumns;

  /**
   * @param format of text
   * @param compression one of the format's
   * @param boundColumns as {@link FileFigures} takes them
   */
  public TextFiles(
      OutputFormat format, TextConfig config, String compression, List<String> boundColumns) {
    this.format = format;
    this.config = config;
    this.compression = Compression.valueOf(compression.toUpperCase(Locale.ROOT));
    this.boundColumns = boundColumns.toArray(String[]::new);
  }

  @Override
  public Option<StructType> inferSchema(
      SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
    throw new UnsupportedOperationException("These files are written only");
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session, Job job, Map<String, String> options, StructType columns) {
    return new Writers();
  }

  private final class Writers extends OutputWriterFactory {

    private static final long serialVersionUID = 1;

    @Override
    public String getFileExtension(TaskAttemptContext task) {
      return "." + format.name().toLowerCase(Locale.ROOT) + compression.extension();
    }

    @Override
    public OutputWriter newInstance(String path, StructType columns, TaskAttemptContext task) {
      Path place = new Path(path);
      OutputStream file;
      try {
        file = place.getFileSystem(task.getConfiguration()).create(place, false);
      } catch (IOException e) {
        throw TextFile.failed(path, config.encoding(), e);
      }
      try {
        OutputStream compressed = compression.compress(file, task.getConfiguration());
        return new TextFile(
            path,
            file,
            records(encode(compressed), columns),
            config.encoding(),
            new FileFigures(columns, List.of(boundColumns)),
            task);
      } catch (IOException | RuntimeException e) {
        TextFile.closeAfter(e, file);
        throw TextFile.failed(path, config.encoding(), e);
      }
    }

    private Writer encode(OutputStream out) {
      // An encoder, not a character set: what that lacks would become a question mark.
      CharsetEncoder encoder = Charset.forName(config.encoding()).newEncoder();
      return new BufferedWriter(new OutputStreamWriter(out, encoder));
    }

    private Records records(Writer out, StructType columns) throws IOException {
      return format == OutputFormat.CSV
          ? new CsvRecords(out, columns, config)
          : new JsonRecords(out, columns, config);
    }
  }
}
