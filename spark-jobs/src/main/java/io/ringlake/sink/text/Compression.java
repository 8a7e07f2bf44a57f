package io.ringlake.sink.text;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DeflateCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.Lz4Codec;
import org.apache.hadoop.util.ReflectionUtils;

/** How a file of text is compressed. */
enum Compression {
  GZIP(".gz"),
  ZSTD(".zst"),
  BZIP2(".bz2"),
  LZ4(".lz4"),
  DEFLATE(".deflate"),
  UNCOMPRESSED("");

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** What it adds to the name of a file. */
  String extension() {
    return extension;
  }

  /** Makes a file, which must not be there. What is written to it is compressed. */
  OutputStream create(String path, Configuration conf) throws IOException {
    Path file = new Path(path);
    OutputStream raw = file.getFileSystem(conf).create(file, false);
    return switch (this) {
      case GZIP -> compress(raw, GzipCodec.class, conf);
      case BZIP2 -> compress(raw, BZip2Codec.class, conf);
      case LZ4 -> compress(raw, Lz4Codec.class, conf);
      case DEFLATE -> compress(raw, DeflateCodec.class, conf);
      // By the library that Spark ships: Hadoop's codec needs native code.
      case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(raw));
      case UNCOMPRESSED -> raw;
    };
  }

  private static OutputStream compress(
      OutputStream raw, Class<? extends CompressionCodec> codec, Configuration conf)
      throws IOException {
    return ReflectionUtils.newInstance(codec, conf).createOutputStream(raw);
  }
}
