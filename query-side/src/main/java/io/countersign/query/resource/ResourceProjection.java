package io.countersign.query.resource;

import static io.countersign.query.resource.ResourceTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.resource.Artifact;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pull requests, builds and deployments as they are now: what work items lead to. */
public final class ResourceProjection implements Projection<ResourceEvent> {

  private static final long YEAR_2020 = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final String OF_A_BUILD = "Build";

  @Override
  public String name() {
    return "resources";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_resource_v1";
  }

  @Override
  public Class<ResourceEvent> family() {
    return ResourceEvent.class;
  }

  @Override
  public List<Table> tables() {
    return ResourceTables.ALL;
  }

  @Override
  public List<RowChange> on(long index, ResourceEvent event, Provenance provenance) {
    return switch (event) {
      case ResourceEvent.PullRequestChanged e -> pullRequest(e);
      case ResourceEvent.BuildCompleted e ->
          List.of(
              told(BUILD.row(e.resource().toString()), e.report())
                  .set(NUMBER, e.number())
                  .set(RESULT, e.result() == null ? e.status() : e.result())
                  .set(COMMIT, e.commit())
                  .build());
      case ResourceEvent.ReleaseChanged e -> builds(e.resource(), e.artifacts());
      case ResourceEvent.DeploymentChanged e -> deployment(e);
      case ResourceEvent.PullRequestCommented _,
          ResourceEvent.RunChanged _,
          ResourceEvent.StageChanged _,
          ResourceEvent.JobChanged _,
          ResourceEvent.ApprovalChanged _,
          ResourceEvent.Pushed _,
          ResourceEvent.Observed _ ->
          List.of();
    };
  }

  private static List<RowChange> pullRequest(ResourceEvent.PullRequestChanged e) {
    String id = e.resource().toString();
    List<RowChange> changes = new ArrayList<>();
    changes.add(
        told(PULL_REQUEST.row(id), e.report())
            .set(REPOSITORY, e.repository().id())
            .set(PULL_REQUEST_NUMBER, e.number())
            .set(STATUS, e.status())
            .set(SOURCE_COMMIT, e.sourceCommit())
            .set(MERGE_COMMIT, e.mergeCommit())
            .build());
    Stream.concat(
            e.commits().stream(),
            Stream.of(e.sourceCommit(), e.mergeCommit())
                .flatMap(commit -> Optional.ofNullable(commit).stream()))
        .distinct()
        .forEach(commit -> changes.add(PULL_REQUEST_COMMIT.row(id, commit).build()));
    return changes;
  }

  private static List<RowChange> deployment(ResourceEvent.DeploymentChanged e) {
    List<RowChange> changes = new ArrayList<>(builds(e.resource(), e.artifacts()));
    changes.add(
        told(DEPLOYMENT.row(e.resource().toString(), e.environment().id()), e.report())
            .set(ENVIRONMENT_NAME, e.environment().name())
            .set(STATUS, e.status())
            .build());
    return changes;
  }

  private static List<RowChange> builds(ResourceId release, List<Artifact> artifacts) {
    return artifacts.stream()
        .filter(artifact -> artifact.type().equals(OF_A_BUILD))
        .flatMap(artifact -> buildId(release.organization(), artifact).stream())
        .distinct()
        .map(build -> RELEASE_BUILD.row(release.toString(), build).build())
        .toList();
  }

  private static Optional<String> buildId(OrganizationId organization, Artifact artifact) {
    try {
      return Optional.ofNullable(artifact.version())
          .map(version -> new ResourceId("build", organization, version.id()).toString());
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // an artifact may come from elsewhere, under any name
    }
  }

  private static RowChange.Builder told(RowChange.Builder row, Report report) {
    return row.set(PROJECT, text(report.project()))
        .set(TOLD_AT, (int) (report.at().getEpochSecond() - YEAR_2020));
  }

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }
}
