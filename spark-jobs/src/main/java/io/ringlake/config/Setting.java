package io.ringlake.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the reference file says about one setting.
 *
 * @param key the flag without its dashes
 * @param section the heading it stands under
 * @param form how its value is given
 * @param kind whether another value is accepted when a checkpoint is resumed
 * @param scopes where it can be given; not empty
 * @param valueName what its value is called in {@code --help}, empty for a switch
 * @param defaults its default: one text unless it is a list, none if there is no default
 * @param meaning sentences, in the lines of the reference file
 */
public record Setting(
    String key,
    String section,
    Form form,
    Kind kind,
    Set<Scope> scopes,
    String valueName,
    List<String> defaults,
    String meaning) {

  /** How a value is given. */
  public enum Form {
    /** Once. */
    VALUE,
    /** Repeatedly, or once with commas. */
    LIST,
    /** By naming the flag: true unless it is said to be false. */
    SWITCH
  }

  /** What a checkpoint makes of a setting. */
  public enum Kind {
    /** Decides the output: a resume with another value is refused. */
    IDENTITY,
    /** Taken when a pass begins: a resume goes on with what the pass began with. */
    PLANNED,
    /** May change at every resume. */
    TUNABLE,
    /** As tunable, and the value is never shown. */
    SECRET;

    /** The word for it in the reference file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that the setting is fully described.
   *
   * @throws IllegalArgumentException if something is missing
   */
  public Setting {
    scopes = Set.copyOf(scopes);
    defaults = List.copyOf(defaults);
    if (section.isEmpty() || scopes.isEmpty() || meaning.isEmpty()) {
      throw new IllegalArgumentException(
          "Setting %s has no section, no scope or no meaning".formatted(key));
    }
    if (valueName.isEmpty() != (form == Form.SWITCH)) {
      throw new IllegalArgumentException(
          "Setting %s needs a value name, or must be a switch".formatted(key));
    }
  }
}
