package io.ringlake.config;

/**
 * An amount of data; units are powers of 1024, as Spark reads them.
 *
 * @param bytes above 0
 */
public record DataSize(long bytes) {

  public DataSize {
    if (bytes <= 0) {
      throw new IllegalArgumentException("A data size of %d bytes is not above 0".formatted(bytes));
    }
  }
}
