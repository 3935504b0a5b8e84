package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.reconciliation.Reconciler.Run;
import io.countersign.command.reconciliation.ReconciliationView.Result;
import io.countersign.kernel.Actor;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.sandbox.azuredevops.ItemView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lost webhooks are found and filled: an Azure DevOps over HTTP, the real log, a real inbox. */
class ReconcilingTest {

  private static final String TITLE = "System.Title";
  private static final String STATE = "System.State";

  @TempDir private Path directory;

  private RealReconciliation node;
  private RealSource azure;
  private Source source;

  @BeforeEach
  void start() throws Exception {
    node = new RealReconciliation(directory);
    azure = new RealSource(directory, node::receive);
    source = azure.source();
  }

  @AfterEach
  void stop() {
    azure.close();
    node.close();
  }

  private boolean reconcile(Asked asked) throws Exception {
    return run(node.reconciler(), asked);
  }

  private boolean run(Reconciler reconciler, Asked asked) throws Exception {
    Run run = reconciler.begin(source, asked, Actor.RECONCILIATION).orElseThrow();
    boolean done = run.compare();
    node.settle();
    return done;
  }

  private void seen(RealSource.ThrowingRunnable work) throws Exception {
    azure.seen(work);
    node.settle();
  }

  private Known known(int item) {
    return new KnownItems(node.log.store()).of(id(item));
  }

  private WorkItemId id(int item) {
    return new WorkItemId(source.project().organization(), item);
  }

  private List<Result> results() {
    return new Results(node.log.store()).of(source.project(), null, 50).items();
  }

  private SourceReconciled lastResult() {
    return results().stream()
        .map(Result::event)
        .filter(SourceReconciled.class::isInstance)
        .map(SourceReconciled.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** All updates are in the log, and its state is the source's. */
  private void assertWhole(int item) {
    ItemView there = azure.view(item);
    Known here = known(item);
    assertThat(here.firstMissing(1))
        .as("first update of %d missing", item)
        .isEqualTo(there.updates() + 1);
    assertThat(here.isDeleted()).as("%d in the recycle bin", item).isEqualTo(there.deleted());
    String state = "";
    var stream = node.log.store().readEvents(id(item).toString(), 0);
    while (stream.hasNext()) {
      Object event = stream.next().getPayload();
      if (event instanceof WorkItemEvent.Registered registered) {
        state = registered.sourceState();
      } else if (event instanceof WorkItemEvent.StateChanged changed) {
        state = changed.sourceTo();
      }
    }
    assertThat(state).as("state of %d", item).isEqualTo(there.state());
  }

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

  private long events(String name) {
    return node.count("select count(*) from eventlog.entry where name = '%s'".formatted(name));
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
  void whatFailsInTheMiddleIsRecordedOnceAndComparedLater() throws Exception {
    azure.unseen(
        () -> {
          azure.create("One");
          azure.create("Two");
        });
    azure
        .sandbox
        .control()
        .fault(Fault.of(Fault.Kind.UNAVAILABLE, 2, "GET", "workitems/2/updates"));

    assertThat(reconcile(Asked.SCHEDULE)).isFalse();
    assertThat(reconcile(Asked.SCHEDULE)).isFalse();

    assertThat(results())
        .singleElement()
        .extracting(Result::kind)
        .isEqualTo("ReconciliationFailed");
    assertThat(table().reached()).isNull();
    assertThat(known(1).isRegistered()).as("nothing is filled that is not recorded").isFalse();

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().missing()).isEqualTo(2);
    assertThat(lastResult().filled()).isEqualTo(2);
    assertThat(table().reached()).isNotNull();
  }

  @Test
  void aSignInPageAndABlockAreNeverTakenForNoDifference() throws Exception {
    azure.unseen(() -> azure.create("Lost"));
    for (Fault.Kind kind : List.of(Fault.Kind.SIGN_IN, Fault.Kind.TOO_MANY_REQUESTS)) {
      azure.sandbox.control().fault(Fault.of(kind, 1, "GET", "reporting"));
      assertThat(reconcile(Asked.SCHEDULE)).isFalse();
      assertThat(results().getFirst().event()).isInstanceOf(ReconciliationFailed.class);
    }
    assertThat(results()).extracting(Result::actor).containsOnly(Actor.RECONCILIATION.ref());
    assertThat(results()).extracting(Result::event).noneMatch(SourceReconciled.class::isInstance);
    List<ReconciliationEvent> failures = results().stream().map(Result::event).toList();
    assertThat(failures)
        .extracting(failure -> ((ReconciliationFailed) failure).reason())
        .anyMatch(reason -> reason.startsWith("not signed in"))
        .anyMatch(reason -> reason.startsWith("asked to wait"));
  }

  @Test
  void oneOfTwoNodesComparesAndTheOtherLeavesItAlone() throws Exception {
    azure.unseen(() -> azure.create("Lost"));
    Run first = node.reconciler().begin(source, Asked.DEMAND, Actor.RECONCILIATION).orElseThrow();
    assertThat(node.reconciler().begin(source, Asked.DEMAND, Actor.RECONCILIATION)).isEmpty();
    assertThat(first.compare()).isTrue();

    Callable<Boolean> both =
        () ->
            node.reconciler()
                .begin(source, Asked.DEMAND, Actor.RECONCILIATION)
                .map(
                    run -> {
                      try {
                        return run.compare();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    })
                .orElse(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(List.of(both, both))) {
        assertThat(done.get()).isTrue();
      }
    }
    node.settle();
    assertThat(known(1).firstMissing(1)).isEqualTo(2);
    assertThat(node.count("select count(*) from eventlog.entry where name = 'workitem.Registered'"))
        .isOne();
  }

  @Test
  void aRunThatLostItsProjectMovesNothing() throws Exception {
    Run lost = node.reconciler().begin(source, Asked.SCHEDULE, Actor.RECONCILIATION).orElseThrow();
    node.jdbc.sql("update reconciliation.project set lease_until = now() - interval '1s'").update();
    Run other = node.reconciler().begin(source, Asked.SCHEDULE, Actor.RECONCILIATION).orElseThrow();
    assertThat(lost.compare()).isFalse();
    assertThat(table().run()).isEqualTo(other.id());
    assertThat(table().running()).isTrue();
    assertThat(table().reached()).isNull();
  }

  private RunTable.Status table() {
    return node.table.find(source.project()).orElseThrow();
  }
}
