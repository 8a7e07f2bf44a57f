package io.ringlake.cli;

import io.ringlake.config.GivenValue;
import io.ringlake.config.JobFile;
import io.ringlake.config.Problems;
import io.ringlake.config.Scope;
import io.ringlake.config.Setting;
import io.ringlake.config.SettingsReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import scala.Option;
import scala.collection.JavaConverters;
import scala.runtime.BoxedUnit;
import scopt.OptionDef;
import scopt.OptionParser;
import scopt.Read;

/** The flags of one job, made from the reference file; scopt reads them. */
final class Flags extends OptionParser<BoxedUnit> {

  private static final String UNKNOWN_OPTION = "Unknown option ";
  private static final String UNKNOWN_ARGUMENT = "Unknown argument ";

  private final SettingsReference reference;
  private final Scope job;
  private final Problems problems;
  private final List<GivenValue> arguments = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final Set<String> switches = new HashSet<>();
  private final Set<String> valued = new HashSet<>();
  private boolean helpAsked;
  private boolean refusedOption;

  Flags(SettingsReference reference, Scope job, Problems problems) {
    super("ringlake " + job.word());
    this.reference = reference;
    this.job = job;
    this.problems = problems;
    define();
  }

  private void define() {
    String section = "";
    for (Setting setting : reference.settings(job)) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        note("\n" + section);
      }
      define(setting);
    }
    note("\nCommand line");
    flag("config", "FILE", "A job file: HOCON, its keys are the flags without dashes.", files::add);
    flag("set", "KEY=VALUE", "Sets any key, as its flag does. Can be repeated.", this::set);
    flag("help", "", "Prints this.", text -> helpAsked = true);
  }

  private void define(Setting setting) {
    String defaults = String.join(",", setting.defaults());
    boolean showsDefault = setting.form() != Setting.Form.SWITCH && !defaults.isEmpty();
    flag(
        setting.key(),
        setting.valueName(),
        setting.meaning() + (showsDefault ? "\nDefault: " + defaults : ""),
        text -> arguments.add(GivenValue.of(setting.key(), text)));
  }

  private void flag(String name, String valueName, String meaning, Consumer<String> action) {
    (valueName.isEmpty() ? switches : valued).add("--" + name);
    OptionDef<String, BoxedUnit> flag = opt(name, Read.stringRead());
    flag.valueName(valueName)
        .text(meaning)
        .unbounded()
        .foreach(
            text -> {
              action.accept(text);
              return BoxedUnit.UNIT;
            });
  }

  private void set(String keyAndValue) {
    int equals = keyAndValue.indexOf('=');
    if (equals < 1) {
      problems.add("--set has no key and value. Use --set key=value.");
    } else {
      arguments.add(
          new GivenValue(
              keyAndValue.substring(0, equals).strip(),
              List.of(keyAndValue.substring(equals + 1)),
              "--set"));
    }
  }

  /** Reads flags; what is wrong with them becomes problems. */
  void read(List<String> argv) {
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < argv.size(); i++) {
      String argument = argv.get(i);
      if (switches.contains(argument)) {
        flags.add(argument + "=true");
      } else if (argument.equals("-h")) {
        flags.add("--help=true");
      } else if (!valued.contains(argument)) {
        flags.add(argument);
      } else if (i + 1 < argv.size() && !argv.get(i + 1).startsWith("--")) {
        flags.add(argument);
        flags.add(argv.get(++i));
      } else {
        problems.add(
            i + 1 < argv.size()
                ? "%s has no value: %s follows it.".formatted(argument, name(argv.get(i + 1)))
                : argument + " has no value.");
      }
    }
    parse(seq(flags), BoxedUnit.UNIT);
  }

  @Override
  public Option<Object> showUsageOnError() {
    return Option.apply(false);
  }

  /**
   * Turns scopt's words into ours; what follows an unknown flag may be a secret and is not told.
   */
  @Override
  public void reportError(String problem) {
    if (problem.startsWith(UNKNOWN_OPTION)) {
      refusedOption = true;
      String option = name(problem.substring(UNKNOWN_OPTION.length()));
      int dashes = option.startsWith("--") ? 2 : 1;
      problems.add(reference.refusal(option.substring(0, dashes), option.substring(dashes), job));
    } else if (!problem.startsWith(UNKNOWN_ARGUMENT)) {
      problems.add(problem);
    } else if (!refusedOption) {
      problems.add(
          problem.substring(UNKNOWN_ARGUMENT.length())
              + " follows no flag. Flags begin with --; quote values that hold spaces.");
    }
  }

  /** A flag without what may be its value. */
  private static String name(String flag) {
    return flag.split("[=:]", 2)[0];
  }

  private static scala.collection.Seq<String> seq(List<String> list) {
    return JavaConverters.asScalaBuffer(list).toList();
  }

  boolean helpAsked() {
    return helpAsked;
  }

  List<GivenValue> arguments() {
    return arguments;
  }

  /** The values of the job file, none if there is none. */
  List<GivenValue> jobFile() {
    if (files.size() > 1) {
      problems.add("--config is given %d times. Name one file.".formatted(files.size()));
    }
    return files.isEmpty() ? List.of() : new JobFile(files.get(0)).read(problems);
  }
}
