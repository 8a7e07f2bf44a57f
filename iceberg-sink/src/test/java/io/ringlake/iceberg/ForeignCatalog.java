package io.ringlake.iceberg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** A catalog whose client throws what Iceberg does not know, as those of metastores do. */
public final class ForeignCatalog extends HadoopCatalog {

  static volatile boolean isDown;

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    TableOperations operations = super.newTableOps(identifier);
    return (TableOperations)
        Proxy.newProxyInstance(
            ForeignCatalog.class.getClassLoader(),
            new Class<?>[] {TableOperations.class},
            (proxy, method, arguments) -> {
              if (isDown && method.getName().equals("commit")) {
                throw new IllegalStateException("the metastore is gone");
              }
              try {
                return method.invoke(operations, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
