package io.countersign.command.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Test
  void holdsTheSameNumbersAsASetInAnyOrderOfAdding() {
    Random random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      List<Integer> numbers = new ArrayList<>();
      random.ints(40, 1, 60).forEach(numbers::add);
      Collections.shuffle(numbers, random);
      TreeSet<Integer> expected = new TreeSet<>(numbers);
      Ranges ranges = Ranges.EMPTY;
      for (int number : numbers) {
        ranges = ranges.with(number);
      }
      for (int number = 0; number <= 61; number++) {
        assertThat(ranges.contains(number)).isEqualTo(expected.contains(number));
      }
      assertThat(ranges.highest()).isEqualTo(expected.last());
      for (int i = 1; i < ranges.ranges().size(); i++) {
        assertThat(ranges.ranges().get(i).from())
            .isGreaterThan(ranges.ranges().get(i - 1).to() + 1);
      }
    }
  }

  @Test
  void isOneRangeWhenNothingIsMissing() {
    Ranges ranges = Ranges.EMPTY.with(3).with(1).with(2).with(4);
    assertThat(ranges.ranges()).containsExactly(new Ranges.Range(1, 4));
    assertThat(ranges.completeFrom(1)).isTrue();
    assertThat(ranges.with(6).completeFrom(1)).isFalse();
    assertThat(ranges.with(6).completeFrom(6)).isTrue();
  }

  @Test
  void holdsTheGreatestNumberThereIs() {
    Ranges ranges = Ranges.EMPTY.with(Integer.MAX_VALUE).with(1).with(Integer.MAX_VALUE - 1);
    assertThat(ranges.ranges())
        .containsExactly(
            new Ranges.Range(1, 1), new Ranges.Range(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
  }
}
