package io.countersign.golden;

import static io.countersign.golden.Fabrikam.ADA;
import static io.countersign.golden.Fabrikam.BOB;
import static io.countersign.golden.Fabrikam.NOON;
import static io.countersign.golden.Fabrikam.PROJECT;
import static io.countersign.golden.Fabrikam.text;

import io.countersign.kernel.resource.ApprovalStep;
import io.countersign.kernel.resource.Artifact;
import io.countersign.kernel.resource.Commit;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RecordResource;
import io.countersign.kernel.resource.RefUpdate;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.resource.Review;
import io.countersign.kernel.workitem.FieldValue;
import java.util.List;
import java.util.Map;

/** What is told of code, builds and releases. */
final class ResourceScript {

  private static final Named REPOSITORY = new Named("278d5cd2", "web");
  private static final Named PIPELINE = new Named("12", "nightly");
  private static final Artifact ARTIFACT =
      new Artifact("Build", "drop", PIPELINE, new Named("99", "20261120.1"), "refs/heads/main");
  private static final String COMMIT = "be67f8871a4d2c75f13a51c1d3c30ac0d74d4ef4";

  private final Told told;

  ResourceScript(Told told) {
    this.told = told;
  }

  void play() {
    code();
    pipelines();
    releases();
  }

  private void code() {
    ResourceId pullRequest = resource("pullrequest:fabrikam:278d5cd2/17");
    record(
        new ResourceEvent.PullRequestChanged(
            pullRequest,
            report("git.pullrequest.merged"),
            17,
            REPOSITORY,
            "completed",
            false,
            "refs/heads/sign-in",
            "refs/heads/main",
            COMMIT,
            "ab".repeat(20),
            "cd".repeat(20),
            "succeeded",
            ADA,
            BOB,
            NOON,
            NOON.plusSeconds(60),
            text(pullRequest.keyOwner(), "Sign in"),
            text(pullRequest.keyOwner(), "With a key, too"),
            List.of(new Review(BOB, 10, true, false)),
            List.of(COMMIT)));
    record(
        new ResourceEvent.PullRequestCommented(
            pullRequest,
            report("ms.vss-code.git-pullrequest-comment-event"),
            5,
            4,
            BOB,
            text(pullRequest.keyOwner(), "Well done"),
            NOON,
            false));
    ResourceId repository = resource("repository:fabrikam:278d5cd2");
    record(
        new ResourceEvent.Pushed(
            repository,
            report("git.push"),
            REPOSITORY,
            ADA,
            List.of(new RefUpdate("refs/heads/main", "00".repeat(20), COMMIT)),
            List.of(new Commit(COMMIT, ADA, BOB, text(repository.keyOwner(), "Sign in")))));
  }

  private void pipelines() {
    record(
        new ResourceEvent.BuildCompleted(
            resource("build:fabrikam:99"),
            report("build.complete"),
            "20261120.1",
            "completed",
            "succeeded",
            "individualCI",
            PIPELINE,
            REPOSITORY,
            "refs/heads/main",
            COMMIT,
            ADA,
            BOB,
            NOON,
            NOON.plusSeconds(5),
            NOON.plusSeconds(65)));
    ResourceId run = resource("run:fabrikam:99");
    record(
        new ResourceEvent.RunChanged(
            run,
            report("ms.vss-pipelines.run-state-changed-event"),
            PIPELINE,
            "20261120.1",
            "completed",
            "succeeded",
            NOON,
            NOON.plusSeconds(65)));
    record(
        new ResourceEvent.StageChanged(
            run,
            report("ms.vss-pipelines.stage-state-changed-event"),
            PIPELINE,
            "Deploy",
            "completed",
            "succeeded",
            NOON,
            NOON.plusSeconds(30)));
    record(
        new ResourceEvent.JobChanged(
            run,
            report("ms.vss-pipelines.job-state-changed-event"),
            PIPELINE,
            "Deploy",
            "Copy",
            "completed",
            "failed",
            NOON,
            NOON.plusSeconds(20)));
  }

  private void releases() {
    ResourceId release = resource("release:fabrikam:3");
    record(
        new ResourceEvent.ReleaseChanged(
            release,
            report("ms.vss-release.release-created-event"),
            "Release-3",
            "active",
            "continuousIntegration",
            PIPELINE,
            ADA,
            BOB,
            NOON,
            NOON.plusSeconds(1),
            text(release.keyOwner(), "The one with the key"),
            List.of(ARTIFACT)));
    record(
        new ResourceEvent.DeploymentChanged(
            resource("release:fabrikam:3"),
            report("ms.vss-release.deployment-completed-event"),
            new Named("1", "Production"),
            "succeeded",
            1,
            ADA,
            BOB,
            NOON,
            NOON.plusSeconds(90),
            List.of(ARTIFACT)));
    record(
        new ResourceEvent.ApprovalChanged(
            release,
            report("ms.vss-release.deployment-approval-completed-event"),
            "7",
            "approved",
            "preDeploy",
            new Named("1", "Production"),
            false,
            1,
            List.of(
                new ApprovalStep(BOB, BOB, "approved", text(release.keyOwner(), "By me"), NOON)),
            List.of(ADA)));
    ResourceId advisory = resource("alert:fabrikam:be9b3917/1");
    record(
        new ResourceEvent.Observed(
            advisory,
            report("ms.advancedsecurity.alert"),
            Map.of(
                "severity", new FieldValue.Plain("high"),
                "text", new FieldValue.Text(text(advisory.keyOwner(), "A key in the code")),
                "found/by", new FieldValue.Person(ADA)),
            true));
  }

  private void record(ResourceEvent fact) {
    told.source(new RecordResource(fact));
  }

  private Report report(String notification) {
    return new Report(notification, told.id(), PROJECT, NOON);
  }

  private static ResourceId resource(String id) {
    return ResourceId.parse(id);
  }
}
