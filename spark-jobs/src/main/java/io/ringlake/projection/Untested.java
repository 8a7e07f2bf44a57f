package io.ringlake.projection;

import io.ringlake.schema.Identifier;

/**
 * A column whose write times rows are not tested by.
 *
 * @param reason why the cluster does not tell them, as a clause
 */
public record Untested(Identifier column, String reason) {}
