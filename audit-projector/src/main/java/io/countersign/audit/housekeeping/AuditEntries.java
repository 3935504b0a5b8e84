package io.countersign.audit.housekeeping;

import io.countersign.eventlog.store.OwnEntries;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Appends what the log records about itself. All of it belongs to one aggregate, whose sequence
 * orders writers on several nodes.
 */
public final class AuditEntries {

  /** Aggregate type of these entries, by which others are told from them. */
  public static final String TYPE = "auditlog";

  /** Who writes them when nobody asked. */
  public static final Actor AUTOMATION = Actor.automation("audit");

  private static final JsonMapper JSON = new JsonMapper();

  private final OwnEntries entries;
  private final JdbcClient jdbc;

  /** Entries of the log in this database. */
  public AuditEntries(EventStore events, DataSource dataSource, Clock clock) {
    this.entries = new OwnEntries(events, clock);
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Appends an event, outside of any unit of work. It is durable when this returns.
   *
   * @param actor on whose behalf
   * @throws ConcurrencyException when others kept appending to the same aggregate
   */
  public void append(AuditEvent event, Actor actor) {
    append(event, actor, UUID.randomUUID());
  }

  /**
   * The same with an id that is the caller's. An event with this id that is in the log already is
   * not appended again: so a step that was interrupted can be taken again.
   */
  public void append(AuditEvent event, Actor actor, UUID eventId) {
    entries.append(TYPE, aggregateId(), event, actor, eventId);
  }

  /** The aggregate all of them belong to. */
  public String aggregateId() {
    return TYPE
        + ":"
        + jdbc.sql("select log_id::text from eventlog.log").query(String.class).single();
  }

  /** The origins under which this log was ever sealed, as it records them itself. */
  public Set<String> origins() {
    return recorded("auditlog.KeyIntroduced", "auditlog.LogRestarted");
  }

  /** Whether the log records a key of this origin: then it was sealed under it. */
  public boolean isIntroduced(String origin) {
    return recorded("auditlog.KeyIntroduced").contains(origin);
  }

  private Set<String> recorded(String... names) {
    return jdbc
        .sql("select payload from eventlog.entry where aggregate_id = ? and name = any (?)")
        .params(aggregateId(), names)
        .query((row, _) -> origin(row.getBytes("payload")))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** A payload that somebody changed names none; the sealer does not seal it. */
  private static Optional<String> origin(byte[] payload) {
    try {
      return Optional.of(JSON.readTree(payload).path("origin").asString());
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /**
   * Whether there are entries other than these from an index on and below another. Anchors and head
   * maps are only written then, so the log never grows by itself.
   *
   * @param below size of the checkpoint they are about: what is not sealed yet has its turn later
   */
  public boolean anythingElse(long from, long below) {
    return jdbc.sql(
            """
            select exists (
              select from eventlog.entry where index >= ? and index < ? and aggregate_type <> ?)
            """)
        .params(from, below, TYPE)
        .query(Boolean.class)
        .single();
  }
}
