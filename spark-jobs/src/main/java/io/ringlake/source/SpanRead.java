package io.ringlake.source;

import io.ringlake.cassandra.SessionSource;
import io.ringlake.schema.TableName;
import java.io.Serializable;

/**
 * How an executor reads a span: the same for all spans of a scan.
 *
 * @param scanId names the scan to the channel that counts
 * @param table its keyspace decides which nodes are replicas
 * @param cql the SELECT of one span, with two markers for its tokens: exclusive start, inclusive
 *     end
 * @param consistency name of a CQL consistency level
 * @param pageRows rows asked for with one request, at most
 */
record SpanRead(
    String scanId,
    SessionSource sessions,
    TableName table,
    String cql,
    String consistency,
    int pageRows,
    RowLayout layout,
    RowChecks checks,
    FieldTtls fieldTtls)
    implements Serializable {}
