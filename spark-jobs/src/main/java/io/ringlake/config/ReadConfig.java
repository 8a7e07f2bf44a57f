package io.ringlake.config;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a table, and in which portions.
 *
 * @param columns the columns exported; {@link ColumnChoice.All} unless named; never None
 * @param filter a CQL relation that is put into every SELECT, null for none
 * @param consistency name of a CQL consistency level that is valid for reads, for example {@code
 *     LOCAL_ONE}
 * @param pageRows rows asked for with one request, 1 to 100,000
 * @param spanSize how much of the table one span should hold
 * @param spans number of spans, instead of cutting by size
 * @param batchSpans spans of one batch, instead of choosing by estimated time
 */
public record ReadConfig(
    ColumnChoice columns,
    @Nullable String filter,
    String consistency,
    int pageRows,
    DataSize spanSize,
    OptionalInt spans,
    OptionalInt batchSpans) {}
