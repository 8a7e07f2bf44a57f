package io.ringlake.config;

/** How far a plan is checked. */
public enum PlanCheck {
  /** The settings only. */
  STATIC,
  /** The cluster is asked too. */
  CONNECT;

  /** The check that the settings of a plan ask for. */
  public static PlanCheck from(Settings settings) {
    return settings.constant("check", PlanCheck.values());
  }
}
