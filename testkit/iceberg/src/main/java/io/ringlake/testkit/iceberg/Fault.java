package io.ringlake.testkit.iceberg;

/** How a catalog fails a request. */
public enum Fault {
  /** It answers 503, and does nothing. */
  UNAVAILABLE,
  /** It answers 409 as if somebody else had committed, and does nothing. */
  CONFLICT,
  /** It answers 403, and does nothing. */
  FORBIDDEN,
  /** It cuts the connection, and does nothing. */
  CUT,
  /** It does what is asked for, and cuts the connection. */
  ANSWER_LOST,
  /** It does what is asked for, and answers 409 as if somebody else had been faster. */
  DONE_AND_REFUSED,
  /** It does what is asked for, and answers 504 like a gateway that has waited long enough. */
  TIMED_OUT
}
