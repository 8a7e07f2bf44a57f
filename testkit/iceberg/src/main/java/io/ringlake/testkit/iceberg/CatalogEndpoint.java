package io.ringlake.testkit.iceberg;

/** What answers requests. */
interface CatalogEndpoint {

  /** Does what is asked for. */
  CatalogRoutes.Answer answer(CatalogRequest request);
}
