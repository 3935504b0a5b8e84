package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.reconciliation.Reconciler.Run;
import io.countersign.command.reconciliation.ReconciliationView.Result;
import io.countersign.command.webhook.WebhookSettings;
import io.countersign.kernel.Actor;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.sandbox.azuredevops.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One run at a time, and none that claims more than it compared. */
class RunsTest extends RealRuns {

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

  @Test
  void aRunThatWaitsForTheSourceKeepsItsProjectAndADeadOneForAMinuteAtMost() throws Exception {
    azure
        .sandbox
        .control()
        .fault(Fault.of(Fault.Kind.DELAY, 1, "GET", "reporting").after(Duration.ofSeconds(60)));
    var brief = new RunTable(node.pool, Duration.ofMillis(400));
    Run run =
        node.reconciler(brief).begin(source, Asked.DEMAND, Actor.RECONCILIATION).orElseThrow();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              try {
                run.compare();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    for (int renewal = 0; renewal < 3; renewal++) {
      // as if the time were up, had nobody renewed
      node.jdbc.sql("update reconciliation.project set lease_until = now()").update();
      while (!table().running()) {
        Thread.onSpinWait();
      }
    }
    waiting.interrupt();
    waiting.join();
    assertThat(table().running()).as("after its end").isFalse();

    node.reconciler().begin(source, Asked.DEMAND, Actor.RECONCILIATION).orElseThrow();
    assertThat(
            node.count(
                "select count(*) from reconciliation.project"
                    + " where lease_until between now() and now() + interval '1 minute'"))
        .as("what nobody renews ends")
        .isOne();
  }

  @Test
  void aNodeThatStopsGivesTheProjectBackAndRecordsNothing() throws Exception {
    azure
        .sandbox
        .control()
        .fault(Fault.of(Fault.Kind.DELAY, 1, "GET", "reporting").after(Duration.ofSeconds(30)));
    var hooks = new Hooks(null, WebhookSettings.withSecret("secret"));
    var schedule =
        new ReconciliationSchedule(
            new Sources(azure.client, List.of()),
            node.reconciler(),
            new HookWatch(hooks, node.table, node.sender, UUID::randomUUID),
            node.undelivered(hooks),
            node.builds(),
            Duration.ZERO);
    schedule.start();
    assertThat(schedule.demand(source, Asked.DEMAND, Actor.principal("ann"))).isPresent();
    assertThat(schedule.demand(source, Asked.DEMAND, Actor.principal("ann"))).isEmpty();
    while (!azure.sandbox.control().faultsLeft().isEmpty()) {
      Thread.onSpinWait();
    }
    schedule.stop();

    assertThat(table().running()).isFalse();
    assertThat(results()).isEmpty();
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
  }

  @Test
  void healthSaysHowManyProjectsAndNeverWhich() throws Exception {
    var health = new ReconciliationHealth(node.table, Instant::now, new SimpleMeterRegistry());
    azure.unseen(() -> azure.create("Lost"));
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "GET", "reporting"));
    assertThat(reconcile(Asked.SCHEDULE)).isFalse();
    health.sample();
    assertThat(health.warnings())
        .singleElement()
        .asString()
        .contains("1 project(s) are not compared")
        .doesNotContain("Fabrikam");

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    health.sample();
    assertThat(health.warnings()).singleElement().asString().contains("no webhook told");

    seen(() -> azure.create("Told"));
    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    health.sample();
    assertThat(health.warnings()).isEmpty();
  }
}
