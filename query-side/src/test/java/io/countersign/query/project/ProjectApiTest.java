package io.countersign.query.project;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectApiTest {

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void projectsAreListedWithTheirMappings() {
    ProjectId other = new ProjectId(new OrganizationId("contoso"), "one");
    long last =
        api.append(
            new ProjectEvent.Registered(Histories.PROJECT, "Fabrikam", Process.AGILE),
            new ProjectEvent.Registered(other, null, Process.BASIC),
            new ProjectEvent.Renamed(Histories.PROJECT, "Fabrikam Web"),
            new ProjectEvent.ProcessChosen(Histories.PROJECT, Process.SCRUM),
            new ProjectEvent.StateMapped(Histories.PROJECT, "Bug", "Odd", WorkItemState.READY),
            new ProjectEvent.StateMapped(Histories.PROJECT, "Bug", "Odd", WorkItemState.DONE));
    api.client
        .get()
        .uri("/api/v1/projects?limit=1&atLeast=" + last)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Countersign-Position", last)
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(1)
        .jsonPath("$.items[0].id")
        .isEqualTo("project:contoso:one")
        .jsonPath("$.items[0].processChosen")
        .isEqualTo(false)
        .jsonPath("$.next")
        .value(
            String.class,
            next ->
                api.client
                    .get()
                    .uri("/api/v1/projects?limit=1&after=" + next)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items[0].name")
                    .isEqualTo("Fabrikam Web")
                    .jsonPath("$.items[0].process")
                    .isEqualTo("scrum")
                    .jsonPath("$.items[0].processChosen")
                    .isEqualTo(true)
                    .jsonPath("$.items[0].stateMappings.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].stateMappings[0].state")
                    .isEqualTo("Done")
                    .jsonPath("$.next")
                    .doesNotExist());
    api.client
        .get()
        .uri("/api/v1/projects/" + Histories.PROJECT)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("ETag", "\"1-" + last + "\"");
    api.client
        .get()
        .uri("/api/v1/projects?organization=contoso")
        .exchange()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(1);
    api.client
        .get()
        .uri("/api/v1/projects/project:contoso:two")
        .exchange()
        .expectStatus()
        .isNotFound();
    api.client
        .get()
        .uri("/api/v1/projects?after=zzz")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.parameter")
        .isEqualTo("after");
  }
}
