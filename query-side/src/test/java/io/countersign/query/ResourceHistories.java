package io.countersign.query;

import io.countersign.kernel.resource.Artifact;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.query.Histories.Logged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Pull requests, builds and releases as the log would give them back. */
public final class ResourceHistories {

  private static final Instant AT = Histories.START;

  private ResourceHistories() {}

  /** Events over a few resources, told in any order of the source's clock, always the same. */
  public static List<Logged> everyKind(int seed, int count) {
    Random random = new Random(seed);
    List<Logged> logged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = 1 + random.nextInt(6);
      Instant at = AT.plusSeconds(random.nextInt(1000));
      ResourceEvent event =
          switch (random.nextInt(4)) {
            case 0 -> pullRequest(number, "commit" + random.nextInt(4), random.nextBoolean(), at);
            case 1 -> built(number, "commit" + random.nextInt(4), at);
            case 2 -> deployed(number, 1 + random.nextInt(6), random.nextBoolean(), at);
            default -> released(number, 1 + random.nextInt(6), at);
          };
      logged.add(new Logged(i, event, Histories.provenance("delivery-" + i)));
    }
    return logged;
  }

  static ResourceEvent pullRequest(int number, String commit, boolean merged, Instant at) {
    return new ResourceEvent.PullRequestChanged(
        new ResourceId("pullrequest", Histories.ORGANIZATION, "web/" + number),
        report("git.pullrequest.updated", at),
        number,
        new Named("web", null),
        merged ? "completed" : "active",
        false,
        "refs/heads/feature",
        "refs/heads/main",
        commit,
        null,
        merged ? "merge" + commit : null,
        null,
        null,
        null,
        at,
        null,
        null,
        null,
        List.of(),
        List.of("first" + number));
  }

  static ResourceEvent built(int number, String commit, Instant at) {
    return new ResourceEvent.BuildCompleted(
        new ResourceId("build", Histories.ORGANIZATION, String.valueOf(number)),
        report("build.complete", at),
        "n" + number,
        "completed",
        null,
        null,
        new Named("7", "ci"),
        null,
        null,
        commit,
        null,
        null,
        null,
        null,
        at);
  }

  static ResourceEvent deployed(int release, int build, boolean succeeded, Instant at) {
    return new ResourceEvent.DeploymentChanged(
        new ResourceId("release", Histories.ORGANIZATION, String.valueOf(release)),
        report("ms.vss-release.deployment-completed-event", at),
        new Named("3", "Production"),
        succeeded ? "succeeded" : "rejected",
        1,
        null,
        null,
        null,
        null,
        artifacts(build));
  }

  private static ResourceEvent released(int release, int build, Instant at) {
    return new ResourceEvent.ReleaseChanged(
        new ResourceId("release", Histories.ORGANIZATION, String.valueOf(release)),
        report("ms.vss-release.release-created-event", at),
        "Release-" + release,
        "active",
        null,
        null,
        null,
        null,
        at,
        null,
        null,
        artifacts(build));
  }

  private static List<Artifact> artifacts(int build) {
    return List.of(
        new Artifact("Build", "_ci", null, new Named(String.valueOf(build), null), null),
        new Artifact("Git", "_web", null, new Named("any name", null), null));
  }

  private static Report report(String type, Instant at) {
    return new Report(type, new UUID(0, 1), Histories.PROJECT, at);
  }
}
