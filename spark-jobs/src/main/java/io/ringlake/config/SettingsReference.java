package io.ringlake.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ringlake.schema.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference file {@code settings.conf}: every setting that there is, in its order. */
public final class SettingsReference {

  private static final Pattern TAG = Pattern.compile("@(\\w+) +([^@]*)");

  private final Map<String, Setting> settings;

  private SettingsReference(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /** Reads the reference file from the class path. */
  public static SettingsReference load() {
    Config file =
        ConfigFactory.parseResources(
            SettingsReference.class,
            "settings.conf",
            ConfigParseOptions.defaults().setAllowMissing(false));
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(file.root().entrySet());
    entries.sort(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()));
    Map<String, Setting> settings = new LinkedHashMap<>();
    String section = "";
    for (Map.Entry<String, ConfigValue> entry : entries) {
      Setting setting = setting(entry.getKey(), entry.getValue(), section);
      settings.put(setting.key(), setting);
      section = setting.section();
    }
    return new SettingsReference(settings);
  }

  private static Setting setting(String key, ConfigValue value, String sectionAbove) {
    Map<String, String> tags = new HashMap<>();
    List<String> meaning = new ArrayList<>();
    for (String comment : value.origin().comments()) {
      String line = comment.strip();
      if (line.startsWith("@")) {
        Matcher tag = TAG.matcher(line);
        while (tag.find()) {
          tags.put(tag.group(1), tag.group(2).strip());
        }
      } else {
        meaning.add(line);
      }
    }
    return new Setting(
        key,
        tags.getOrDefault("section", sectionAbove),
        form(value),
        Setting.Kind.valueOf(tags.getOrDefault("kind", "").toUpperCase(Locale.ROOT)),
        scopes(tags.getOrDefault("scopes", "")),
        tags.getOrDefault("value", ""),
        JobFile.texts(value),
        String.join("\n", meaning));
  }

  private static Setting.Form form(ConfigValue value) {
    if (value.valueType() == ConfigValueType.LIST) {
      return Setting.Form.LIST;
    }
    return value.valueType() == ConfigValueType.BOOLEAN ? Setting.Form.SWITCH : Setting.Form.VALUE;
  }

  private static Set<Scope> scopes(String words) {
    return Arrays.stream(words.split(" +"))
        .map(word -> Scope.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  /** All settings, in the order of the file. */
  public Collection<Setting> settings() {
    return settings.values();
  }

  /** The settings that can be given there, in the order of the file. */
  public List<Setting> settings(Scope scope) {
    return settings.values().stream().filter(each -> each.scopes().contains(scope)).toList();
  }

  /** The setting of that key, if it can be given there. */
  Optional<Setting> find(String key, Scope scope) {
    return Optional.ofNullable(settings.get(key)).filter(each -> each.scopes().contains(scope));
  }

  /**
   * Says why a key is not accepted, and which one may be meant.
   *
   * @param prefix what stood before the key: the dashes of a flag, or nothing
   */
  public String refusal(String prefix, String key, Scope scope) {
    String refusal = prefix + key + " is not " + scope.noun();
    String dashes = prefix.isEmpty() ? "" : "--";
    if (key.equals("password")) {
      return "%s, since others can see it there. Use %spassword-file with a file or env:NAME."
          .formatted(refusal, dashes);
    }
    Setting known = settings.get(key);
    if (known != null && !known.scopes().contains(scope)) {
      return "%s, only of %s.".formatted(refusal, words(known.scopes()));
    }
    return refusal
        + nearest(key, scope).map((". Did you mean " + dashes + "%s?")::formatted).orElse(".");
  }

  /** The key that few letters set apart, or else one that the key is a part of. */
  private Optional<String> nearest(String key, Scope scope) {
    List<String> keys = settings(scope).stream().map(Setting::key).toList();
    return Stream.concat(
            NearNames.of(key, keys).stream(), keys.stream().filter(each -> isPart(key, each)))
        .findFirst();
  }

  private static boolean isPart(String key, String of) {
    return key.length() > 3 && of.contains(key);
  }

  private static String words(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(", "));
  }
}
