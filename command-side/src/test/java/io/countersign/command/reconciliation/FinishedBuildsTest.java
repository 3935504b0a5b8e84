package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.sandbox.azuredevops.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds that no webhook told of. */
class FinishedBuildsTest extends RealRuns {

  private List<BuildsReconciled> recorded() {
    return results().stream().map(result -> (BuildsReconciled) result.event()).toList();
  }

  @Test
  void whatNoWebhookToldIsFetchedCountedAndComparedOnce() throws Exception {
    azure.subscribe("build.complete");
    seen(() -> azure.build("succeeded"));
    azure.unseen(
        () -> {
          azure.build("failed");
          azure.build("succeeded");
        });
    assertThat(events("resource.BuildCompleted")).isOne();

    node.builds().compare(source);
    assertThat(events("resource.BuildCompleted")).isEqualTo(3);
    assertThat(
            node.count(
                "select count(*) from eventlog.entry where name = 'resource.BuildCompleted'"
                    + " and actor = 'automation:reconciliation'"))
        .isEqualTo(2);
    assertThat(recorded())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.builds()).isEqualTo(new Count(3, 1));
              assertThat(result.missing()).isEqualTo(2);
              assertThat(result.missingList()).containsExactly(2, 3);
              assertThat(result.filled()).isEqualTo(2);
            });

    long entries = node.entries();
    node.builds().compare(source);
    assertThat(node.entries()).as("no build finished since").isEqualTo(entries);
  }

  @Test
  void aSourceThatDoesNotGiveItsListHasNotBeenCompared() throws Exception {
    azure.unseen(() -> azure.build("succeeded"));
    azure.sandbox.control().fault(Fault.of(Fault.Kind.SIGN_IN, 1, "GET", "build/builds"));
    assertThatThrownBy(() -> node.builds().compare(source))
        .isInstanceOf(NotComparedException.class);
    assertThat(recorded()).isEmpty();

    node.builds().compare(source);
    assertThat(recorded()).singleElement().extracting(BuildsReconciled::filled).isEqualTo(1);
  }
}
