package io.ringlake.testkit;

/** How a cluster turns partition keys into tokens. */
public enum Partitioner {
  MURMUR3("Murmur3Partitioner"),
  RANDOM("RandomPartitioner"),
  BYTE_ORDERED("ByteOrderedPartitioner");

  private final String className;

  Partitioner(String className) {
    this.className = className;
  }

  String className() {
    return "org.apache.cassandra.dht." + className;
  }
}
