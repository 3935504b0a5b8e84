package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.sandbox.azuredevops.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Work items that the source does not give any more. */
class AbsencesTest extends RealRuns {

  @Test
  void whatWasDestroyedIsAbsentAndNeverSaidToBeDeleted() throws Exception {
    int[] items = new int[3];
    seen(
        () -> {
          items[0] = azure.create("Stays");
          items[1] = azure.create("Destroyed");
          items[2] = azure.create("In the recycle bin");
          azure.change(items[1], STATE, "Active");
          azure.delete(items[2]);
        });
    azure.unseen(() -> azure.destroy(items[1]));

    assertThat(reconcile(Asked.SCHEDULE)).isTrue();
    assertThat(lastResult().unexpected()).as("it is not listed: nothing to compare").isZero();

    assertThat(reconcile(Asked.FULL)).isTrue();
    assertThat(lastResult().unexpectedList())
        .containsExactly(new Difference(id(items[1]), Kind.ABSENT, 2, 2));
    assertThat(lastResult().unexpected()).isOne();
    assertThat(lastResult().missing()).isZero();
    assertThat(known(items[1]).isDeleted()).isFalse();
    assertThat(
            node.log
                .store()
                .readEvents(id(items[1]).toString(), 0)
                .asStream()
                .map(message -> (Object) message.getPayload()))
        .noneMatch(WorkItemEvent.Deleted.class::isInstance);
  }

  @Test
  void whatIsInTheRecycleBinAndNotListedYetIsNotAbsent() throws Exception {
    seen(() -> azure.create("Deleted a moment ago"));
    azure.unseen(() -> azure.delete(1));
    var absences = new Absences(new JdbcLogReader(node.pool), node.known());
    assertThat(absences.of(source, Set.of())).isEmpty();
  }

  @Test
  void aSourceThatDoesNotSayIsNotTakenForOneThatHasNothing() throws Exception {
    seen(() -> azure.create("Destroyed"));
    azure.unseen(() -> azure.destroy(1));
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "POST", "workitemsbatch"));
    assertThat(reconcile(Asked.FULL)).isFalse();
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "GET", "recyclebin"));
    assertThat(reconcile(Asked.FULL)).isFalse();
    assertThat(reconcile(Asked.FULL)).isTrue();
    assertThat(lastResult().unexpected()).isOne();
  }
}
