package io.countersign.command.evidence;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.resource.Commit;
import io.countersign.kernel.resource.RefUpdate;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.Review;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what events tell, in the transaction of its thread. Told the same again in the same order,
 * it keeps the same.
 */
final class EvidenceWriter {

  private static final int GATES_SEE_REVIEWERS = 200;

  private final JdbcClient jdbc;

  EvidenceWriter(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  static boolean isAbout(Class<?> event) {
    return event == WorkItemEvent.Registered.class
        || event == WorkItemEvent.StateChanged.class
        || event == WorkItemEvent.FieldsChanged.class
        || event == ResourceEvent.PullRequestChanged.class
        || event == ResourceEvent.Pushed.class
        || event == ResourceEvent.BuildCompleted.class;
  }

  void keep(Object event) {
    switch (event) {
      case WorkItemEvent.Registered e -> workItem(e.workItem(), e.type(), e.state());
      case WorkItemEvent.StateChanged e -> moved(e.workItem(), e.to());
      case WorkItemEvent.FieldsChanged e ->
          e.changes().stream()
              .filter(change -> change.field().equals(Fields.TYPE))
              .forEach(
                  change -> {
                    if (change.after() instanceof FieldValue.Plain(String type)) {
                      retyped(e.workItem(), type);
                    }
                  });
      case ResourceEvent.PullRequestChanged e -> pullRequest(e);
      case ResourceEvent.Pushed e -> pushed(e);
      case ResourceEvent.BuildCompleted e -> built(e);
      default -> {
        // not asked for
      }
    }
  }

  private void workItem(WorkItemId id, String type, @Nullable WorkItemState state) {
    jdbc.sql(
            """
            insert into evidence.work_item (id, type, state) values (:id, :type, :state)
            on conflict (id) do update set type = excluded.type, state = excluded.state
            """)
        .param("id", id.toString())
        .param("type", type)
        .param("state", word(state))
        .update();
  }

  private void moved(WorkItemId id, @Nullable WorkItemState state) {
    jdbc.sql("update evidence.work_item set state = :state where id = :id")
        .param("id", id.toString())
        .param("state", word(state))
        .update();
  }

  private void retyped(WorkItemId id, String type) {
    jdbc.sql("update evidence.work_item set type = :type where id = :id")
        .param("id", id.toString())
        .param("type", type)
        .update();
  }

  private void pullRequest(ResourceEvent.PullRequestChanged e) {
    String[] commits =
        Stream.concat(e.commits().stream(), Stream.ofNullable(e.sourceCommit()))
            .distinct()
            .toArray(String[]::new);
    jdbc.sql(
            """
            insert into evidence.pull_request as known
              (id, repository, source_branch, status, created_by, votes, commits)
            values (:id, :repository, :branch, :status, :by, :votes, :commits)
            on conflict (id) do update set
              source_branch = excluded.source_branch, status = excluded.status,
              created_by = coalesce(excluded.created_by, known.created_by), votes = excluded.votes,
              commits = array(select distinct unnest(known.commits || excluded.commits) order by 1)
            """)
        .param("id", e.resource().toString())
        .param("repository", e.repository().id())
        .param("branch", e.sourceBranch())
        .param("status", e.status())
        .param("by", id(e.createdBy()))
        .param("votes", votes(e.reviews()))
        .param("commits", commits)
        .update();
  }

  /** Groups vote by their members. One vote a line: subject, blank, vote. */
  private static String votes(List<Review> reviews) {
    return reviews.stream()
        .filter(review -> !review.group())
        .limit(GATES_SEE_REVIEWERS)
        .map(review -> review.reviewer().id() + " " + review.vote())
        .collect(Collectors.joining("\n"));
  }

  private void pushed(ResourceEvent.Pushed e) {
    String organization = e.resource().organization().value();
    for (Commit commit : e.commits()) {
      jdbc.sql(
              """
              insert into evidence.git_commit (organization, id, author, committer)
              values (:organization, :id, :author, :committer)
              on conflict (organization, id) do nothing
              """)
          .param("organization", organization)
          .param("id", commit.id())
          .param("author", id(commit.author()))
          .param("committer", id(commit.committer()))
          .update();
      for (RefUpdate ref : e.refs()) {
        jdbc.sql(
                """
                insert into evidence.pushed_commit (organization, repository, branch, git_commit)
                values (:organization, :repository, :branch, :id) on conflict do nothing
                """)
            .param("organization", organization)
            .param("repository", e.repository().id())
            .param("branch", ref.name())
            .param("id", commit.id())
            .update();
      }
    }
  }

  private void built(ResourceEvent.BuildCompleted e) {
    Instant at = Objects.requireNonNullElse(e.finishedAt(), e.report().at());
    jdbc.sql(
            """
            insert into evidence.build (id, organization, pipeline, git_commit, result, at)
            values (:id, :organization, :pipeline, :commit, :result, :at)
            on conflict (id) do update set
              pipeline = excluded.pipeline, git_commit = excluded.git_commit, result = excluded.result, at = excluded.at
            """)
        .param("id", e.resource().toString())
        .param("organization", e.resource().organization().value())
        .param("pipeline", e.definition().id())
        .param("commit", e.commit())
        .param("result", Objects.requireNonNullElse(e.result(), e.status()))
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static @Nullable UUID id(@Nullable Person person) {
    return person == null ? null : person.id().value();
  }

  private static @Nullable String word(@Nullable WorkItemState state) {
    return state == null ? null : state.word();
  }
}
