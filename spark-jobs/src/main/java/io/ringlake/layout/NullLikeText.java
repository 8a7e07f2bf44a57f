package io.ringlake.layout;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.schema.Identifier;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * A text that would come back as null if the name of a folder were all that is left of it: Spark
 * names folders the same for null and for the empty text. It is refused by the task that meets it.
 */
final class NullLikeText {

  /** What Spark writes for null. */
  private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern REFUSED =
      Pattern.compile(ErrorCode.BAD_LAYOUT + " Column (\\S.*) holds a text that a folder's name");

  private NullLikeText() {}

  /** The text, as an expression that fails on one that would come back as null. */
  static Column refused(Column text, Identifier column) {
    return when(
            text.isin("", NULL_FOLDER),
            raise_error(lit(String.valueOf(refusal(column.toString(), null).getMessage()))))
        .otherwise(text);
  }

  /** The refusal behind a failure of Spark, if there is one. */
  static Optional<RunFailure> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher refused = REFUSED.matcher(String.valueOf(cause.getMessage()));
      if (refused.find()) {
        return Optional.of(refusal(refused.group(1), failure));
      }
    }
    return Optional.empty();
  }

  private static RunFailure refusal(String column, @Nullable Throwable cause) {
    return new RunFailure(
        ErrorCode.BAD_LAYOUT,
        "Column %s holds a text that a folder's name cannot tell from null: an empty one, or %s."
            .formatted(column, NULL_FOLDER),
        "Use --keep-partition-columns, or leave the column out of --partition-by.",
        cause);
  }
}
