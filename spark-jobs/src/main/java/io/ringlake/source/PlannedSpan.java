package io.ringlake.source;

import io.ringlake.ring.TokenSpan;
import java.io.Serializable;

/**
 * A span and its place in the plan.
 *
 * @param index from 0
 */
record PlannedSpan(int index, TokenSpan span) implements Serializable {}
