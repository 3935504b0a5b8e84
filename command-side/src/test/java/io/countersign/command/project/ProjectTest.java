package io.countersign.command.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectCommand.ChooseProcess;
import io.countersign.kernel.project.ProjectCommand.MapState;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ProjectTest {

  private static final ProjectId PROJECT = new ProjectId(new OrganizationId("fabrikam"), "web");
  private static final ProjectEvent REGISTERED =
      new ProjectEvent.Registered(PROJECT, "Web", Process.AGILE);

  private final FixtureConfiguration<Project> fixture =
      new AggregateTestFixture<>(Project.class).registerCommandTargetResolver(new ByAggregateId());

  @Test
  void theFirstDeliveryRegisters() {
    fixture
        .givenNoPriorActivity()
        .when(new RegisterProject(PROJECT, "Web", Process.AGILE))
        .expectResultMessagePayload(Recorded.NEW)
        .expectEvents(REGISTERED);
  }

  @Test
  void laterDeliveriesChangeNothing() {
    fixture
        .given(REGISTERED)
        .when(new RegisterProject(PROJECT, "Web", Process.SCRUM))
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
    fixture
        .given(REGISTERED)
        .when(new RegisterProject(PROJECT, null, Process.SCRUM))
        .expectNoEvents();
  }

  @Test
  void anotherNameRenames() {
    fixture
        .given(REGISTERED)
        .when(new RegisterProject(PROJECT, "Site", Process.AGILE))
        .expectEvents(new ProjectEvent.Renamed(PROJECT, "Site"));
  }

  @Test
  void aProcessIsChosenOnce() {
    fixture
        .given(REGISTERED)
        .when(new ChooseProcess(PROJECT, Process.AGILE))
        .expectEvents(new ProjectEvent.ProcessChosen(PROJECT, Process.AGILE));
    fixture
        .given(REGISTERED, new ProjectEvent.ProcessChosen(PROJECT, Process.AGILE))
        .when(new ChooseProcess(PROJECT, Process.AGILE))
        .expectNoEvents();
  }

  @Test
  void aStateIsMappedAndMappedAnew() {
    var testing = new ProjectEvent.StateMapped(PROJECT, "Bug", "Parked", WorkItemState.TESTING);
    fixture
        .given(REGISTERED)
        .when(new MapState(PROJECT, "Bug", "Parked", WorkItemState.TESTING))
        .expectEvents(testing);
    fixture
        .given(REGISTERED, testing)
        .when(new MapState(PROJECT, "Bug", "Parked", WorkItemState.TESTING))
        .expectNoEvents();
    fixture
        .given(REGISTERED, testing)
        .when(new MapState(PROJECT, "Bug", "Parked", WorkItemState.BLOCKED))
        .expectEvents(
            new ProjectEvent.StateMapped(PROJECT, "Bug", "Parked", WorkItemState.BLOCKED));
  }

  @Test
  void nothingIsDecidedAboutAnUnknownProject() {
    fixture
        .givenNoPriorActivity()
        .when(new ChooseProcess(PROJECT, Process.AGILE))
        .expectException(AggregateNotFoundException.class);
  }

  @Test
  void whatAnOperatorDecidedGoesBeforeWhatIsGuessed() {
    ProjectSettings settings =
        ProjectSettings.UNKNOWN
            .evolve(REGISTERED)
            .evolve(
                new ProjectEvent.StateMapped(PROJECT, "Bug", "Approved", WorkItemState.BLOCKED));
    var guessed = settings.reading("Bug", List.of("New", "Approved"));
    assertThat(guessed.process()).isEqualTo(Process.AGILE);
    assertThat(guessed.of("Approved")).isEqualTo(WorkItemState.BLOCKED);
    assertThat(guessed.of("Parked")).isNull();

    var chosen =
        settings
            .evolve(new ProjectEvent.ProcessChosen(PROJECT, Process.SCRUM))
            .reading("Bug", List.of("New", "Committed", "Approved"));
    assertThat(chosen.process()).isEqualTo(Process.SCRUM);
    assertThat(chosen.of("Committed")).isEqualTo(WorkItemState.IN_PROGRESS);
    assertThat(chosen.of("Approved")).isEqualTo(WorkItemState.BLOCKED);
  }
}
