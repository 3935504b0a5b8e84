package io.countersign.audit.sequence;

import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.store.EventIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Makes the events of a foreign store entries of this log: each once, an aggregate's in order, in
 * an order that is never derived anew. Stored event ids tell what is in the log already, so going
 * on from an older position changes nothing; the position only saves reading.
 *
 * <p>One at a time for a log. Not safe for several threads. After an exception begin anew.
 */
public final class Sequencer {

  /** Events read at once. */
  static final int PAGE = 256;

  /** More that wait at once are no late commits: the source has lost events. */
  private static final int MOST_HELD = 10_000;

  private final EventSource source;
  private final LogPlaces places;
  private final Consumer<List<NewEntry>> append;
  private final KeyIds keyIds;

  /** Events whose predecessors have not come yet, in the order of the source. */
  private List<SourceEvent> held = new ArrayList<>();

  /** Behind the last event before the first one held, where a restart has to go on. */
  private Optional<String> safe;

  private Optional<String> cursor;

  /**
   * Prepares the source and goes on from the position that was kept.
   *
   * @param log database of the log, with the schema of the sequencer
   * @param append stores entries, all or none, and returns when they are durable
   * @param keyIds finds the data keys in a stored payload
   */
  public Sequencer(
      EventSource source, DataSource log, Consumer<List<NewEntry>> append, KeyIds keyIds) {
    source.prepare();
    this.source = source;
    this.places = new LogPlaces(log);
    this.append = append;
    this.keyIds = keyIds;
    this.cursor = places.position(source.name());
    this.safe = cursor;
  }

  /** Events that wait for their predecessors. */
  public int held() {
    return held.size();
  }

  /**
   * Reads a page and appends what has its turn.
   *
   * @return whether there may be more at once
   * @throws SequencingHaltedException at an event that can never be appended
   */
  public boolean sequence() throws SequencingHaltedException {
    List<SourceEvent> page = source.next(cursor, PAGE);
    if (page.isEmpty()) {
      return false;
    }
    List<SourceEvent> open = new ArrayList<>(held);
    open.addAll(page);
    List<SourceEvent> waiting = append(open);
    if (waiting.size() > MOST_HELD) {
      throw new SequencingHaltedException(
          waiting.getFirst(),
          "its predecessor is not there, and %d wait".formatted(waiting.size()));
    }
    Optional<String> former = safe;
    safe = waiting.isEmpty() ? Optional.of(page.getLast().position()) : before(waiting, page);
    held = waiting;
    cursor = Optional.of(page.getLast().position());
    if (safe.isPresent() && !safe.equals(former)) {
      places.remember(source.name(), safe.get());
    }
    return page.size() == PAGE;
  }

  /** Whoever was held before stays the one to go on from. */
  private Optional<String> before(List<SourceEvent> waiting, List<SourceEvent> page) {
    SourceEvent first = waiting.getFirst();
    int at = page.indexOf(first);
    if (at < 0) {
      return safe;
    }
    return at == 0 ? cursor : Optional.of(page.get(at - 1).position());
  }

  /** Those that have to wait. */
  private List<SourceEvent> append(List<SourceEvent> open) throws SequencingHaltedException {
    Set<UUID> known = places.known(open.stream().map(Sequencer::id).toList());
    List<SourceEvent> waiting =
        new ArrayList<>(open.stream().filter(event -> !known.contains(id(event))).toList());
    Map<String, Long> last =
        places.lastSequences(waiting.stream().map(SourceEvent::aggregateId).toList());
    List<SourceEvent> turn = new ArrayList<>();
    boolean more = true;
    while (more) { // an event that is held may have its turn once a later one has had it
      more = false;
      for (var each = waiting.iterator(); each.hasNext(); ) {
        SourceEvent event = each.next();
        long next = last.getOrDefault(event.aggregateId(), -1L) + 1;
        if (event.sequence() < next) {
          throw new SequencingHaltedException(
              event, "another event with this sequence is in the log");
        }
        if (event.sequence() == next) {
          last.put(event.aggregateId(), next);
          turn.add(event);
          each.remove();
          more = true;
        }
      }
    }
    if (!turn.isEmpty()) {
      store(turn);
    }
    return waiting;
  }

  private void store(List<SourceEvent> events) throws SequencingHaltedException {
    try {
      append.accept(events.stream().map(this::entry).toList());
    } catch (EntryRefusedException e) {
      if (events.size() == 1) {
        throw new SequencingHaltedException(
            events.getFirst(), "it cannot become an entry, " + e.getMessage());
      }
      for (SourceEvent one : events) {
        store(List.of(one));
      }
    }
  }

  private NewEntry entry(SourceEvent event) {
    Provenances provenance = Provenances.in(event.metadata());
    return new NewEntry(
        event.aggregateType(),
        event.aggregateId(),
        event.sequence(),
        id(event),
        event.name(),
        event.revision(),
        ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt().truncatedTo(ChronoUnit.MICROS)),
        provenance.actor(),
        provenance.correlationId(),
        provenance.causationId(),
        event.payload(),
        event.metadata(),
        keyIds.keysIn(event.payload()));
  }

  private static UUID id(SourceEvent event) {
    return EventIds.ofMessage(event.eventId());
  }

  /**
   * Compares all that was read of the source with the log. When something is missing, which no
   * order of commits explains, reading begins anew, so that it gets its place late rather than
   * never.
   *
   * @return events of the source that are neither entries nor held
   */
  public long reconcile() {
    Set<UUID> waiting = new HashSet<>(held.stream().map(Sequencer::id).toList());
    long missing = 0;
    Optional<String> at = Optional.empty();
    while (cursor.isPresent() && !at.equals(cursor)) {
      List<SourceEvent> page = source.next(at, PAGE);
      if (page.isEmpty()) {
        break; // what was read last is not there any more
      }
      Set<UUID> known = places.known(page.stream().map(Sequencer::id).toList());
      for (SourceEvent event : page) {
        if (!at.equals(cursor)) {
          missing += known.contains(id(event)) || waiting.contains(id(event)) ? 0 : 1;
          at = Optional.of(event.position());
        }
      }
    }
    if (missing > 0) {
      cursor = Optional.empty();
      safe = Optional.empty();
      held = new ArrayList<>();
    }
    return missing;
  }
}
