package io.countersign.query.traceability;

import static io.countersign.query.traceability.Traced.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.resource.Artifact;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.Histories;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TraceabilityApiTest {

  private static final String TESTED_BY = "Microsoft.VSTS.Common.TestedBy-Forward";
  private static final String REPOSITORY = "75055255-180d-40f6-819c-5dd61686a788";

  private final Traced api = new Traced();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aRequirementLeadsFromItsEpicToItsDeployment() {
    api.append(
        item(1, "Epic", WorkItemState.IN_PROGRESS),
        item(2, "Feature", WorkItemState.IN_PROGRESS, toItem(PARENT, 1)),
        item(3, "User Story", WorkItemState.DONE, toItem(PARENT, 2), toItem(TESTED_BY, 5)),
        item(4, "Task", WorkItemState.DONE, toItem(PARENT, 3), pullRequest(57)),
        item(5, "Test Case", WorkItemState.DONE));
    api.append(merged(57, "abc123"), built(638, "abc123"));
    long last = api.append(deployed(12, 638));

    JsonNode row = api.get("", last).path("items").path(0);
    assertThat(ids(row.path("ancestors"))).containsExactly(id(2), id(1));
    assertThat(ids(row.path("tasks"))).containsExactly(id(4));
    assertThat(ids(row.path("tests"))).containsExactly(id(5));
    assertThat(row.path("commits").path(0).asString()).isEqualTo("abc123");
    assertThat(row.path("pullRequests").path(0).path("status").asString()).isEqualTo("completed");
    assertThat(row.path("builds").path(0).path("result").asString()).isEqualTo("succeeded");
    assertThat(row.path("deployments").path(0).path("environment").asString())
        .isEqualTo("Production");
    assertThat(row.path("holes").isEmpty()).isTrue();
    assertThat(api.findings(last)).isEmpty();
  }

  @Test
  void whatDoesNotHangTogetherIsFound() {
    long last =
        api.append(
            item(1, "Epic", WorkItemState.NEW),
            item(2, "Feature", WorkItemState.NEW),
            item(3, "User Story", WorkItemState.DONE, toItem(PARENT, 1)),
            item(4, "Task", WorkItemState.NEW, toItem(PARENT, 3)),
            item(5, "Task", WorkItemState.NEW, toItem(PARENT, 77)),
            item(6, "Feature", WorkItemState.NEW, toItem(PARENT, 7)),
            item(7, "Feature", WorkItemState.NEW, toItem(PARENT, 6)),
            item(8, "Bug", WorkItemState.NEW),
            item(9, "Impediment", WorkItemState.NEW),
            item(10, "Task", WorkItemState.NEW, toItem(PARENT, 11)),
            item(11, "User Story", WorkItemState.NEW, toItem(PARENT, 2)),
            new WorkItemEvent.Deleted(Histories.item(11), Histories.change(2, AT)));
    assertThat(api.findings(last))
        .containsExactlyInAnyOrder(
            "orphan 2",
            "wrong-parent 3",
            "unknown-parent 5",
            "wrong-parent 6",
            "wrong-parent 7",
            "cycle 6",
            "cycle 7",
            "open-child 3",
            "deleted-parent 10",
            "not-broken-down 1",
            "not-broken-down 2",
            "not-broken-down 6",
            "not-broken-down 7",
            "not-tested 3",
            "no-code 3",
            "not-deployed 3");
    assertThat(api.kinds("/findings", "&kind=cycle", last)).containsExactly("cycle 6", "cycle 7");
    assertThat(api.get("", last).path("items").path(0).path("holes").toString())
        .isEqualTo("[\"not-tested\",\"no-code\",\"not-deployed\"]");
  }

  @Test
  void eitherEndTellsARelationAndTheLastWordHolds() {
    api.append(
        item(2, "Feature", WorkItemState.NEW, toItem(CHILD, 3)),
        item(3, "User Story", WorkItemState.NEW));
    long told = api.append(item(4, "Task", WorkItemState.NEW, toItem(PARENT, 3)));
    assertThat(api.findings(told)).doesNotContain("orphan 3", "orphan 4");
    long removed =
        api.append(
            new WorkItemEvent.LinksChanged(
                Histories.item(3), List.of(), List.of(toItem(PARENT, 2)), Histories.change(2, AT)));
    assertThat(api.findings(removed)).contains("orphan 3");
    long again =
        api.append(
            new WorkItemEvent.LinksChanged(
                Histories.item(2), List.of(toItem(CHILD, 3)), List.of(), Histories.change(3, AT)));
    assertThat(api.findings(again)).doesNotContain("orphan 3");
  }

  @Test
  void anOlderUpdateThatComesLateDoesNotBringALinkBack() {
    api.append(item(3, "User Story", WorkItemState.NEW), item(2, "Feature", WorkItemState.NEW));
    api.append(
        new WorkItemEvent.LinksChanged(
            Histories.item(3), List.of(), List.of(toItem(PARENT, 2)), Histories.change(5, AT)));
    long late =
        api.append(
            new WorkItemEvent.LinksChanged(
                Histories.item(3), List.of(toItem(PARENT, 2)), List.of(), Histories.change(4, AT)));
    assertThat(api.findings(late)).contains("orphan 3");
  }

  @Test
  void pagesFollowEachOther() {
    List<Object> events = new ArrayList<>();
    for (int number = 1; number <= 7; number++) {
      events.add(item(number, "User Story", WorkItemState.NEW));
    }
    long last = api.append(events.toArray());
    List<String> rows = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (String path : List.of("", "/findings")) {
      String next = "";
      do {
        JsonNode page = api.get(path, "&limit=2" + next, last);
        page.path("items")
            .forEach(
                item -> {
                  if (path.isEmpty()) {
                    rows.add(item.path("requirement").path("id").asString());
                  } else {
                    found.add(item.path("kind").asString() + item.path("workItem").asString());
                  }
                });
        next = page.hasNonNull("next") ? "&after=" + page.path("next").asString() : "";
      } while (!next.isEmpty());
    }
    assertThat(rows).containsExactly(id(1), id(2), id(3), id(4), id(5), id(6), id(7));
    assertThat(found).hasSize(21).doesNotHaveDuplicates();
  }

  @Test
  void aProjectHasToBeNamedAndWordsHaveToBeKnown() {
    refused("/api/v1/traceability", "project");
    refused("/api/v1/traceability?project=fabrikam", "project");
    refused("/api/v1/traceability/findings?kind=odd&project=" + Histories.PROJECT, "kind");
  }

  private void refused(String path, String parameter) {
    api.api
        .client
        .get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.parameter")
        .isEqualTo(parameter);
  }

  private static List<String> ids(JsonNode items) {
    List<String> ids = new ArrayList<>();
    items.forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  private static Link pullRequest(int number) {
    return new Link(
        "ArtifactLink",
        "vstfs:///Git/PullRequestId/%s%%2f%s%%2F%d"
            .formatted(Histories.PROJECT.key(), REPOSITORY, number),
        null);
  }

  private static Report report(String type) {
    return new Report(type, new UUID(0, 1), Histories.PROJECT, AT);
  }

  private static ResourceEvent merged(int number, String commit) {
    return new ResourceEvent.PullRequestChanged(
        new ResourceId("pullrequest", Histories.ORGANIZATION, REPOSITORY + "/" + number),
        report("git.pullrequest.merged"),
        number,
        new Named(REPOSITORY, "web"),
        "completed",
        false,
        "refs/heads/feature",
        "refs/heads/main",
        null,
        null,
        commit,
        "succeeded",
        null,
        null,
        AT,
        AT,
        null,
        null,
        List.of(),
        List.of());
  }

  private static ResourceEvent built(int number, String commit) {
    return new ResourceEvent.BuildCompleted(
        new ResourceId("build", Histories.ORGANIZATION, String.valueOf(number)),
        report("build.complete"),
        "20260301.1",
        "completed",
        "succeeded",
        null,
        new Named("7", "ci"),
        null,
        "refs/heads/main",
        commit,
        null,
        null,
        AT,
        AT,
        AT);
  }

  private static ResourceEvent deployed(int release, int build) {
    return new ResourceEvent.DeploymentChanged(
        new ResourceId("release", Histories.ORGANIZATION, String.valueOf(release)),
        report("ms.vss-release.deployment-completed-event"),
        new Named("3", "Production"),
        "succeeded",
        1,
        null,
        null,
        AT,
        AT,
        List.of(
            new Artifact(
                "Build", "_ci", new Named("7", "ci"), new Named("" + build, "20260301.1"), null)));
  }
}
