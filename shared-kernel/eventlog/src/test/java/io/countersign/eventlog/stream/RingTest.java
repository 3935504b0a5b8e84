package io.countersign.eventlog.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RingTest {

  private static TailEvent event(long index) {
    return new TailEvent(
        new StoredEvent(
            index, "T", "a", index, "id", Instant.EPOCH, "n", "", new byte[488], new byte[0]));
  }

  private static List<Long> indexes(Optional<List<TailEvent>> events) {
    return events.orElseThrow().stream().map(TailEvent::index).toList();
  }

  @Test
  void itKeepsTheNewestAndSaysWhenItDoesNotReachBack() {
    var ring = new Ring(4, 1 << 20);
    ring.startAt(10);
    assertThat(ring.from(10, 5)).contains(List.of());
    assertThat(ring.from(9, 5)).isEmpty();
    for (long i = 10; i < 17; i++) {
      ring.add(List.of(event(i)));
    }
    assertThat(ring.from(12, 5)).isEmpty();
    assertThat(indexes(ring.from(13, 2))).containsExactly(13L, 14L);
    assertThat(indexes(ring.from(13, 9))).containsExactly(13L, 14L, 15L, 16L);
    assertThat(ring.from(17, 9)).contains(List.of());
  }

  @Test
  void itIsBoundedInBytesButKeepsTheNewest() {
    var ring = new Ring(100, 2_500);
    for (long i = 0; i < 5; i++) {
      ring.add(List.of(event(i))); // 1,000 bytes each
    }
    assertThat(ring.from(2, 9)).isEmpty();
    assertThat(indexes(ring.from(3, 9))).containsExactly(3L, 4L);
  }

  @Test
  void whatIsOfferedTwiceIsThereOnceAndAGapIsNotTaken() {
    var ring = new Ring(8, 1 << 20);
    assertThat(ring.offer(List.of(event(0), event(1)))).isTrue();
    assertThat(ring.offer(List.of(event(0), event(1), event(2)))).isTrue();
    assertThat(ring.offer(List.of(event(1)))).isTrue();
    ring.add(List.of(event(2), event(3)));
    assertThat(ring.offer(List.of(event(5)))).isFalse();
    assertThat(indexes(ring.from(0, 9))).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void itRefusesAGap() {
    var ring = new Ring(4, 1 << 20);
    ring.add(List.of(event(0)));
    assertThatThrownBy(() -> ring.add(List.of(event(2)))).isInstanceOf(IllegalStateException.class);
    assertThat(ring.next()).isEqualTo(1);
  }
}
