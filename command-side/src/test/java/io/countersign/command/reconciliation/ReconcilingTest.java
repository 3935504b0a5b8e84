package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.sandbox.azuredevops.Fault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lost webhooks are found and filled. */
class ReconcilingTest extends RealRuns {

  @Test
  void creationsUpdatesLinksAndTheBinAreFoundAndFilled() throws Exception {
    int[] items = new int[5];
    seen(
        () -> {
          items[0] = azure.create("Update in the middle lost");
          items[1] = azure.create("Link lost");
          items[2] = azure.create("Restoration lost");
        });
    azure.unseen(
        () -> {
          items[3] = azure.create("Creation lost");
          items[4] = azure.create("Everything lost");
          azure.change(items[4], STATE, "Active");
          azure.change(items[0], STATE, "Active");
          azure.link(items[1], items[2]);
        });
    seen(
        () -> {
          azure.change(items[0], TITLE, "Told again");
          azure.change(items[3], TITLE, "Told for the first time");
        });
    assertThat(known(items[0]).hasGap()).isTrue();
    assertThat(known(items[4]).isRegistered()).isFalse();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();

    SourceReconciled result = lastResult();
    // the middle one, both ends of the link, a creation, and two of what was never told
    assertThat(result.missing()).isEqualTo(6);
    assertThat(result.filled()).isEqualTo(6);
    assertThat(result.unexpected()).isZero();
    assertThat(result.workItems()).isEqualTo(new Count(5, 4));
    assertThat(result.revisions()).isEqualTo(new Count(9, 5));
    assertThat(result.missingList())
        .contains(
            new Difference(id(items[0]), Kind.UPDATE, 2, 2),
            new Difference(id(items[1]), Kind.UPDATE, 2, 2),
            new Difference(id(items[4]), Kind.UPDATE, 1, 2));
    for (int item : items) {
      assertWhole(item);
    }
    assertThat(
            node.count(
                "select count(distinct aggregate_id) from eventlog.entry where actor = 'automation:reconciliation'"
                    + " and aggregate_id like 'workitem:%'"))
        .as("what was fetched says so")
        .isEqualTo(5);

    azure.unseen(() -> azure.delete(items[1]));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missingList())
        .extracting(Difference::kind)
        .containsExactly(Kind.DELETION);
    assertThat(lastResult().filled()).isOne();
    assertThat(known(items[1]).isDeleted()).isTrue();

    azure.unseen(() -> azure.restore(items[1]));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().filled()).isEqualTo(lastResult().missing());
    assertWhole(items[1]);
  }

  @Test
  void theUpdatesOfTheRecycleBinAreFetchedThoughTheBinItselfWasTold() throws Exception {
    seen(() -> azure.create("There and back"));
    seen(() -> azure.delete(1));
    seen(() -> azure.restore(1));
    assertThat(known(1).isDeleted()).isFalse();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missingList())
        .containsExactly(new Difference(id(1), Kind.UPDATE, 2, 3));
    assertWhole(1);

    seen(() -> azure.change(1, STATE, "Active"));
    assertThat(events("workitem.GapDetected")).isZero();
  }

  @Test
  void whatWasComparedInTheBinIsMadeWholeOnceItIsOut() throws Exception {
    azure.unseen(
        () -> {
          azure.create("Creation lost");
          azure.change(1, TITLE, "And this");
        });
    seen(() -> azure.change(1, TITLE, "Told for the first time"));
    seen(() -> azure.delete(1));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missingList())
        .containsExactly(new Difference(id(1), Kind.REVISION, 1, 2));
    assertThat(lastResult().filled()).isZero();

    seen(() -> azure.restore(1));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missingList())
        .containsExactly(
            new Difference(id(1), Kind.UPDATE, 1, 2), new Difference(id(1), Kind.UPDATE, 4, 5));
    assertWhole(1);
  }

  @Test
  void judgementsThatWaitedForWhatWasLostAreMade() throws Exception {
    seen(() -> azure.create("Closed without work"));
    azure.unseen(() -> azure.change(1, TITLE, "Nobody was told"));
    seen(() -> azure.change(1, STATE, "Closed"));
    assertThat(events("workitem.JudgementDeferred")).isOne();
    assertThat(events("workitem.TransitionViolated")).isZero();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertWhole(1);
    assertThat(events("workitem.TransitionViolated")).isOne();
  }

  @Test
  void whatTheSourceDoesNotHaveIsToldAsUnexpected() throws Exception {
    seen(() -> azure.create("One"));
    node.receive(
        """
        {"eventType":"workitem.updated","createdDate":"2026-03-02T09:15:27Z",
         "resourceContainers":{"collection":{"id":"%s"},"project":{"id":"%s"}},
         "resource":{"id":7,"workItemId":1,"rev":7,"fields":{},
           "revision":{"id":1,"rev":7,"fields":{"System.WorkItemType":"Task","System.State":"New"}}}}
        """
            .formatted(source.project().organization(), source.project().key())
            .getBytes(StandardCharsets.UTF_8));
    node.settle();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().unexpectedList())
        .containsExactly(new Difference(id(1), Kind.UPDATE, 7, 7));
    assertThat(lastResult().missing()).isZero();
  }

  @Test
  void nothingToDoWritesNothingAndARepetitionChangesNoItem() throws Exception {
    azure.unseen(() -> azure.create("Lost"));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    long entries = node.entries();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(node.entries()).isEqualTo(entries);

    assertThat(reconcile(Asked.FULL)).isTrue();
    assertThat(node.entries()).as("what was asked for").isEqualTo(entries + 1);
    assertThat(lastResult().revisions()).isEqualTo(new Count(1, 1));
    assertThat(lastResult().missing()).isZero();
    assertThat(lastResult().from()).isNull();
  }

  @Test
  void anItemThatCannotBeReadYetIsComparedAgainByTheNextRun() throws Exception {
    azure.unseen(() -> azure.create("Lost"));
    azure.sandbox.control().fault(Fault.of(Fault.Kind.NOT_FOUND, 1, "GET", "updates"));

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missingList())
        .containsExactly(new Difference(id(1), Kind.REVISION, 1, 1));
    assertThat(lastResult().filled()).isZero();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().filled()).isOne();
    assertWhole(1);
    long entries = node.entries();
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(node.entries()).as("it waits no longer").isEqualTo(entries);
  }
}
