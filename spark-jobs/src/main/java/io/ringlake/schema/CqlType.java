package io.ringlake.schema;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A type of CQL, as it is declared; {@link #cql()} is its spelling in CQL. */
public sealed interface CqlType {

  /** The type's spelling in CQL, for example {@code frozen<list<int>>}. */
  String cql();

  /** The types that this one is made of, in their order; empty for those without parts. */
  default List<CqlType> parts() {
    return List.of();
  }

  /** The user-defined types in this one, itself included, each after those that it is made of. */
  default List<UserDefined> userTypes() {
    return Stream.concat(
            parts().stream().flatMap(part -> part.userTypes().stream()),
            Stream.of(this).filter(UserDefined.class::isInstance).map(UserDefined.class::cast))
        .distinct()
        .toList();
  }

  /** Whether this is one of some types, or has one of them in it. */
  default boolean holds(Set<Scalar> types) {
    return (this instanceof Scalar scalar && types.contains(scalar))
        || parts().stream().anyMatch(part -> part.holds(types));
  }

  /** Whether this is a map or has one in it, which Spark neither hashes nor takes as a key. */
  default boolean holdsMap() {
    return this instanceof MapOf || parts().stream().anyMatch(CqlType::holdsMap);
  }

  /** Whether a value of this type is stored as many cells, so has no one write time. */
  default boolean isMultiCell() {
    return false;
  }

  /** Whether this is a list, a set or a map. */
  default boolean isCollection() {
    return this instanceof ListOf || this instanceof SetOf || this instanceof MapOf;
  }

  /** The types without parts. */
  enum Scalar implements CqlType {
    ASCII,
    BIGINT,
    BLOB,
    BOOLEAN,
    COUNTER,
    DATE,
    DECIMAL,
    DOUBLE,
    DURATION,
    FLOAT,
    INET,
    INT,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    TIMEUUID,
    TINYINT,
    UUID,
    VARINT;

    @Override
    public String cql() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /** A list; not frozen means one cell an element. */
  record ListOf(CqlType element, boolean frozen) implements CqlType {
    @Override
    public List<CqlType> parts() {
      return List.of(element);
    }

    @Override
    public String cql() {
      return spelling("list<%s>".formatted(element.cql()), frozen);
    }

    @Override
    public boolean isMultiCell() {
      return !frozen;
    }
  }

  /** A set; not frozen means one cell an element. */
  record SetOf(CqlType element, boolean frozen) implements CqlType {
    @Override
    public List<CqlType> parts() {
      return List.of(element);
    }

    @Override
    public String cql() {
      return spelling("set<%s>".formatted(element.cql()), frozen);
    }

    @Override
    public boolean isMultiCell() {
      return !frozen;
    }
  }

  /** A map; not frozen means one cell an entry. */
  record MapOf(CqlType key, CqlType value, boolean frozen) implements CqlType {
    @Override
    public List<CqlType> parts() {
      return List.of(key, value);
    }

    @Override
    public String cql() {
      return spelling("map<%s, %s>".formatted(key.cql(), value.cql()), frozen);
    }

    @Override
    public boolean isMultiCell() {
      return !frozen;
    }
  }

  /** A tuple: always one cell. */
  record TupleOf(List<CqlType> components) implements CqlType {
    public TupleOf {
      components = List.copyOf(components);
    }

    @Override
    public List<CqlType> parts() {
      return components;
    }

    @Override
    public String cql() {
      return components.stream()
          .map(CqlType::cql)
          .collect(Collectors.joining(", ", "frozen<tuple<", ">>"));
    }
  }

  /** A user-defined type; not frozen means one cell a field. */
  record UserDefined(Identifier keyspace, Identifier name, List<Field> fields, boolean frozen)
      implements CqlType {
    public UserDefined {
      fields = List.copyOf(fields);
    }

    @Override
    public List<CqlType> parts() {
      return fields.stream().map(Field::type).toList();
    }

    @Override
    public String cql() {
      return spelling(keyspace.cql() + "." + name.cql(), frozen);
    }

    @Override
    public boolean isMultiCell() {
      return !frozen;
    }

    /** One field of a user-defined type. */
    public record Field(Identifier name, CqlType type) {}
  }

  /** A vector of a fixed number of elements: always one cell. */
  record VectorOf(CqlType element, int dimensions) implements CqlType {
    @Override
    public List<CqlType> parts() {
      return List.of(element);
    }

    @Override
    public String cql() {
      return "vector<%s, %s>".formatted(element.cql(), dimensions);
    }
  }

  /** A type that is not one of CQL, by the class that Cassandra names for it. */
  record Custom(String className) implements CqlType {
    @Override
    public String cql() {
      return "'" + className + "'";
    }
  }

  private static String spelling(String cql, boolean frozen) {
    return frozen ? "frozen<" + cql + ">" : cql;
  }
}
