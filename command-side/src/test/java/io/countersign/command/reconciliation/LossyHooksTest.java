package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.reconciliation.Asked;
import io.countersign.sandbox.azuredevops.HookMischief;
import io.countersign.sandbox.azuredevops.ItemView;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Much happens, and webhooks are lost, doubled, late and out of order: both sides end equal. */
class LossyHooksTest extends RealRuns {

  private static final long SEED = 20261121;
  private static final int ITEMS = 25;
  private static final int CHANGES = 300;

  @Test
  void whateverBecameOfTheWebhooksBothSidesAreEqualAfterwards() throws Exception {
    var random = new Random(SEED);
    azure
        .sandbox
        .control()
        .hooksMisbehave(new HookMischief(0.2, 0.05, 0.1, 0.1, Duration.ofMillis(200), SEED));
    for (int item = 0; item < ITEMS; item++) {
      azure.create("Item " + item);
    }
    for (int change = 0; change < CHANGES; change++) {
      change(random, change);
      if (change == CHANGES / 2) {
        // while some are still under way
        assertThat(reconcile(Asked.SCHEDULE)).isTrue();
      }
    }
    assertThat(azure.sandbox.control().awaitHooks(Duration.ofSeconds(60))).isTrue();
    node.settle();
    assertThat(azure.sandbox.control().notificationsLost()).isPositive();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();

    List<ItemView> all = azure.sandbox.control().items();
    assertThat(all).hasSize(ITEMS);
    all.forEach(item -> assertWhole(item.id()));
    assertThat(lastResult().filled()).isEqualTo(lastResult().missing()).isPositive();
    assertThat(lastResult().unexpected()).isZero();

    assertThat(reconcile(Asked.FULL)).isTrue();
    assertThat(lastResult().missing()).isZero();
    assertThat(lastResult().revisions().source())
        .isEqualTo(lastResult().revisions().ours())
        .isEqualTo(all.stream().mapToInt(ItemView::rev).sum());
  }

  private void change(Random random, int change) throws Exception {
    int item = 1 + random.nextInt(ITEMS);
    switch (random.nextInt(4)) {
      case 0 -> azure.change(item, TITLE, "Change " + change);
      case 1 ->
          azure.change(item, STATE, List.of("New", "Active", "Closed").get(random.nextInt(3)));
      case 2 -> azure.change(item, "System.History", "Said at " + change);
      default -> {
        // each pair once: the service refuses a link that is there
        if (change < ITEMS - 1) {
          azure.link(change + 1, change + 2);
        }
      }
    }
  }
}
