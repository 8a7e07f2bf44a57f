package io.ringlake.sink.text;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
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

  /** A stream that compresses into another one, and closes it. */
  OutputStream compress(OutputStream raw, Configuration conf) throws IOException {
    return switch (this) {
      case GZIP -> by(GzipCodec.class, raw, conf);
      case BZIP2 -> by(BZip2Codec.class, raw, conf);
      case LZ4 -> by(Lz4Codec.class, raw, conf);
      case DEFLATE -> by(DeflateCodec.class, raw, conf);
      // By the library that Spark ships: Hadoop's codec needs native code.
      case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(raw));
      case UNCOMPRESSED -> raw;
    };
  }

  private static OutputStream by(
      Class<? extends CompressionCodec> codec, OutputStream raw, Configuration conf)
      throws IOException {
    return ReflectionUtils.newInstance(codec, conf).createOutputStream(raw);
  }
}
