package io.ringlake.layout;

import org.apache.spark.sql.Column;

/**
 * One level of folders.
 *
 * @param name what stands before the {@code =} of its folders, and the column's name in Spark
 * @param term what it was made from
 * @param value its text, or what a table partitions by, as an expression over the row that was
 *     read; null where the source is
 * @param number a whole number, as an expression over the value, that is near for near values and
 *     differs between as many as can be; null where the value is
 * @param bound the numbers are below this and not below 0; 0 if they have no bound
 */
record PartitionColumn(String name, Term term, Column value, Column number, int bound) {}
