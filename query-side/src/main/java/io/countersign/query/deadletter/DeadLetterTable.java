package io.countersign.query.deadletter;

import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.query.projection.DeadLetterOutbox;
import io.countersign.query.projection.Poison;
import io.countersign.query.reading.PageCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code query.parked_sequence} and {@code query.dead_letter} for people, and what happened to
 * them. Statements join the transaction of their thread.
 */
final class DeadLetterTable {

  /** The order of pages. */
  static final String SORT = "parkedAt";

  private static final String SEQUENCES =
      """
      select p.*, l.letters, l.last_entry, f.event_name
      from query.parked_sequence p
      join query.dead_letter f on f.parked = p.id and f.entry_index = p.first_entry
      cross join lateral (
        select count(*) as letters, max(entry_index) as last_entry from query.dead_letter where parked = p.id) l
      """;

  private final JdbcClient jdbc;

  DeadLetterTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** An event that waits. */
  record Letter(long entry, String event, String eventId, Instant parkedAt) {}

  /** What a request came to: the events the log has of it. */
  record Recorded(UUID id, UUID parked, DeadLetterEvent event) {}

  /** A parked sequence that a request has not tried. */
  record Untried(UUID id, String processor) {}

  /** Parked sequences, the oldest first. */
  List<ParkedSequence> page(@Nullable String projection, Optional<PageCursor> after, int limit) {
    return jdbc.sql(
            SEQUENCES
                + """
                where (:projection::text is null or p.projection = :projection)
                  and (:at::timestamptz is null or (p.parked_at, p.id) > (:at::timestamptz, :id::uuid))
                order by p.parked_at, p.id limit :limit
                """)
        .param("projection", projection)
        .param("at", after.map(PageCursor::value).orElse(null))
        .param("id", after.map(PageCursor::id).orElse(null))
        .param("limit", limit)
        .query((row, _) -> sequence(row))
        .list();
  }

  Optional<ParkedSequence> find(UUID id) {
    return jdbc.sql(SEQUENCES + "where p.id = :id")
        .param("id", id)
        .query((row, _) -> sequence(row))
        .optional();
  }

  /** The frames of what went wrong. */
  String stack(UUID id) {
    return jdbc.sql("select stack from query.parked_sequence where id = :id")
        .param("id", id)
        .query(String.class)
        .optional()
        .orElse("");
  }

  /** Letters of a sequence in order, those behind an entry. */
  List<Letter> letters(UUID parked, long after, int limit) {
    return jdbc.sql(
            """
            select entry_index, event_name, event_id, parked_at from query.dead_letter
            where parked = :id and entry_index > :after order by entry_index limit :limit
            """)
        .param("id", parked)
        .param("after", after)
        .param("limit", limit)
        .query(
            (row, _) ->
                new Letter(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getTimestamp(4).toInstant()))
        .list();
  }

  /** Entries of all letters of a sequence in order. */
  List<Long> entries(UUID parked) {
    return jdbc.sql("select entry_index from query.dead_letter where parked = :id order by 1")
        .param("id", parked)
        .query(Long.class)
        .list();
  }

  /**
   * Takes a sequence for this transaction: its processor neither adds to it nor goes past it until
   * the end.
   */
  Optional<ParkedSequence> lock(UUID id) {
    boolean there =
        jdbc.sql("select 1 from query.parked_sequence where id = :id for update")
            .param("id", id)
            .query(Integer.class)
            .optional()
            .isPresent();
    // looked at anew: the processor may have added letters while this waited
    return there ? find(id) : Optional.empty();
  }

  /** Nothing of it waits any more. */
  void remove(UUID id) {
    jdbc.sql("delete from query.parked_sequence where id = :id").param("id", id).update();
  }

  /** The rows of a processor are without what an event, by its id, says was given up. */
  void evicted(UUID event, String processor) {
    jdbc.sql("insert into query.eviction (event_id, processor_name) values (:event, :processor)")
        .param("event", event)
        .param("processor", processor)
        .update();
  }

  /** It waits from this entry on, and this is wrong with that. */
  void stopped(UUID id, long entry, Poison poison) {
    jdbc.sql("delete from query.dead_letter where parked = :id and entry_index < :entry")
        .param("id", id)
        .param("entry", entry)
        .update();
    jdbc.sql(
            """
            update query.parked_sequence
            set attempts = case when first_entry = :entry then attempts + 1 else 1 end, first_entry = :entry,
              code = :code, sql_state = :state, error = :error, stack = :stack, last_attempt_at = now()
            where id = :id
            """)
        .param("id", id)
        .param("entry", entry)
        .param("code", poison.code())
        .param("state", poison.sqlState())
        .param("error", poison.error())
        .param("stack", poison.stack())
        .update();
  }

  /** What a request came to so far. */
  List<Recorded> recorded(UUID request) {
    return jdbc.sql(
            "select id, parked, kind, event from query.dead_letter_event where request = :request")
        .param("request", request)
        .query(
            (row, _) ->
                new Recorded(
                    row.getObject("id", UUID.class),
                    row.getObject("parked", UUID.class),
                    DeadLetterOutbox.event(row.getString("kind"), row.getString("event"))))
        .list();
  }

  /** Sequences that a request has not tried yet, the oldest first. */
  List<Untried> untried(UUID request, @Nullable String projection) {
    return jdbc.sql(
            """
            select id, processor_name from query.parked_sequence p
            where (:projection::text is null or projection = :projection) and not exists (
              select from query.dead_letter_event e where e.request = :request and e.parked = p.id)
            order by parked_at, id
            """)
        .param("projection", projection)
        .param("request", request)
        .query((row, _) -> new Untried(row.getObject(1, UUID.class), row.getString(2)))
        .list();
  }

  /** Where the page after this one begins. */
  static PageCursor cursor(ParkedSequence last) {
    return new PageCursor(
        SORT, OffsetDateTime.ofInstant(last.parkedAt(), ZoneOffset.UTC).toString(), last.id() + "");
  }

  private static ParkedSequence sequence(ResultSet row) throws SQLException {
    return new ParkedSequence(
        row.getObject("id", UUID.class),
        row.getString("projection"),
        row.getString("processor_name"),
        row.getString("sequence"),
        row.getLong("first_entry"),
        row.getLong("last_entry"),
        row.getInt("letters"),
        row.getString("event_name"),
        row.getString("code"),
        row.getString("sql_state"),
        row.getString("error"),
        row.getTimestamp("parked_at").toInstant(),
        row.getInt("attempts"),
        row.getTimestamp("last_attempt_at").toInstant());
  }
}
