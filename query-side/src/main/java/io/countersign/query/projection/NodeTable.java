package io.countersign.query.projection;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code query.node}: which nodes show life, what they know and what stops them. Whoever needs all
 * of them to have noticed something asks {@link #isKnownEverywhere}. Blocks.
 */
public final class NodeTable {

  /** A node that has not shown life for so long, in seconds, is not waited for. */
  static final int GONE_SECONDS = 10;

  private static final String SHOWS_LIFE =
      " seen_at > now() - make_interval(secs => " + GONE_SECONDS + ")";

  private final JdbcClient jdbc;

  /** In this database. */
  public NodeTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** Shows that a node lives, what it knows and what stops its segments. */
  void showLife(String node, Collection<Generation> known, List<SegmentFailure> failures) {
    jdbc.sql(
            """
            insert into query.node (name, seen_at, standing, failures) values (:name, now(), :standing, :failures)
            on conflict (name) do update
            set seen_at = excluded.seen_at, standing = excluded.standing, failures = excluded.failures
            """)
        .param("name", node)
        .param("standing", known.stream().map(Generation::standing).toArray(String[]::new))
        .param("failures", failures.stream().map(SegmentFailure::text).toArray(String[]::new))
        .update();
  }

  /** A node stops: nobody is to wait for it. */
  void gone(String node) {
    jdbc.sql(
            "delete from query.node where name = :name or seen_at < now() - make_interval(days => 1)")
        .param("name", node)
        .update();
  }

  /** Names of the nodes that show life. */
  public Set<String> alive() {
    return new HashSet<>(
        jdbc.sql("select name from query.node where" + SHOWS_LIFE).query(String.class).list());
  }

  /** What stops segments on nodes that show life, by what each said last. */
  List<SegmentFailure> failures() {
    return jdbc
        .sql("select failures from query.node where cardinality(failures) > 0 and" + SHOWS_LIFE)
        .query((row, _) -> failures((String[]) row.getArray(1).getArray()))
        .list()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<SegmentFailure> failures(String... told) {
    return Arrays.stream(told).map(SegmentFailure::of).flatMap(Optional::stream).toList();
  }

  /**
   * Whether every node that shows life knows a generation as it stands now.
   *
   * @param absent whether they are to have forgotten it instead
   */
  public boolean isKnownEverywhere(Generation generation, boolean absent) {
    @Nullable Boolean known =
        jdbc.sql(
                """
                select coalesce(bool_and(case when :absent
                  then not exists (select from unnest(standing) s where split_part(s, ' ', 1) = :processor)
                  else :standing = any (standing) end), true)
                from query.node where\
                """
                    + SHOWS_LIFE)
            .param("absent", absent)
            .param("processor", generation.processor())
            .param("standing", generation.standing())
            .query(Boolean.class)
            .single();
    return Boolean.TRUE.equals(known);
  }
}
