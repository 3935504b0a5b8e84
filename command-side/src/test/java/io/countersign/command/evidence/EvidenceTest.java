package io.countersign.command.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.workitem.Relations;
import io.countersign.command.workitem.Work;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.resource.Commit;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RefUpdate;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.resource.Review;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.testkit.TestPostgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the source told of code, builds and items, on a real database. */
class EvidenceTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Person WANDA = new Person(new SubjectId(new UUID(0, 1)), null);
  private static final Person CARL = new Person(new SubjectId(new UUID(0, 2)), null);
  private static final Person RITA = new Person(new SubjectId(new UUID(0, 3)), null);
  private static final String FIRST = "a".repeat(40);
  private static final String SECOND = "b".repeat(40);

  private static HikariDataSource dataSource;
  private static EvidenceWriter writer;
  private static Evidence evidence;

  @BeforeAll
  static void open() {
    dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 2);
    Evidence.SCHEMA.migrate(dataSource);
    writer = new EvidenceWriter(dataSource);
    evidence = new Evidence(dataSource);
  }

  @AfterAll
  static void close() {
    dataSource.close();
  }

  @Test
  void whoeverWroteLinkedCodeHasWorkedOnItUnderAllItsLinks() {
    tell(pushed("r1", "refs/heads/one", FIRST, WANDA, CARL));
    tell(pullRequest("r1", 7, FIRST, RITA));
    Work work = of("ArtifactLink vstfs:///Git/PullRequestId/p%2Fr1%2F7");
    assertThat(work.workers()).containsExactly(WANDA.id(), CARL.id(), RITA.id());
    assertThat(work.pullRequests())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one).containsEntry("status", "active");
              assertThat(one.get("votes"))
                  .isEqualTo(List.of(Map.of("by", CARL.id().toString(), "vote", 10L)));
            });
    assertThat(of("ArtifactLink vstfs:///Git/Commit/p%2Fr1%2F" + FIRST).workers())
        .containsExactly(WANDA.id(), CARL.id());
  }

  @Test
  void removedLinksToCodeStayWork() {
    tell(pushed("r2", "refs/heads/two", SECOND, WANDA, WANDA));
    Relations removed =
        new Relations(
            ORGANIZATION,
            List.of(),
            List.of("ArtifactLink vstfs:///Git/Commit/p%2fr2%2f" + SECOND),
            Map.of());
    assertThat(evidence.of(removed).workers()).containsExactly(WANDA.id());
  }

  @Test
  void whatIsNotKnownAsAWholeIsNotKnown() {
    assertThat(of("ArtifactLink vstfs:///Git/Commit/p%2Fr%2F" + "c".repeat(40)).workers()).isNull();
    Work unknown = of("ArtifactLink vstfs:///Git/PullRequestId/p%2Fr%2F99");
    assertThat(unknown.workers()).isNull();
    assertThat(unknown.pullRequests()).isNull();
    assertThat(of("ArtifactLink vstfs:///GitHub/Commit/x%2F" + FIRST).workers()).isNull();
    tell(pushed("r3", "refs/heads/three", "d".repeat(40), WANDA, null));
    assertThat(of("ArtifactLink vstfs:///Git/Commit/p%2Fr3%2F" + "d".repeat(40)).workers())
        .isNull();
  }

  @Test
  void nothingLinkedMeansNobodyWroteCode() {
    assertThat(of().workers()).isEmpty();
    assertThat(of().pullRequests()).isEmpty();
    assertThat(of().builds()).isEmpty();
  }

  @Test
  void buildsOfLinkedCodeAreTold() {
    String commit = "e".repeat(40);
    tell(built(11, commit, "failed", NOON));
    tell(built(12, commit, "succeeded", NOON.plusSeconds(60)));
    tell(built(12, commit, "succeeded", NOON.plusSeconds(60)));
    assertThat(of("ArtifactLink vstfs:///Git/Commit/p%2Fr%2F" + commit).builds())
        .extracting(one -> one.get("result"))
        .containsExactly("failed", "succeeded");
    assertThat(of("ArtifactLink vstfs:///Build/Build/11").builds()).hasSize(1);
  }

  @Test
  void linkedItemsAreToldAsTheyStand() {
    WorkItemId child = new WorkItemId(ORGANIZATION, 31);
    tell(registered(child));
    assertThat(
            of("System.LinkTypes.Hierarchy-Forward https://dev.azure.com/f/_apis/wit/workItems/31")
                .items())
        .containsEntry(child, new Work.Related("Task", "New"));
    tell(
        new WorkItemEvent.StateChanged(
            child, WorkItemState.NEW, WorkItemState.DONE, "New", "Closed", change()));
    assertThat(
            of("System.LinkTypes.Hierarchy-Forward https://dev.azure.com/f/_apis/wit/workItems/31")
                .items())
        .containsEntry(child, new Work.Related("Task", "Done"));
  }

  private static void tell(Object event) {
    assertThat(EvidenceWriter.isAbout(event.getClass())).isTrue();
    writer.keep(event);
  }

  private static Work of(String... links) {
    return evidence.of(new Relations(ORGANIZATION, List.of(links), List.of(), Map.of()));
  }

  private static Report report() {
    return new Report("git.push", new UUID(5, 5), null, NOON);
  }

  private static ResourceEvent pushed(
      String repository, String branch, String commit, Person author, @Nullable Person committer) {
    return new ResourceEvent.Pushed(
        ResourceId.parse("push:fabrikam:" + repository + "/1"),
        report(),
        new Named(repository, null),
        author,
        List.of(new RefUpdate(branch, "0".repeat(40), commit)),
        List.of(new Commit(commit, author, committer, null)));
  }

  private static ResourceEvent pullRequest(
      String repository, int number, String commit, Person createdBy) {
    return new ResourceEvent.PullRequestChanged(
        ResourceId.parse("pullrequest:fabrikam:" + repository + "/" + number),
        report(),
        number,
        new Named(repository, null),
        "active",
        false,
        "refs/heads/one",
        "refs/heads/main",
        commit,
        null,
        null,
        null,
        createdBy,
        null,
        NOON,
        null,
        null,
        null,
        List.of(new Review(CARL, 10, true, false), new Review(RITA, 5, false, true)),
        List.of(commit));
  }

  private static ResourceEvent built(int number, String commit, String result, Instant at) {
    return new ResourceEvent.BuildCompleted(
        ResourceId.parse("build:fabrikam:" + number),
        report(),
        "20261120." + number,
        "completed",
        result,
        null,
        new Named("ci", null),
        null,
        null,
        commit,
        null,
        null,
        null,
        null,
        at);
  }

  private static WorkItemEvent registered(WorkItemId id) {
    return new WorkItemEvent.Registered(
        id,
        new ProjectId(ORGANIZATION, "web"),
        "Task",
        WorkItemState.NEW,
        "New",
        Process.AGILE,
        SealedText.of(new KeyOwner(id.toString()), Purpose.CONTENT, "t"),
        null,
        null,
        Map.of(),
        List.of(),
        change());
  }

  private static SourceChange change() {
    return new SourceChange(1, 1, NOON, null);
  }
}
