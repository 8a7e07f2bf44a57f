package io.ringlake.runtime;

/**
 * How far a scan has come, at one moment. Nothing here goes beyond the spans of the scan's plan.
 *
 * @param spans of the plan
 * @param spansDone read to the end: by this driver, or committed by earlier ones
 * @param spansRead read to the end by this driver, each counted once however often it was read
 * @param share of the ring that {@link #spansDone} cover, 0 to 1, and 1 only when all are done; of
 *     the part of the ring that the plan covers, if it covers a part
 * @param shareRead of the ring that {@link #spansRead} cover, in the same measure
 * @param rows read by this driver, each span counted once: what an attempt that was given up had
 *     read is not in it, so it can fall when a task is retried
 * @param rowsUnderWay the part of {@link #rows} that belongs to spans not yet done
 * @param bytes of the cells of {@link #rows}
 * @param rowsFetched all rows that came from the cluster, attempts given up included; never falls
 * @param pageRetries pages asked for again, in all attempts
 */
public record ScanCounts(
    int spans,
    int spansDone,
    int spansRead,
    double share,
    double shareRead,
    long rows,
    long rowsUnderWay,
    long bytes,
    long rowsFetched,
    long pageRetries) {}
