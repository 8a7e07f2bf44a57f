package io.ringlake.testkit.iceberg;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.jspecify.annotations.Nullable;

/** Which request is for which of Iceberg's handlers. */
final class CatalogRoutes implements CatalogEndpoint {

  private static final ObjectMapper JSON = mapper();

  private final JdbcCatalog catalog;

  CatalogRoutes(JdbcCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @param body JSON, empty for none
   */
  record Answer(int status, String body) {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
    RESTSerializers.registerAll(mapper);
    return mapper;
  }

  static Answer ok(Object result) {
    return new Answer(200, json(result));
  }

  static Answer answer(ErrorResponse error) {
    return new Answer(error.code(), json(error));
  }

  @Override
  public Answer answer(CatalogRequest request) {
    try {
      String query = request.query() == null ? "" : request.query();
      Object result = handled(request.method(), request.path(), query, request.body());
      return result == null ? new Answer(204, "") : ok(result);
    } catch (RuntimeException e) {
      return answer(
          ErrorResponse.builder()
              .responseCode(status(e))
              .withType(e.getClass().getSimpleName())
              .withMessage(String.valueOf(e.getMessage()))
              .withStackTrace(List.of())
              .build());
    }
  }

  private @Nullable Object handled(String method, String path, String query, String body) {
    String[] parts = path.substring(1).split("/", -1);
    if (path.equals("/v1/config")) {
      return ConfigResponse.builder().build();
    }
    if (path.equals("/v1/tables/rename")) {
      CatalogHandlers.renameTable(catalog, parsed(body, RenameTableRequest.class));
      return null;
    }
    if (parts.length < 2 || !parts[1].equals("namespaces")) {
      throw new UnsupportedOperationException(method + " " + path);
    }
    if (parts.length == 2) {
      return namespaces(method, body);
    }
    Namespace namespace = RESTUtil.decodeNamespace(parts[2]);
    if (parts.length == 3) {
      return namespace(method, namespace);
    }
    if (parts.length == 4) {
      return tables(method, namespace, body);
    }
    TableIdentifier table = TableIdentifier.of(namespace, RESTUtil.decodeString(parts[4]));
    if (parts.length == 6 && parts[5].equals("metrics")) {
      return null;
    }
    return table(method, table, query, body);
  }

  private Object namespaces(String method, String body) {
    return method.equals("POST")
        ? CatalogHandlers.createNamespace(catalog, parsed(body, CreateNamespaceRequest.class))
        : CatalogHandlers.listNamespaces(catalog, Namespace.empty());
  }

  private @Nullable Object namespace(String method, Namespace namespace) {
    if (method.equals("GET")) {
      return CatalogHandlers.loadNamespace(catalog, namespace);
    }
    if (method.equals("HEAD")) {
      CatalogHandlers.namespaceExists(catalog, namespace);
    } else {
      CatalogHandlers.dropNamespace(catalog, namespace);
    }
    return null;
  }

  private Object tables(String method, Namespace namespace, String body) {
    if (!method.equals("POST")) {
      return CatalogHandlers.listTables(catalog, namespace);
    }
    CreateTableRequest request = parsed(body, CreateTableRequest.class);
    return request.stageCreate()
        ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
        : CatalogHandlers.createTable(catalog, namespace, request);
  }

  private @Nullable Object table(String method, TableIdentifier table, String query, String body) {
    if (method.equals("GET")) {
      return CatalogHandlers.loadTable(catalog, table);
    }
    if (method.equals("POST")) {
      return CatalogHandlers.updateTable(catalog, table, parsed(body, UpdateTableRequest.class));
    }
    if (method.equals("HEAD")) {
      CatalogHandlers.tableExists(catalog, table);
    } else if (query.contains("purgeRequested=true")) {
      CatalogHandlers.purgeTable(catalog, table);
    } else {
      CatalogHandlers.dropTable(catalog, table);
    }
    return null;
  }

  private static <T> T parsed(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the specification has them. */
  private static int status(RuntimeException e) {
    if (e instanceof NoSuchTableException || e instanceof NoSuchNamespaceException) {
      return 404;
    }
    if (e instanceof AlreadyExistsException
        || e instanceof CommitFailedException
        || e instanceof NamespaceNotEmptyException) {
      return 409;
    }
    if (e instanceof ValidationException || e instanceof IllegalArgumentException) {
      return 400;
    }
    return e instanceof UnsupportedOperationException ? 406 : 500;
  }
}
