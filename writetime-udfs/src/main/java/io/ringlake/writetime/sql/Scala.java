package io.ringlake.writetime.sql;

import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Lists as Spark's expressions want them. */
final class Scala {

  private Scala() {}

  /** The same elements, in a sequence that cannot change. */
  static <T> Seq<T> seq(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements).toList();
  }
}
