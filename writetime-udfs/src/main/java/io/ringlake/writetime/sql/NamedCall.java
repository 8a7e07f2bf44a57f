package io.ringlake.writetime.sql;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InheritAnalysisRules;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.collection.IndexedSeq;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * A call of one of our functions as plans and headings show it. What it computes is another
 * expression, which Spark's optimizer puts into its place ({@code ReplaceExpressions}), so that
 * filters are pushed down and code is generated as for Spark's own functions.
 *
 * <p>Public, with a public constructor of all parts, since Spark copies it by reflection.
 */
public final class NamedCall extends Expression
    implements RuntimeReplaceable, InheritAnalysisRules {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final Seq<Expression> parameters;
  private final Expression replacement;
  private final Seq<Expression> children;

  /**
   * @param parameters as they were given; for showing only
   * @param replacement resolved
   */
  public NamedCall(String name, Seq<Expression> parameters, Expression replacement) {
    this.name = name;
    this.parameters = parameters;
    this.replacement = replacement;
    this.children = Scala.seq(List.of(replacement));
  }

  @Override
  public Expression replacement() {
    return replacement;
  }

  @Override
  public Expression child() {
    return replacement;
  }

  @Override
  public Seq<Expression> parameters() {
    return parameters;
  }

  @Override
  public String prettyName() {
    return name;
  }

  @Override
  public String sql() {
    return InheritAnalysisRules.super.sql();
  }

  @Override
  public Iterator<Object> flatArguments() {
    return InheritAnalysisRules.super.flatArguments();
  }

  @Override
  public DataType dataType() {
    return replacement.dataType();
  }

  @Override
  public boolean nullable() {
    return replacement.nullable();
  }

  @Override
  public Expression canonicalized() {
    return replacement.canonicalized();
  }

  @Override
  public Object eval(InternalRow input) {
    return replacement.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return replacement.genCode(context);
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return Scala.seq(List.of(TreePattern.RUNTIME_REPLACEABLE()));
  }

  /** Scala sets values of traits by this; ours is a method. */
  @Override
  public void
      org$apache$spark$sql$catalyst$expressions$RuntimeReplaceable$_setter_$nodePatterns_$eq(
          Seq<Enumeration.Value> patterns) {}

  @Override
  public Seq<Expression> children() {
    return children;
  }

  @Override
  public Expression withNewChildInternal(Expression newReplacement) {
    return new NamedCall(name, parameters, newReplacement);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return withNewChildInternal(newChildren.head());
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> name;
      case 1 -> parameters;
      case 2 -> replacement;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NamedCall;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NamedCall call
        && name.equals(call.name)
        && parameters.equals(call.parameters)
        && replacement.equals(call.replacement);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, parameters, replacement);
  }
}
