package io.countersign.command.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTemplatesTest {

  @Test
  void everyRowMeansWhatItSays() {
    for (String[] row : Table.rows(ProcessTemplates.TABLE)) {
      for (Process process : Table.processes(row[0])) {
        for (String type : Table.list(row[1])) {
          for (String pair : Table.list(row[2])) {
            String[] sides = pair.split("=");
            assertThat(ProcessTemplates.meaning(process, type, sides[0]))
                .as(process + " " + type + " " + pair)
                .contains(WorkItemState.of(sides[1]));
          }
        }
      }
    }
  }

  @Test
  void statesThatAnInheritedProcessAddsMeanThemselves() {
    for (String pair : Table.list(ProcessTemplates.ADDED.strip())) {
      String[] sides = pair.split("=");
      assertThat(ProcessTemplates.meaning(Process.AGILE, "User Story", sides[0]))
          .contains(WorkItemState.of(sides[1]));
    }
  }

  @Test
  void aStateTheTemplateHasNotIsNotMapped() {
    assertThat(ProcessTemplates.meaning(Process.AGILE, "User Story", "Parked")).isEmpty();
    assertThat(ProcessTemplates.meaning(Process.SCRUM, "Task", "Committed")).isEmpty();
  }

  @Test
  void typesTheTemplateHasNotUseItsUsualStates() {
    assertThat(ProcessTemplates.meaning(Process.SCRUM, "Spike", "Committed"))
        .contains(WorkItemState.IN_PROGRESS);
  }

  @Test
  void theProcessIsGuessedFromTypeThenStates() {
    assertThat(guess("User Story")).isEqualTo(Process.AGILE);
    assertThat(guess("Product Backlog Item")).isEqualTo(Process.SCRUM);
    assertThat(guess("Requirement")).isEqualTo(Process.CMMI);
    assertThat(guess("Issue", "Doing")).isEqualTo(Process.BASIC);
    assertThat(guess("Bug", "New")).isEqualTo(Process.AGILE);
    assertThat(guess("Bug", "New", "Approved")).isEqualTo(Process.SCRUM);
    assertThat(guess("Bug", "Proposed")).isEqualTo(Process.CMMI);
    assertThat(guess("Bug", "Parked")).isEqualTo(Process.AGILE);
    assertThat(guess("Spike", "Committed")).isEqualTo(Process.SCRUM);
  }

  @Test
  void whatTheProjectIsAssumedToHaveDecidesBetweenSeveral() {
    assertThat(ProcessTemplates.guess("Bug", List.of("New"), Process.SCRUM))
        .isEqualTo(Process.SCRUM);
    assertThat(ProcessTemplates.guess("Product Backlog Item", List.of(), Process.CMMI))
        .isEqualTo(Process.SCRUM);
    assertThat(ProcessTemplates.guess("Spike", List.of("Parked"), Process.CMMI))
        .isEqualTo(Process.CMMI);
  }

  private static Process guess(String type, String... states) {
    return ProcessTemplates.guess(type, List.of(states), null);
  }
}
