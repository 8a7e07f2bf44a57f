package io.ringlake.cli;

import io.ringlake.config.ExportConfig;
import io.ringlake.config.PlanCheck;
import java.util.Optional;

/** What the command line asks for. */
public sealed interface Command {

  /** Print a text: help, or the version. */
  record PrintCommand(String text) implements Command {}

  /** Export tables, or resume that. */
  record ExportCommand(ExportConfig config) implements Command {}

  /** Say what an export would do. */
  record PlanCommand(ExportConfig config, PlanCheck check) implements Command {}

  /**
   * Say how far an export is.
   *
   * @param checkpoint the folder of the checkpoints of all tables
   * @param config the command that the checkpoint is compared with, if one is given
   */
  record StatusCommand(String checkpoint, Optional<ExportConfig> config) implements Command {}
}
