package io.ringlake.testkit;

/** Whom a cluster lets in. */
public enum Access {
  /** Everyone may do everything; user names and passwords are not looked at. */
  EVERYONE("AllowAllAuthenticator", "AllowAllAuthorizer"),

  /**
   * Only roles with their password, and only what they were granted. The superuser is {@value
   * CassandraCluster#SUPERUSER}, its password the same word.
   */
  PASSWORD("PasswordAuthenticator", "CassandraAuthorizer");

  private final String authenticator;
  private final String authorizer;

  Access(String authenticator, String authorizer) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
  }

  String authenticator() {
    return authenticator;
  }

  String authorizer() {
    return authorizer;
  }
}
