package io.ringlake.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A job file: flat HOCON, its keys are the flags without the dashes. */
public final class JobFile {

  private final File file;

  /**
   * @param file a path of the local file system
   */
  public JobFile(String file) {
    this.file = new File(file);
  }

  /**
   * Reads the file with what it includes; {@code ${?NAME}} stands for other keys and for variables
   * of the environment.
   *
   * @return values in their order; keys that are null are left out, but for those that take the
   *     word
   */
  public List<GivenValue> read(Problems problems) {
    Config config;
    try {
      config =
          ConfigFactory.parseFile(
                  file,
                  ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF))
              .resolve();
    } catch (ConfigException e) {
      problems.add(
          file.isFile()
              ? "config is '%s', which cannot be read: %s".formatted(file, e.getMessage())
              : "config is '%s', which is not a file.".formatted(file));
      return List.of();
    }
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(config.root().entrySet());
    entries.sort(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()));
    List<GivenValue> values = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : entries) {
      read(entry.getKey(), entry.getValue(), values, problems);
    }
    return values;
  }

  private void read(String key, ConfigValue value, List<GivenValue> values, Problems problems) {
    String origin = place(value.origin());
    if (value instanceof ConfigObject object) {
      for (String path : object.toConfig().entrySet().stream().map(Map.Entry::getKey).toList()) {
        String nested = key + "." + path;
        problems.add(
            "%s: %s is a key inside of another, but job files are flat: no dots, no braces. Did you mean %s?"
                .formatted(origin, nested, String.join("-", ConfigUtil.splitPath(nested))));
      }
    } else if (value instanceof ConfigList list
        && list.stream().anyMatch(each -> !isScalar(each))) {
      problems.add(
          "%s: %s holds more than texts and numbers. Write it as [\"a\", \"b\"]."
              .formatted(origin, key));
    } else if (value.valueType() == ConfigValueType.NULL && isWord(key)) {
      values.add(new GivenValue(key, List.of("null"), origin));
    } else if (value.valueType() != ConfigValueType.NULL) {
      values.add(new GivenValue(key, texts(value), origin));
    }
  }

  /** Whether null is one of the words that a key takes, and so does not leave it out. */
  private static boolean isWord(String key) {
    return key.equals("csv-null")
        || SettingsReference.load().settings().stream()
            .anyMatch(
                setting ->
                    setting.key().equals(key)
                        && List.of(setting.valueName().split("\\|", -1)).contains("null"));
  }

  /** The value as it is spelled: none for null, the elements of a list, else one text. */
  static List<String> texts(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(JobFile::spelled).toList();
    }
    return value.valueType() == ConfigValueType.NULL ? List.of() : List.of(spelled(value));
  }

  private static String spelled(ConfigValue scalar) {
    return scalar.atKey("value").getString("value");
  }

  private static boolean isScalar(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.BOOLEAN;
  }

  /** {@code nightly.conf:3}, or this file alone where the value is that of a variable. */
  private String place(ConfigOrigin origin) {
    String path = origin.filename();
    return path == null
        ? file.getName()
        : "%s:%d".formatted(new File(path).getName(), origin.lineNumber());
  }
}
