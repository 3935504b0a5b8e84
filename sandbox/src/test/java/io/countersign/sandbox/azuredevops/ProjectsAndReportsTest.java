package io.countersign.sandbox.azuredevops;

import static io.countersign.sandbox.azuredevops.Rest.state;
import static io.countersign.sandbox.azuredevops.Rest.title;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Projects that take their time, processes, queries, and reports from a watermark on. */
class ProjectsAndReportsTest {

  private static final String REVISIONS = "_apis/wit/reporting/workitemrevisions?";

  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private AzureDevOpsSandbox sandbox;
  private Rest rest;

  @BeforeEach
  void start() {
    sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults().on(() -> now));
    rest = Rest.of(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Rest.Got create(String name, String process) {
    return rest.post(
        "_apis/projects?api-version=7.1",
        """
        {"name":"%s","visibility":"private","capabilities":{"versioncontrol":
          {"sourceControlType":"Git"},"processTemplate":{"templateTypeId":"%s"}}}
        """
            .formatted(name, process));
  }

  @Test
  void projectCanBeReadSomeTimeAfterItsOperationSucceeded() {
    Rest.Got begun = create("Tailwind", "6b724908-ef14-45cf-84f8-768b5384da45");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().path("status").asString()).isEqualTo("notSet");
    String operation = "_apis/operations/" + begun.json().path("id").asString();
    now = now.plusSeconds(2);
    assertThat(rest.get(operation).json().path("status").asString()).isEqualTo("inProgress");
    Rest.Got early = rest.get("_apis/projects/Tailwind");
    assertThat(early.status()).isEqualTo(404);
    assertThat(early.json().path("message").asString()).startsWith("VS800075");
    now = now.plusSeconds(2);
    assertThat(rest.get(operation).json().path("status").asString()).isEqualTo("succeeded");
    assertThat(rest.get("_apis/projects/Tailwind").status()).isEqualTo(404);
    now = now.plusSeconds(1);
    assertThat(rest.get("_apis/projects/Tailwind").json().path("state").asString())
        .isEqualTo("wellFormed");
    assertThat(create("tailwind", "Agile").json().path("message").asString())
        .startsWith("TF200019");
  }

  @Test
  void unknownProjectsAreNamed() {
    Rest.Got got = rest.get("Nowhere/_apis/wit/workitemtypes");
    assertThat(got.status()).isEqualTo(404);
    assertThat(got.typeKey()).isEqualTo("ProjectDoesNotExistWithNameException");
  }

  @Test
  void statesComeWithTheirCategories() {
    JsonNode states =
        rest.get("Fabrikam/_apis/wit/workitemtypes/Requirement/states").json().path("value");
    assertThat(states).hasSize(9);
    assertThat(states.path(0).path("category").asString()).isEqualTo("Proposed");
    assertThat(states.path(8).path("name").asString()).isEqualTo("Closed");
    assertThat(states.path(8).path("category").asString()).isEqualTo("Completed");
  }

  @Test
  void everyProcessHasStatesFromProposedToCompleted() {
    for (ProcessTemplate process : ProcessTemplate.ALL) {
      for (ItemType type : process.types()) {
        assertThat(type.states().stream().map(ItemState::category))
            .as(process.name() + " " + type.name())
            .contains(ItemState.COMPLETED)
            .containsAnyOf(ItemState.PROPOSED, ItemState.IN_PROGRESS);
        assertThat(type.states().size()).isLessThanOrEqualTo(32);
      }
    }
  }

  private JsonNode wiql(String query) {
    return rest.post("Fabrikam/_apis/wit/wiql?api-version=7.1", "{\"query\":\"" + query + "\"}")
        .json();
  }

  @Test
  void queriesFindByProjectTypeStateAndDate() {
    rest.create("Task", title("a"));
    now = now.plus(Duration.ofDays(1));
    rest.create("Requirement", title("b"), state("Active"));
    rest.create("Task", title("c"), state("Active"));
    String from = "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND ";
    assertThat(wiql(from + "[System.State] = 'Active'").path("workItems")).hasSize(2);
    assertThat(wiql(from + "[System.ChangedDate] >= '2026-11-21'").path("workItems")).hasSize(2);
    assertThat(wiql(from + "[System.WorkItemType] IN ('Task', 'Bug')").path("workItems"))
        .hasSize(2);
    JsonNode found = wiql(from + "([System.Id] = 1 OR [System.Id] = 3) ORDER BY [System.Id] DESC");
    assertThat(found.path("workItems").path(0).path("id").asInt()).isEqualTo(3);
    assertThat(found.path("columns").path(0).path("referenceName").asString())
        .isEqualTo("System.Id");
  }

