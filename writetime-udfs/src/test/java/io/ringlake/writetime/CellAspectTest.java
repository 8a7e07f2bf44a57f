package io.ringlake.writetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class CellAspectTest {

  /** These names and types are a contract: files hold them. */
  @Test
  void hasNamesAndTypesThatNeverChange() {
    assertThat(CellAspect.WRITETIME.fieldName()).isEqualTo("writetime");
    assertThat(CellAspect.WRITETIME.type()).isEqualTo(DataTypes.LongType);
    assertThat(CellAspect.TTL.fieldName()).isEqualTo("ttl");
    assertThat(CellAspect.TTL.type()).isEqualTo(DataTypes.IntegerType);
    assertThat(CellAspect.EXPIRES_AT.fieldName()).isEqualTo("expires_at");
    assertThat(CellAspect.EXPIRES_AT.type()).isEqualTo(DataTypes.TimestampType);
    assertThat(CellAspect.STRUCT_COLUMN).isEqualTo("_cells");
  }

  @Test
  void endsColumnsByDefaultWithTheNameOfTheField() {
    assertThat(Arrays.stream(CellAspect.values()))
        .allSatisfy(
            aspect ->
                assertThat(CellSuffixes.DEFAULT.columnName("c", aspect))
                    .isEqualTo("c_" + aspect.fieldName()));
  }
}
