package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.command.webhook.WebhookSettings;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import io.countersign.sandbox.azuredevops.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history of notifications as a second source. */
class UndeliveredTest extends RealRuns {

  private Undelivered undelivered;

  @BeforeEach
  void subscribe() {
    azure.subscribe("git.push");
    undelivered =
        node.undelivered(new Hooks(azure.hookUrl(), WebhookSettings.withSecret("secret")));
  }

  private List<NotificationsReconciled> recorded() {
    return results().stream().map(result -> (NotificationsReconciled) result.event()).toList();
  }

  @Test
  void whatTheServiceGaveUpIsFetchedAndCounted() throws Exception {
    seen(() -> azure.push("Told"));
    azure.givenUp(() -> azure.push("Given up"));
    assertThat(events("resource.Pushed")).isOne();

    undelivered.fetch(source);
    assertThat(events("resource.Pushed")).isEqualTo(2);
    assertThat(
            node.count(
                "select count(*) from eventlog.entry where name = 'resource.Pushed'"
                    + " and actor = 'automation:reconciliation'"))
        .isOne();
    assertThat(recorded())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.notifications()).isEqualTo(new Count(1, 0));
              assertThat(result.missing()).isOne();
              assertThat(result.missingTypes()).isEqualTo(Map.of("git.push", 1));
              assertThat(result.filled()).isOne();
            });

    long entries = node.entries();
    undelivered.fetch(source);
    assertThat(node.entries()).as("nothing is missing any more").isEqualTo(entries);
  }

  @Test
  void whatWasGivenUpAndCameAllTheSameIsNotMissing() throws Exception {
    azure.refusedAfterReceipt(() -> azure.push("Came, and was answered badly"));
    node.settle();
    assertThat(events("resource.Pushed")).isOne();

    undelivered.fetch(source);
    assertThat(events("resource.Pushed")).isOne();
    assertThat(recorded()).as("nothing was missing").isEmpty();
  }

  @Test
  void workItemsAreLeftToTheirRevisions() throws Exception {
    azure.givenUp(() -> azure.create("Given up"));
    undelivered.fetch(source);
    assertThat(recorded()).isEmpty();
    assertThat(known(1).isRegistered()).isFalse();
  }

  @Test
  void aServiceThatDoesNotSayIsNotTakenForOneThatDeliveredAll() throws Exception {
    azure.givenUp(() -> azure.push("Given up"));
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "POST", "notificationsquery"));
    assertThatThrownBy(() -> undelivered.fetch(source)).isInstanceOf(NotComparedException.class);
    assertThat(recorded()).isEmpty();
    undelivered.fetch(source);
    assertThat(recorded()).hasSize(1);
  }
}
