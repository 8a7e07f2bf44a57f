package io.ringlake.source;

import io.ringlake.ring.TokenSpan;
import java.io.IOException;
import java.util.List;

/**
 * A span could not be read although each of its pages was asked for again. Made on an executor and
 * seen by the driver, so it holds texts only: the driver's exceptions name nodes, which do not
 * cross.
 */
public final class SpanFailed extends IOException {

  private static final long serialVersionUID = 1L;

  private final int index;
  private final TokenSpan span;
  private final String problem;
  private final List<String> replicas;
  private final List<String> notUp;

  /**
   * @param index the span's place in the plan, from 0
   * @param problem what the cluster said
   * @param replicas who holds a part of the span, as {@code host:port}
   * @param notUp those of them that are known not to be up
   */
  public SpanFailed(
      int index, TokenSpan span, String problem, List<String> replicas, List<String> notUp) {
    super("Span %d %s could not be read: %s".formatted(index + 1, span, problem));
    this.index = index;
    this.span = span;
    this.problem = problem;
    this.replicas = List.copyOf(replicas);
    this.notUp = List.copyOf(notUp);
  }

  /** The span's place in the plan, from 0. */
  public int index() {
    return index;
  }

  /** What was to be read. */
  public TokenSpan span() {
    return span;
  }

  /** What the cluster said. */
  public String problem() {
    return problem;
  }

  /** Who holds a part of the span, as {@code host:port}. */
  public List<String> replicas() {
    return replicas;
  }

  /** Those of the replicas that are known not to be up: a node that hangs may be missing. */
  public List<String> notUp() {
    return notUp;
  }
}
