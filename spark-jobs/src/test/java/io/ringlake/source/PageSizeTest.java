package io.ringlake.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

  private static final int MEGABYTE = 1 << 20;

  @Test
  void beginsSmallAndThenAsksForAllThatIsSetIfRowsAreSmall() {
    PageSize size = new PageSize(5000);
    assertThat(size.rows()).isEqualTo(500);

    size.arrived(500, 50_000);

    assertThat(size.rows()).isEqualTo(5000);
  }

  @Test
  void asksForAsManyLargeRowsAsMakeEightMegabytes() {
    PageSize size = new PageSize(5000);

    size.arrived(500, 20 * MEGABYTE);
    assertThat(size.rows()).isEqualTo(200);

    size.arrived(2, 200 * MEGABYTE);
    assertThat(size.rows()).isEqualTo(1);
  }

  @Test
  void keepsWhatIsSetWhereItIsLess() {
    PageSize size = new PageSize(3);

    size.arrived(3, 100);

    assertThat(size.rows()).isEqualTo(3);
  }

  @Test
  void learnsNothingFromPagesWithoutRowsOrSize() {
    PageSize size = new PageSize(5000);

    size.arrived(0, 100);
    size.arrived(10, -1);

    assertThat(size.rows()).isEqualTo(500);
  }

  @Test
  void asksForLessFromThenOnAfterAPageThatWasTooMuch() {
    PageSize size = new PageSize(5000);
    size.arrived(500, 50_000);

    size.tooMuch();
    assertThat(size.rows()).isEqualTo(1250);

    size.arrived(1250, 100);
    assertThat(size.rows()).isEqualTo(1250);
  }

  @Test
  void asksForFiftyRowsAtLeastAfterPagesThatWereTooMuch() {
    PageSize size = new PageSize(100);
    for (int i = 0; i < 5; i++) {
      size.tooMuch();
    }
    assertThat(size.rows()).isEqualTo(50);
  }
}
