package io.countersign.command.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  /**
   * What every process allows, written out: {@code any} holds in all of them. The policies say it
   * in their own way.
   */
  private static final String TABLE =
      """
      any   | New        | Ready, Removed
      any   | Ready      | InProgress, Removed
      any   | InProgress | CodeReview, Blocked, Removed
      any   | CodeReview | Testing, Blocked
      any   | Testing    | Staging, Blocked
      any   | Staging    | Production, Blocked
      any   | Production | Done
      any   | Blocked    | Ready
      any   | Removed    | New
      basic | New        | InProgress, Done
      basic | InProgress | New, Testing, Done
      basic | Testing    | InProgress, Done
      basic | Done       | New, InProgress
      agile | New        | InProgress
      agile | InProgress | New, Testing, Done
      agile | Testing    | InProgress, Done, Removed
      agile | Done       | InProgress, Testing
      scrum | New        | InProgress
      scrum | Ready      | New
      scrum | InProgress | New, Ready, Testing, Done
      scrum | Testing    | InProgress, Done
      scrum | Done       | InProgress
      cmmi  | New        | InProgress
      cmmi  | InProgress | New, Testing
      cmmi  | Testing    | InProgress, Done
      cmmi  | Done       | InProgress, Testing
      """;

  /** As drawn in the documents of the nine states. */
  private static final List<String> DOCUMENTED =
      List.of(
          "New>Ready",
          "Ready>InProgress",
          "InProgress>CodeReview",
          "CodeReview>Testing",
          "Testing>Staging",
          "Staging>Production",
          "Production>Done",
          "InProgress>Blocked",
          "CodeReview>Blocked",
          "Testing>Blocked",
          "Staging>Blocked",
          "Blocked>Ready");

  @Test
  void everyRowAllowsWhatItSaysAndNothingElseIsAllowed() {
    Set<String> written = new HashSet<>();
    for (String[] row : Table.rows(TABLE)) {
      for (Process process : Table.processes(row[0])) {
        for (String to : Table.list(row[2])) {
          written.add(process + " " + row[1] + ">" + to);
        }
      }
    }
    for (Process process : Process.values()) {
      for (WorkItemState from : WorkItemState.values()) {
        for (WorkItemState to : WorkItemState.values()) {
          boolean allowed = Transitions.refusal(process, from, to).isEmpty();
          String edge = process + " " + from.word() + ">" + to.word();
          assertThat(allowed).as(edge).isEqualTo(from == to || written.contains(edge));
        }
      }
    }
  }

  @Test
  void everyProcessHasTheDocumentedWayOfTheNineStates() {
    for (Process process : Process.values()) {
      for (String edge : DOCUMENTED) {
        String[] ends = edge.split(">");
        assertThat(Transitions.from(process, WorkItemState.of(ends[0])))
            .as(process + " " + edge)
            .contains(WorkItemState.of(ends[1]));
      }
    }
  }

  @Test
  void theStatesOfEveryTemplateRowFollowEachOther() {
    for (String[] row : Table.rows(ProcessTemplates.TABLE)) {
      for (Process process : Table.processes(row[0])) {
        WorkItemState before = null;
        for (String pair : Table.list(row[2])) {
          WorkItemState state = WorkItemState.of(pair.split("=")[1]);
          if (before != null) {
            assertThat(Transitions.refusal(process, before, state))
                .as(process + " " + row[1] + " to " + pair)
                .isEmpty();
          }
          before = state;
        }
      }
    }
  }

  @Test
  void aRefusalNamesTheRuleAndWhatWouldBeAllowed() {
    var broken =
        Transitions.refusal(Process.CMMI, WorkItemState.IN_PROGRESS, WorkItemState.DONE)
            .orElseThrow();
    assertThat(broken.rule()).isEqualTo("cmmi.transition");
    assertThat(broken.reason())
        .isEqualTo(
            "in the cmmi process, InProgress is not followed by Done but by: New, CodeReview,"
                + " Testing, Blocked, Removed");
  }
}
