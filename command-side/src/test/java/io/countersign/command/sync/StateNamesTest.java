package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.client.ProjectCalls.ItemState;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.sync.StateNames.Choice;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent.ProcessChosen;
import io.countersign.kernel.project.ProjectEvent.StateMapped;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateNamesTest {

  private static final ProjectId PROJECT = new ProjectId(new OrganizationId("fabrikam"), "a1");
  private static final ProjectSettings AGILE =
      ProjectSettings.UNKNOWN.evolve(new ProcessChosen(PROJECT, Process.AGILE));

  /** States as name/category. */
  private static Choice of(ProjectSettings settings, WorkItemState wanted, String... states) {
    List<ItemState> there =
        Stream.of(states)
            .map(state -> new ItemState(state.split("/")[0], state.split("/")[1]))
            .toList();
    var reading = settings.reading("Bug", there.stream().map(ItemState::name).toList());
    return new StateNames("Bug", settings, reading, there).of(wanted);
  }

  @Test
  void theProcessTellsAndAStateOfOurNameGoesFirst() {
    assertThat(of(AGILE, WorkItemState.TESTING, "New/Proposed", "Resolved/Resolved"))
        .isEqualTo(new Choice.Name("Resolved"));
    assertThat(of(AGILE, WorkItemState.TESTING, "Testing/InProgress", "Resolved/Resolved"))
        .isEqualTo(new Choice.Name("Testing"));
    assertThat(of(AGILE, WorkItemState.CODE_REVIEW, "Code Review/InProgress"))
        .isEqualTo(new Choice.Name("Code Review"));
  }

  @Test
  void whatAnOperatorMappedGoesBeforeAll() {
    var mapped = AGILE.evolve(new StateMapped(PROJECT, "Bug", "QA", WorkItemState.TESTING));
    assertThat(of(mapped, WorkItemState.TESTING, "Testing/InProgress", "QA/InProgress"))
        .isEqualTo(new Choice.Name("QA"));
  }

  @Test
  void aStateNobodyMappedStandsForItsCategoryWhenItIsTheOnlyOne() {
    assertThat(of(AGILE, WorkItemState.DONE, "Shipped/Completed"))
        .isEqualTo(new Choice.Name("Shipped"));
    assertThat(of(AGILE, WorkItemState.DONE, "Shipped/Completed", "Dropped/Completed"))
        .isInstanceOfSatisfying(
            Choice.None.class,
            none -> {
              assertThat(none.code()).isEqualTo("state-ambiguous");
              assertThat(none.words()).contains("'Dropped', 'Shipped'");
            });
  }

  @Test
  void whereThereIsNoneTheWordsSayWhatThereIs() {
    assertThat(of(AGILE, WorkItemState.STAGING, "New/Proposed", "Closed/Completed"))
        .isEqualTo(
            new Choice.None(
                "no-state",
                "no state of the type Bug stands for Staging; it has 'Closed', 'New': map one of"
                    + " them for the project"));
  }

  @Test
  void whatIsReadAsSomethingElseIsNotTakenByItsCategory() {
    assertThat(of(AGILE, WorkItemState.NEW, "Ready/Proposed")).isInstanceOf(Choice.None.class);
  }
}
