package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Pushes, pull requests, builds and releases say nothing that the captured ones, or where none was
 * captured the documented ones, do not say: every path of ours is one of theirs, of the same kind.
 */
class OtherShapesTest {

  private static final Instant AT = Instant.parse("2026-11-20T09:00:00.120Z");
  private static final SandboxPerson ANN = new SandboxPerson("Ann Example", "ann@example.org");
  private static final String COMMIT = "aaf58235f187b26d98a1ad66b6d094501f311afe";

  private final RepositoryLife repository =
      new RepositoryLife(new Subscriptions(new SandboxProject("example", "Shop")), "Shop-main");

  private PullRequestLife request() {
    var request =
        new PullRequestLife(repository, 5, ANN, "Solves #5", "refs/heads/work/5", COMMIT, AT);
    request.created(ANN);
    return request;
  }

  private static JsonNode captured(String name) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    Path payloads =
        Path.of(
            System.getProperty("shared", root.resolveSibling("shared").toString()),
            "data/azure-devops/payloads");
    assumeTrue(Files.isDirectory(payloads), "the captured payloads are not beside the repository");
    return Wire.read(Files.readString(payloads.resolve(name)));
  }

  /** Without what is free or differs by release of the service. */
  private static Map<String, String> structure(JsonNode json) {
    var paths = new TreeMap<>(Shape.of(json));
    paths
        .keySet()
        .removeIf(
            path ->
                path.contains("/_links")
                    || path.startsWith("/message")
                    || path.startsWith("/detailed")
                    || path.startsWith("/subscriptionId")
                    || path.startsWith("/notificationId")
                    || path.startsWith("/resourceContainers")
                    || path.contains("/triggerInfo/"));
    return paths;
  }

  private static void assertSaysNothingElse(JsonNode ours, JsonNode theirs, String... extras) {
    Map<String, String> known = structure(theirs);
    Map<String, String> told = structure(ours);
    for (String extra : extras) {
      told.keySet().removeIf(path -> path.startsWith(extra));
    }
    assertThat(known).containsAllEntriesOf(told);
    assertThat(told.size()).isGreaterThan(10);
  }

  @Test
  void pushes() throws Exception {
    Notification ours =
        repository.pushed(AT, ANN, 3, "refs/heads/work/5", RepositoryLife.NOTHING, COMMIT, "More");

    assertSaysNothingElse(
        ours.body(),
        captured("git.push.captured-2.json"),
        // the captured one is year 1 without a zone; others have a time
        "/resource/repository/project/lastUpdateTime");
  }

  @Test
  void commentsOnMergedPullRequests() throws Exception {
    PullRequestLife request = request();
    request.merged(AT.plusSeconds(50), ANN, COMMIT);
    Notification ours = request.commented(AT.plusSeconds(60), ANN, "Well done");

    assertSaysNothingElse(
        ours.body(),
        captured("ms.vss-code.git-pullrequest-comment-event.captured-2.json"),
        // known from other captures of the same objects
        "/resource/pullRequest/repository/defaultBranch",
        "/resource/pullRequest/reviewers/*/descriptor");
  }

  @Test
  void builds() throws Exception {
    Notification ours =
        new PipelineLife(repository, 5, ANN).built(AT, AT.plusSeconds(90), COMMIT, "succeeded");

    assertSaysNothingElse(
        ours.body(), captured("build.complete.docs2025.resourceVersion-2.0.json"));
  }

  @Test
  void releasesAndDeployments() throws Exception {
    var pipeline = new PipelineLife(repository, 5, ANN);

    assertSaysNothingElse(
        pipeline.released(AT).body(),
        captured("ms.vss-release.release-created-event.docs2018.json"),
        "/resource/release/createdBy/uniqueName",
        "/resource/release/modifiedBy/uniqueName",
        "/resource/release/environments/*/owner/uniqueName",
        "/resource/release/artifacts/*/definitionReference");
    assertSaysNothingElse(
        pipeline.deploying(AT).body(),
        captured("ms.vss-release.deployment-started-event.docs2018.json"),
        "/resource/environment/owner/uniqueName");
  }
}
