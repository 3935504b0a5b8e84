package io.countersign.command.privacy;

import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.privacy.SubjectId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the subject an erasure or a hold is about, and the erasures that are not over. A row is
 * written before the event that opens the matter and decides nothing: whoever finds one reads the
 * subject's events.
 */
public final class Matters {

  /** The schema of privacy. */
  public static final Schema SCHEMA = new Schema("privacy", "db/privacy");

  /** What a matter is. */
  enum Kind {
    ERASURE,
    HOLD,
    /** Has its own id where others have a subject. */
    PURGE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A row. */
  record Matter(UUID id, SubjectId subject, Instant openedAt) {}

  private final JdbcClient jdbc;

  Matters(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  void open(UUID id, Kind kind, SubjectId subject, Instant now) {
    jdbc.sql("insert into privacy.matter (id, kind, subject, opened_at) values (?, ?, ?, ?)")
        .params(id, kind.word(), subject.value(), now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** It is over; the row stays, so that it is found. */
  void close(UUID id) {
    jdbc.sql("update privacy.matter set closed = true where id = ?").param(id).update();
  }

  /** It was never recorded. */
  void remove(UUID id) {
    jdbc.sql("delete from privacy.matter where id = ?").param(id).update();
  }

  Optional<SubjectId> subject(UUID id, Kind kind) {
    return jdbc.sql("select subject from privacy.matter where id = ? and kind = ?")
        .params(id, kind.word())
        .query(UUID.class)
        .optional()
        .map(SubjectId::new);
  }

  /** Oldest first. */
  List<Matter> open(Kind kind, int limit) {
    return list(
        "select id, subject, opened_at from privacy.matter where kind = ? and not closed"
            + " order by opened_at, id limit ?",
        kind,
        limit);
  }

  /** Newest first. */
  List<Matter> all(Kind kind, int limit) {
    return list(
        "select id, subject, opened_at from privacy.matter where kind = ?"
            + " order by opened_at desc, id limit ?",
        kind,
        limit);
  }

  private List<Matter> list(String sql, Kind kind, int limit) {
    return jdbc.sql(sql)
        .params(kind.word(), limit)
        .query(
            (row, _) ->
                new Matter(
                    row.getObject(1, UUID.class),
                    new SubjectId(row.getObject(2, UUID.class)),
                    row.getObject(3, java.time.OffsetDateTime.class).toInstant()))
        .list();
  }
}
