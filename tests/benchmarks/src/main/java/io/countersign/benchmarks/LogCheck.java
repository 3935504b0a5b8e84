package io.countersign.benchmarks;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.LogRow;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a log against what its writers were promised: dense, chained, every acknowledged event
 * there once, every command once and in the order of its thread, every aggregate without a hole.
 */
final class LogCheck {

  private static final int MOST_VIOLATIONS = 20;

  private final ObjectMapper json = JsonMapper.builder().build();
  private final List<String> violations = new ArrayList<>();
  private final Promises promises;
  private final Map<String, Turn> nextOfThread = new HashMap<>();
  private final Set<String> aggregates = new HashSet<>();
  private final ChainVerifier chain =
      ChainVerifier.fromTheStart(
          finding -> violation("entry " + finding.index() + ": " + finding.words()));
  private Counter.@Nullable Counted last;
  private long entries;
  private long commands;

  private LogCheck(Promises promises) {
    this.promises = promises;
  }

  /**
   * What was found.
   *
   * @param entries of the log
   * @param commands with at least one event there
   * @param aggregates with at least one event there
   * @param acknowledged events in the ledgers
   * @param recognized of these, stored by a try whose answer was lost, and recognized by the next
   * @param unanswered events of the log that no writer was promised: stored, then the writer died
   * @param violations of what must hold, empty when all is well
   */
  record Result(
      long entries,
      long commands,
      int aggregates,
      long acknowledged,
      long recognized,
      long unanswered,
      List<String> violations) {}

  static Result of(DataSource log, List<Path> ledgers) throws IOException {
    var check = new LogCheck(Promises.of(ledgers));
    new JdbcLogReader(log).scan(0, check::entry);
    check.end();
    check.countRows(log);
    check.promises.missing(id -> check.violation("acknowledged and not in the log: event " + id));
    return new Result(
        check.entries,
        check.commands,
        check.aggregates.size(),
        check.promises.acknowledged(),
        check.promises.recognized(),
        check.entries - check.promises.found(),
        List.copyOf(check.violations));
  }

  private void entry(StoredEntry entry) {
    if (entry.index() != entries) {
      violation("index " + entry.index() + " where " + entries + " belongs");
    }
    entries++;
    chain.accept(row(entry));
    aggregates.add(entry.aggregateId());
    Counter.Counted counted = json.readValue(entry.payload(), Counter.Counted.class);
    UUID id = UUID.fromString(entry.eventId());
    boolean own = id.equals(counted.turn().eventId(counted.ordinal()));
    if (!own) {
      violation("entry " + entry.index() + " has another id than its command gives it");
    }
    if (counted.count() != entry.sequence()) {
      violation("entry " + entry.index() + " was decided on a stale aggregate");
    }
    follows(entry.index(), counted);
    if (own
        && promises.found(counted.turn(), counted.ordinal(), entry.sequence())
            == Promises.Said.ANOTHER_SEQUENCE) {
      violation("entry " + entry.index() + " was acknowledged with another sequence");
    }
  }

  /** Events of a command lie together, commands of a thread come once and in order. */
  private void follows(long index, Counter.Counted event) {
    Counter.Counted before = last;
    if (event.ordinal() > 0) {
      if (before == null
          || !before.turn().equals(event.turn())
          || before.ordinal() != event.ordinal() - 1) {
        violation("entry " + index + " is torn from its command " + event.turn());
      }
    } else {
      end();
      commands++;
      Turn turn = event.turn();
      String thread = turn.writer() + "." + turn.thread();
      Turn due = nextOfThread.getOrDefault(thread, new Turn(turn.writer(), turn.thread(), 0));
      if (!due.equals(turn)) {
        violation("entry " + index + ": " + turn + " where " + due + " is due");
      }
      nextOfThread.put(thread, turn.next());
    }
    last = event;
  }

  /** The command before must be whole. */
  private void end() {
    Counter.Counted before = last;
    if (before != null && before.ordinal() != before.events() - 1) {
      violation("only a part of " + before.turn() + " is stored");
    }
  }

  /** The same from the database's side, without our reader. */
  private void countRows(DataSource log) {
    String sql =
        "select count(*), count(distinct event_id), coalesce(max(index), -1) + 1 from eventlog.entry";
    try (var connection = log.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      for (int column = 1; column <= 3; column++) {
        if (row.getLong(column) != entries) {
          violation("the database counts " + row.getLong(column) + " entries, not " + entries);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void violation(String words) {
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(words);
    }
  }

  private static LogRow row(StoredEntry entry) {
    return new LogRow(
        entry.index(),
        entry.entryHash(),
        entry.entry(),
        entry.payload(),
        entry.metadata(),
        new LogRow.Columns(
            entry.aggregateType(),
            entry.aggregateId(),
            entry.sequence(),
            entry.eventId(),
            entry.name(),
            entry.revision(),
            entry.occurredAt(),
            entry.recordedAt(),
            entry.actor(),
            entry.correlationId(),
            entry.causationId()));
  }
}
