package io.ringlake.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.ringlake.failure.ErrorCode;
import io.ringlake.failure.RunFailure;
import io.ringlake.ring.RingPart;
import io.ringlake.ring.TokenSpan;
import io.ringlake.runtime.CellHistogram;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: fields in the order of the record, times in ISO 8601, a span as {@code [start,
 * end]}, a part of the ring as the list of its pieces. Reading accepts what writing makes and
 * nothing else.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantFromText()))
          .addMixIn(TokenSpan.class, SpanAsPair.class)
          .addMixIn(RingPart.class, PartAsPieces.class)
          .addMixIn(CellHistogram.class, HistogramAsState.class)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("%s cannot be written as JSON".formatted(value), e);
    }
  }

  /**
   * The record that a file holds.
   *
   * @param file where the text stands, for the message
   * @throws RunFailure if the text is not such a record
   */
  static <T> T read(Path file, String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw damaged(file, problem(e), e);
    }
  }

  /**
   * The record that a file holds whose format has a version.
   *
   * @param version the only one that is read
   * @throws RunFailure if the text is not such a record, or is one of another version
   */
  static <T> T read(Path file, String text, Class<T> type, int version) {
    try {
      JsonNode found = MAPPER.readTree(text).path("version");
      if (found.isInt() && found.intValue() != version) {
        throw new RunFailure(
            ErrorCode.CHECKPOINT_DAMAGED,
            "%s is of version %d; this Ringlake reads version %d"
                .formatted(file, found.intValue(), version),
            "Use the Ringlake that wrote it, or give the checkpoint up with --restart.");
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, problem(e), e);
    }
    return read(file, text, type);
  }

  static RunFailure damaged(Path file, String problem, @Nullable Throwable cause) {
    return new RunFailure(
        ErrorCode.CHECKPOINT_DAMAGED,
        "%s is damaged: %s".formatted(file, problem),
        "Restore the file if you have a copy, or give the checkpoint up with --restart.",
        cause);
  }

  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return Objects.requireNonNull(refused.getMessage());
    }
    String where =
        e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
    if (e instanceof JsonEOFException
        || e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
      return "it ends in the middle" + where;
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "it has the unknown field '%s'%s".formatted(unknown.getPropertyName(), where);
    }
    // Jackson names the switch that made it look.
    String said = e.getOriginalMessage().lines().findFirst().orElse("it is not JSON");
    return said.replaceFirst("; `DeserializationFeature.*", "") + where;
  }

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"startExclusive", "endInclusive"})
  private interface SpanAsPair {}

  private abstract static class PartAsPieces {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    PartAsPieces(List<TokenSpan> unused) {}

    @JsonValue
    abstract List<TokenSpan> pieces();
  }

  private abstract static class HistogramAsState {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static CellHistogram of(CellHistogram.State state) {
      return CellHistogram.of(state);
    }

    @JsonValue
    abstract CellHistogram.State state();
  }

  private static final class InstantFromText extends FromStringDeserializer<Instant> {

    InstantFromText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context) {
      try {
        return Instant.parse(value);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("'%s' is not a time".formatted(value), e);
      }
    }
  }
}
