package io.ringlake.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one command, by key: what the arguments say, else the job file, else the
 * reference file. A value that cannot be read is noted as a problem and its default taken, so that
 * all problems are told at once: whoever has read what he needs calls {@link #raiseProblems} before
 * he uses it.
 */
public final class Settings {

  private final Scope scope;
  private final SettingsReference reference = SettingsReference.load();
  private final Map<String, GivenValue> given = new LinkedHashMap<>();
  private final SortedMap<String, String> canonical = new TreeMap<>();
  private final Set<String> meaningless = new HashSet<>();
  private final Problems problems;

  /**
   * Lays the arguments over the job file.
   *
   * @param scope the job, or the Spark source
   * @param jobFile values of the job file
   * @param arguments values of the command line or options of the Spark source: a list may come in
   *     several, anything else only if they are the same
   * @param problems where problems are noted: keys that do not exist here among them
   */
  public Settings(
      Scope scope, List<GivenValue> jobFile, List<GivenValue> arguments, Problems problems) {
    this.scope = scope;
    this.problems = problems;
    collect(jobFile).forEach(given::put);
    collect(arguments).forEach(given::put);
  }

  private Map<String, GivenValue> collect(List<GivenValue> values) {
    Map<String, GivenValue> collected = new LinkedHashMap<>();
    for (GivenValue value : values) {
      if (reference.find(value.key(), scope).isEmpty()) {
        problems.add(value.problem(reference.refusal("", value.key(), scope)));
      } else {
        collected.merge(value.key(), value, this::together);
      }
    }
    return collected;
  }

  private GivenValue together(GivenValue first, GivenValue second) {
    Setting setting = setting(first.key());
    if (setting.form() == Setting.Form.LIST) {
      List<String> texts = new ArrayList<>(first.texts());
      texts.addAll(second.texts());
      return new GivenValue(first.key(), texts, first.origin());
    }
    if (!first.texts().equals(second.texts())) {
      problems.add(
          second.problem(
              "%s is given twice, as %s and as %s. Leave one out."
                  .formatted(first.key(), shown(setting, first), shown(setting, second))));
    }
    return first;
  }

  /** The keys that the arguments or the job file gave a value to. */
  public Set<String> givenKeys() {
    return Set.copyOf(given.keySet());
  }

  /** Whether neither the arguments nor the job file say anything of a key. */
  boolean isUnset(String key) {
    GivenValue value = given.get(key);
    return value == null || value.text().isBlank();
  }

  /** The keys that have been read. */
  Set<String> readKeys() {
    return Set.copyOf(canonical.keySet());
  }

  /** Notes a problem of a key that has a value which by itself can be read. */
  void problem(String key, String problem) {
    GivenValue value = given.get(key);
    problems.add(value == null ? problem : value.problem(problem));
  }

  /**
   * Ends the command if there are problems.
   *
   * @throws io.ringlake.failure.RunFailure with all problems noted so far
   */
  public void raiseProblems() {
    problems.raise(
        scope == Scope.SOURCE
            ? "docs/settings.md lists the options."
            : "ringlake %s --help lists the settings.".formatted(scope.word()));
  }

  /**
   * The value of a key that always has one: a list, a switch, or one that has a default.
   *
   * @throws IllegalStateException if the reference file has no such key, or no default for it
   */
  public <T> T value(String key, ValueFormat<T> format) {
    T value = optional(key, format);
    if (value == null) {
      throw new IllegalStateException("Setting %s has no default".formatted(key));
    }
    return value;
  }

  /**
   * The value of a key, its default, or null if there is neither.
   *
   * @throws IllegalStateException if the reference file has no such key
   */
  public <T> @Nullable T optional(String key, ValueFormat<T> format) {
    Setting setting = setting(key);
    canonical.put(key, "");
    GivenValue value = given.get(key);
    if (value != null) {
      try {
        return noted(key, format.parse(single(setting, value)));
      } catch (IllegalArgumentException e) {
        problem(key, "%s is %s, %s".formatted(key, shown(setting, value), e.getMessage()));
      }
    }
    if (setting.defaults().isEmpty() && setting.form() != Setting.Form.LIST) {
      return null;
    }
    return noted(key, format.parse(String.join(",", setting.defaults())));
  }

  /** A text that has to be given; if it is not, that is a problem and the result the example. */
  String required(String key, ValueFormat<String> format, String example) {
    String text = optional(key, format);
    if (!given.containsKey(key)) {
      problem(key, "%s is missing. Set it, for example to %s.".formatted(key, example));
    }
    return Objects.requireNonNullElse(text, example);
  }

  /** A constant of an enum, by its name in lower case. */
  <E extends Enum<E>> E constant(String key, E[] constants) {
    List<String> words = ValueFormat.words(constants);
    return constants[words.indexOf(value(key, ValueFormat.oneOf(words)))];
  }

  private <T> T noted(String key, T value) {
    canonical.put(key, spelled(value));
    return value;
  }

  private static String spelled(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Settings::spelled).collect(Collectors.joining(","));
    }
    return value.toString();
  }

  /**
   * Notes that a key means nothing beside the others: it decides nothing, and giving it is wrong.
   */
  void meaningless(String key, String problem) {
    meaningless.add(key);
    if (given.containsKey(key)) {
      problem(key, problem);
    }
  }

  /** The settings that decide the output, of those read so far; a key without value is empty. */
  SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>(canonical);
    identity
        .keySet()
        .removeIf(key -> setting(key).kind() != Setting.Kind.IDENTITY || meaningless.contains(key));
    return identity;
  }

  /** What was given of the settings that the other scope has too, as texts. */
  SortedMap<String, String> given(Scope other) {
    SortedMap<String, String> shared = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (reference.find(key, other).isPresent()) {
            shared.put(key, value.text());
          }
        });
    return shared;
  }

  private Setting setting(String key) {
    return reference
        .find(key, scope)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "settings.conf has no setting %s of %s".formatted(key, scope.word())));
  }

  private static String single(Setting setting, GivenValue value) {
    if (setting.form() != Setting.Form.LIST && value.texts().size() != 1) {
      throw new IllegalArgumentException("a list, but takes one value.");
    }
    return value.text();
  }

  private static String shown(Setting setting, GivenValue value) {
    return setting.kind() == Setting.Kind.SECRET ? Secret.MASK : "'" + value.text() + "'";
  }
}
