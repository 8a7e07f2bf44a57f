package io.ringlake.progress;

import io.ringlake.runtime.ScanCounts;
import io.ringlake.schema.TableName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is.
 *
 * @param counts what is read, and of what
 * @param rowsPerSecond fetched over the last 30 s
 * @param timeLeft null while nothing can be said
 * @param batch the running one, null before the first
 */
public record TableProgress(
    TableName table,
    ScanCounts counts,
    double rowsPerSecond,
    @Nullable Duration timeLeft,
    @Nullable RunningBatch batch) {}
