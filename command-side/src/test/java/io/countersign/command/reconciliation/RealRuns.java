package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.reconciliation.Reconciler.Run;
import io.countersign.command.reconciliation.ReconciliationView.Result;
import io.countersign.kernel.Actor;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.sandbox.azuredevops.ItemView;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs on an Azure DevOps over HTTP, the real log, a real inbox. */
abstract class RealRuns {

  static final String TITLE = "System.Title";
  static final String STATE = "System.State";

  @TempDir Path directory;

  RealReconciliation node;
  RealSource azure;
  Source source;

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

  boolean reconcile(Asked asked) throws Exception {
    return run(node.reconciler(), asked);
  }

  boolean run(Reconciler reconciler, Asked asked) throws Exception {
    Run run = reconciler.begin(source, asked, Actor.RECONCILIATION).orElseThrow();
    boolean done = run.compare();
    node.settle();
    return done;
  }

  void seen(RealSource.ThrowingRunnable work) throws Exception {
    azure.seen(work);
    node.settle();
  }

  Known known(int item) {
    return new KnownItems(node.log.store()).of(id(item));
  }

  WorkItemId id(int item) {
    return new WorkItemId(source.project().organization(), item);
  }

  List<Result> results() {
    return new Results(node.log.store()).of(source.project(), null, 50).items();
  }

  SourceReconciled lastResult() {
    return results().stream()
        .map(Result::event)
        .filter(SourceReconciled.class::isInstance)
        .map(SourceReconciled.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** All updates are in the log, and its state is the source's. */
  void assertWhole(int item) {
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

  RunTable.Status table() {
    return node.table.find(source.project()).orElseThrow();
  }

  long events(String name) {
    return node.count("select count(*) from eventlog.entry where name = '%s'".formatted(name));
  }
}
