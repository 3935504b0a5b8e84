package io.countersign.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.escalation.EscalationAggregate;
import io.countersign.command.project.Projects;
import io.countersign.command.resource.Resources;
import io.countersign.command.workitem.WorkItems;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentSnapshotsTest {

  private final CurrentSnapshots filter =
      new CurrentSnapshots(
          Map.of(
              "workitem", WorkItems.aggregate(),
              "project", Projects.aggregate(),
              "resource", Resources.aggregate(),
              "escalation", EscalationAggregate.aggregate()));

  @Test
  void onlySnapshotsOfThisRevisionAreUsed() {
    Map<String, String> current =
        Map.of("workitem", "6", "project", "2", "resource", "1", "escalation", "1");
    for (String type : current.keySet()) {
      assertThat(filter.allow(type, current.get(type))).isTrue();
      assertThat(filter.allow(type, "0")).isFalse();
      assertThat(filter.allow(type, null)).isFalse();
    }
    assertThat(filter.allow("something", "1")).isFalse();
  }
}
