package io.countersign.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTest {

  private static final int NOTIFICATIONS = 70;
  private static final long HEAP = 256L << 20;

  private static TrafficPlan plan(int workItems) {
    return new TrafficPlan(7, workItems, 2, 0, Duration.ofSeconds(1), TrafficMix.realistic());
  }

  private static List<String> sent(Slot slot) {
    List<String> sent = new ArrayList<>();
    for (int n = 0; n < NOTIFICATIONS; n++) {
      Planned next = slot.next();
      sent.add(
          next.kind() + " " + next.told() + " " + new String(next.body(), StandardCharsets.UTF_8));
    }
    return sent;
  }

  @Test
  void aScriptThatIsMadeAnewForEachNotificationGivesTheSameBytesInTheSameOrder() {
    List<String> kept = sent(new Slot(plan(3), 1, Runnable::run));

    assertThat(kept).as("several lives").anyMatch(one -> one.contains("workitem.created"));
    assertThat(sent(new Slot(plan(3), 1, null))).isEqualTo(kept);
  }

  @Test
  void onlyAsManyScriptsAreKeptAsTheHeapHasRoomFor() {
    List<Runnable> asked = new ArrayList<>();
    List<Slot> slots = Slot.all(plan(100_000), asked::add, HEAP);

    assertThat(slots).hasSize(100_000);
    assertThat(slots.stream().filter(Slot::keeps)).hasSize(1_365);
    assertThat(asked).as("written before their turn").hasSize(1_365);
    assertThat(slots.getLast().next().told().item()).isNotNull();
  }

  @Test
  void aPlanOfSoManyNotificationsIsSharedEvenly() {
    List<Slot> slots = Slot.all(plan(10).atMost(13), Runnable::run, 1);

    assertThat(slots.stream().filter(Slot::keeps)).as("at least one").hasSize(1);
    for (Slot slot : slots) {
      int given = 0;
      while (!slot.isDone()) {
        slot.next();
        given++;
      }
      assertThat(given).isBetween(1, 2);
    }
  }
}
