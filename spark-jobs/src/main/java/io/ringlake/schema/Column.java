package io.ringlake.schema;

/** A column of a table. */
public record Column(Identifier name, CqlType type, ColumnKind kind) {}
