package io.countersign.command.evidence;

import io.countersign.command.workitem.Relations;
import io.countersign.command.workitem.Work;
import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.workitem.WorkItemId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of the things a work item is linked to. */
public final class Evidence {

  /** Its tables. */
  public static final Schema SCHEMA = new Schema("evidence", "db/evidence");

  private final JdbcClient jdbc;

  /** From this database, where {@link #SCHEMA} was migrated. */
  public Evidence(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  private record PullRequest(
      String id,
      String repository,
      String branch,
      String status,
      @Nullable UUID createdBy,
      String votes,
      List<String> commits) {}

  private record GitCommit(String id, @Nullable UUID author, @Nullable UUID committer) {}

  /** What policies ask about. */
  public Work of(Relations relations) {
    String organization = relations.organization().value();
    Artifacts now = Artifacts.of(relations.organization(), relations.artifacts());
    Artifacts ever = Artifacts.of(relations.organization(), relations.artifactsEver());
    List<PullRequest> pullRequests = pullRequests(ever.pullRequests());
    List<PullRequest> current =
        pullRequests.stream().filter(one -> now.pullRequests().contains(one.id())).toList();
    return new Work(
        workers(organization, ever, pullRequests),
        current.size() == now.pullRequests().size() && !now.foreign()
            ? current.stream().map(Evidence::told).toList()
            : null,
        builds(organization, now, current),
        items(relations));
  }

  /** Everybody who made linked code; nothing unless it is known of all of it. */
  private @Nullable List<SubjectId> workers(
      String organization, Artifacts artifacts, List<PullRequest> pullRequests) {
    Set<String> ids = new TreeSet<>(artifacts.commits());
    for (PullRequest one : pullRequests) {
      ids.addAll(one.commits());
      ids.addAll(pushedTo(organization, one));
    }
    List<GitCommit> commits = commits(organization, ids);
    boolean certain =
        !artifacts.foreign()
            && pullRequests.size() == artifacts.pullRequests().size()
            && pullRequests.stream().allMatch(one -> one.createdBy() != null)
            && pullRequests.stream().noneMatch(one -> one.commits().isEmpty())
            && commits.size() == ids.size()
            && commits.stream().allMatch(one -> one.author() != null && one.committer() != null);
    if (!certain) {
      return null;
    }
    Set<UUID> people = new TreeSet<>();
    pullRequests.forEach(one -> addTo(people, one.createdBy()));
    commits.forEach(
        one -> {
          addTo(people, one.author());
          addTo(people, one.committer());
        });
    return people.stream().map(SubjectId::new).toList();
  }

  private static void addTo(Set<UUID> people, @Nullable UUID person) {
    if (person != null) {
      people.add(person);
    }
  }

  private List<PullRequest> pullRequests(Set<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql("select * from evidence.pull_request where id in (:ids) order by id")
            .param("ids", ids)
            .query((row, _) -> pullRequest(row))
            .list();
  }

  private static PullRequest pullRequest(ResultSet row) throws SQLException {
    return new PullRequest(
        row.getString("id"),
        row.getString("repository"),
        row.getString("source_branch"),
        row.getString("status"),
        row.getObject("created_by", UUID.class),
        row.getString("votes"),
        List.of((String[]) row.getArray("commits").getArray()));
  }

  private static Map<String, Object> told(PullRequest one) {
    Map<String, Object> told = new HashMap<>();
    told.put("id", one.id());
    told.put("status", one.status());
    if (one.createdBy() != null) {
      told.put("createdBy", one.createdBy().toString());
    }
    told.put(
        "votes",
        one.votes()
            .lines()
            .map(line -> line.split(" ", 2))
            .map(vote -> Map.of("by", vote[0], "vote", Long.valueOf(vote[1])))
            .toList());
    return told;
  }

  private List<String> pushedTo(String organization, PullRequest pullRequest) {
    return jdbc.sql(
            """
            select git_commit from evidence.pushed_commit
            where organization = :organization and repository = :repository and branch = :branch
            """)
        .param("organization", organization)
        .param("repository", pullRequest.repository())
        .param("branch", pullRequest.branch())
        .query(String.class)
        .list();
  }

  private List<GitCommit> commits(String organization, Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select id, author, committer from evidence.git_commit
                where organization = :organization and id in (:ids)
                """)
            .param("organization", organization)
            .param("ids", ids)
            .query(
                (row, _) ->
                    new GitCommit(
                        row.getString("id"),
                        row.getObject("author", UUID.class),
                        row.getObject("committer", UUID.class)))
            .list();
  }

  /** Builds that are linked, and those of linked commits and of pull requests' commits. */
  private List<Map<String, Object>> builds(
      String organization, Artifacts artifacts, List<PullRequest> pullRequests) {
    List<String> commits =
        Stream.concat(
                artifacts.commits().stream(),
                pullRequests.stream().flatMap(one -> one.commits().stream()))
            .distinct()
            .toList();
    return jdbc.sql(
            """
            select id, pipeline, git_commit, result, at from evidence.build
            where id = any (:ids) or (organization = :organization and git_commit = any (:commits))
            order by at, id
            """)
        .param("ids", artifacts.builds().toArray(String[]::new))
        .param("organization", organization)
        .param("commits", commits.toArray(String[]::new))
        .query((row, _) -> build(row))
        .list();
  }

  private static Map<String, Object> build(ResultSet row) throws SQLException {
    Map<String, Object> told = new HashMap<>();
    told.put("id", row.getString("id"));
    told.put("pipeline", row.getString("pipeline"));
    told.put("result", row.getString("result"));
    told.put("at", row.getObject("at", OffsetDateTime.class).toInstant());
    String commit = row.getString("git_commit");
    if (commit != null) {
      told.put("commit", commit);
    }
    return told;
  }

  private Map<WorkItemId, Work.Related> items(Relations relations) {
    List<WorkItemId> asked = new ArrayList<>(relations.parents());
    asked.addAll(relations.children());
    asked.addAll(relations.predecessors());
    Map<WorkItemId, Work.Related> known = new HashMap<>();
    if (!asked.isEmpty()) {
      jdbc.sql("select id, type, state from evidence.work_item where id in (:ids)")
          .param("ids", asked.stream().map(WorkItemId::toString).toList())
          .query(
              row -> {
                known.put(
                    WorkItemId.parse(row.getString("id")),
                    new Work.Related(row.getString("type"), row.getString("state")));
              });
    }
    return known;
  }
}