  @Test
  void queriesThatAreNotUnderstoodAreRefusedInASentence() {
    assertThat(wiql("SELECT [System.Id] WHERE [System.Id] = 1").path("message").asString())
        .startsWith("TF51006");
    assertThat(wiql("SELECT [System.Id] FROM WorkItemLinks").path("message").asString())
        .contains("FROM WorkItems");
    assertThat(
            wiql("SELECT [System.Id] FROM WorkItems WHERE [System.State] EVER 'x'")
                .path("message")
                .asString())
        .contains("EVER");
  }

  @Test
  void revisionsAreReportedFromAWatermarkOn() {
    rest.create("Task", title("a"));
    rest.create("Task", title("b"));
    rest.change(1, state("Active"));
    JsonNode first = rest.get(REVISIONS + "$maxPageSize=2").json();
    assertThat(first.path("values")).hasSize(2);
    assertThat(first.path("isLastBatch").asBoolean()).isFalse();
    String token = first.path("continuationToken").asString();
    JsonNode second = rest.get(REVISIONS + "continuationToken=" + token).json();
    assertThat(second.path("values"))
        .singleElement()
        .satisfies(
            revision -> {
              assertThat(revision.path("id").asInt()).isEqualTo(1);
              assertThat(revision.path("rev").asInt()).isEqualTo(2);
              assertThat(revision.path("fields").path("System.ChangedBy").asString())
                  .isEqualTo("Olivia Owner <olivia@fabrikam.example>");
            });
    assertThat(second.path("isLastBatch").asBoolean()).isTrue();
    String end = second.path("continuationToken").asString();
    JsonNode nothing = rest.get(REVISIONS + "continuationToken=" + end).json();
    assertThat(nothing.path("values")).isEmpty();
    assertThat(nothing.path("continuationToken").asString()).isEqualTo(end);
  }

  @Test
  void deletedItemsAreReportedWhenAskedFor() {
    rest.create("Task", title("a"));
    rest.send("DELETE", "_apis/wit/workitems/1?api-version=7.1", "", "");
    assertThat(rest.get(REVISIONS).json().path("values")).isEmpty();
    JsonNode values = rest.get(REVISIONS + "includeDeleted=true").json().path("values");
    assertThat(values).hasSize(2);
    assertThat(values.path(1).path("fields").path("System.IsDeleted").asBoolean()).isTrue();
  }

  @Test
  void pushesPullRequestsAndBuildsLinkWorkItems() {
    rest.create("Task", title("a"));
    rest.post("../_sandbox/pushes", "{\"branch\":\"topic\",\"workItems\":[1]}");
    rest.post("../_sandbox/pull-requests", "{\"branch\":\"topic\",\"workItems\":[1]}");
    rest.post("../_sandbox/pull-requests/complete", "{\"id\":1}");
    rest.post("../_sandbox/builds", "{\"workItems\":[1]}");
    JsonNode relations = rest.get("_apis/wit/workitems/1?$expand=relations").json();
    assertThat(
            relations
                .path("relations")
                .valueStream()
                .map(relation -> relation.path("attributes").path("name").asString()))
        .containsExactly("Fixed in Commit", "Pull Request", "Build");
    assertThat(relations.path("rev").asInt()).isEqualTo(4);
    String pullRequest = "Fabrikam/_apis/git/repositories/Fabrikam/pullrequests/1";
    assertThat(rest.get(pullRequest).json().path("status").asString()).isEqualTo("completed");
    assertThat(
            rest.get(pullRequest + "/workitems").json().path("value").path(0).path("id").asString())
        .isEqualTo("1");
    assertThat(rest.get("Fabrikam/_apis/build/builds").json().path("count").asInt()).isEqualTo(1);
    assertThat(
            rest.get("Fabrikam/_apis/git/repositories/Fabrikam/commits")
                .json()
                .path("count")
                .asInt())
        .isEqualTo(1);
  }
}
