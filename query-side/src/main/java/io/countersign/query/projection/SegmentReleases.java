package io.countersign.query.projection;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code query.segment_release}: asks the node that holds a segment to let it go. Asking again for
 * the same operation changes nothing. Blocks.
 */
public final class SegmentReleases {

  private final JdbcClient jdbc;

  /** In this database. */
  public SegmentReleases(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * What a node was asked for.
   *
   * @param node which one
   * @param released whether it has let go
   */
  public record Asked(String node, boolean released) {}

  /** A segment that a node is to let go of. */
  record Wanted(UUID operation, String processor, int segment) {}

  /** Asks; gives what was asked for, nothing when no node holds the segment. */
  public Optional<Asked> ask(UUID operation, Generation generation, int segment) {
    if (find(operation).isEmpty()) {
      // one operation is under way with a projection: what is older is over
      jdbc.sql("delete from query.segment_release where processor_name = ?")
          .param(generation.processor())
          .update();
      jdbc.sql(
              """
              insert into query.segment_release (operation, processor_name, segment, node)
              select :operation, processor_name, segment, owner from query.token
              where processor_name = :processor and segment = :segment and owner is not null
              on conflict do nothing
              """)
          .param("operation", operation)
          .param("processor", generation.processor())
          .param("segment", segment)
          .update();
    }
    return find(operation);
  }

  /** How it stands. */
  public Optional<Asked> find(UUID operation) {
    return jdbc.sql("select node, released from query.segment_release where operation = ?")
        .param(operation)
        .query((row, _) -> new Asked(row.getString(1), row.getBoolean(2)))
        .optional();
  }

  /** It is no longer wanted. */
  public void withdraw(UUID operation) {
    jdbc.sql("delete from query.segment_release where operation = ?").param(operation).update();
  }

  /** What a node is to let go of. */
  List<Wanted> of(String node) {
    return jdbc.sql(
            """
            select operation, processor_name, segment from query.segment_release where node = ? and not released
            """)
        .param(node)
        .query(
            (row, _) -> new Wanted(row.getObject(1, UUID.class), row.getString(2), row.getInt(3)))
        .list();
  }

  /** The node does not hold it any more. */
  void released(UUID operation) {
    jdbc.sql("update query.segment_release set released = true where operation = ?")
        .param(operation)
        .update();
  }
}
