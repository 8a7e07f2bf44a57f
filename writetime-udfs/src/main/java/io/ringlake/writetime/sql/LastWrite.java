package io.ringlake.writetime.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceableAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxBy;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What {@code last_write} computes: the value of the cell that wins over all others, as {@code
 * org.apache.cassandra.db.rows.Cells#resolveRegular} decides since <a
 * href="https://issues.apache.org/jira/browse/CASSANDRA-14592">CASSANDRA-14592</a>:
 *
 * <ol>
 *   <li>the greater write time;
 *   <li>a cell that is deleted or expires over one that lives for ever;
 *   <li>a deleted one over one that expires;
 *   <li>the one that expires later;
 *   <li>the greater bytes, taken as unsigned.
 * </ol>
 *
 * <p>Between the last two, Cassandra 5.0 prefers the smaller of the TTLs that the cells were
 * written with, which CQL does not tell: it is left out. A null value that has a write time is
 * taken as a deleted cell.
 *
 * <p>It is Spark's {@code max_by} over a struct whose order is this one, which the optimizer puts
 * into its place. Public, with a public constructor of all parts, since Spark copies it by
 * reflection.
 */
public final class LastWrite extends AggregateFunction implements RuntimeReplaceableAggregate {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "last_write";
  private static final int VALUE = 1;
  private static final int WRITETIME = 2;
  private static final int EXPIRES_AT = 3;

  private final CqlType type;
  private final Seq<Expression> arguments;

  /**
   * @param type of the value, as the first argument says
   * @param arguments type, value, write time, and the expiry if it is known
   */
  public LastWrite(CqlType type, Seq<Expression> arguments) {
    this.type = type;
    this.arguments = arguments;
  }

  static Expression of(Call call) throws AnalysisException {
    call.requireCount(WRITETIME + 1, EXPIRES_AT + 1);
    CqlType type = CqlArguments.type(call);
    List<Expression> arguments = new ArrayList<>();
    arguments.add(call.arguments().get(0));
    arguments.add(CqlArguments.value(call, type, VALUE, "value"));
    arguments.add(call.argument(WRITETIME, "writetime", DataTypes.LongType));
    if (call.count() > EXPIRES_AT) {
      arguments.add(call.argument(EXPIRES_AT, "expires_at", DataTypes.TimestampType));
    }
    return new LastWrite(type, Scala.seq(arguments));
  }

  @Override
  public Expression replacement() {
    Expression writetime = arguments.apply(WRITETIME);
    CreateNamedStruct strength =
        new CreateNamedStruct(
            Scala.seq(
                List.of(
                    text("writetime"), writetime,
                    text("kind"), kind(),
                    text("expires_at"), expiresAt(),
                    text("bytes"), type.bytes(value()))));
    Expression none = Literal.create(null, strength.dataType());
    return new MaxBy(value(), new If(new IsNull(writetime), none, strength));
  }

  private static Expression text(String fieldName) {
    return Literal.create(fieldName, DataTypes.StringType);
  }

  private Expression value() {
    return arguments.apply(VALUE);
  }

  private Expression expiresAt() {
    return arguments.length() > EXPIRES_AT
        ? arguments.apply(EXPIRES_AT)
        : Literal.create(null, DataTypes.TimestampType);
  }

  /** 2 of a deleted cell, 1 of one that expires, 0 of one that lives for ever. */
  private Expression kind() {
    Expression living =
        new If(
            new IsNull(expiresAt()),
            Literal.create(0, DataTypes.IntegerType),
            Literal.create(1, DataTypes.IntegerType));
    return new If(new IsNull(value()), Literal.create(2, DataTypes.IntegerType), living);
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new LastWrite(type, Scala.seq(JavaConverters.seqAsJavaList(newChildren)));
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public DataType dataType() {
    return value().dataType();
  }

  @Override
  public boolean nullable() {
    return true;
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
  public Expression canonicalized() {
    return RuntimeReplaceableAggregate.super.canonicalized();
  }

  @Override
  public Object eval(InternalRow input) {
    return RuntimeReplaceableAggregate.super.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return RuntimeReplaceableAggregate.super.doGenCode(context, code);
  }

  @Override
  public StructType aggBufferSchema() {
    return RuntimeReplaceableAggregate.super.aggBufferSchema();
  }

  @Override
  public Seq<AttributeReference> aggBufferAttributes() {
    return RuntimeReplaceableAggregate.super.aggBufferAttributes();
  }

  @Override
  public Seq<AttributeReference> inputAggBufferAttributes() {
    return RuntimeReplaceableAggregate.super.inputAggBufferAttributes();
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> type;
      case 1 -> arguments;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LastWrite;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LastWrite write
        && type == write.type
        && arguments.equals(write.arguments);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, arguments);
  }
}
