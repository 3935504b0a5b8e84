package io.countersign.query.sync;

import static java.util.Objects.requireNonNull;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.read.LogReader;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.NewestFirst;
import io.countersign.query.reading.Opening;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads writes and conflicts through the views, and from the log when they were recorded. */
public final class SyncQuery {

  /** Filters of writes; nothing is given as the empty text. */
  static final Set<String> WRITE_FILTERS = Set.of("project", "workItem", "status", "kind");

  /** Filters of conflicts. */
  static final Set<String> CONFLICT_FILTERS = Set.of("project", "workItem", "open");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Only these have a reason; whatever was found to be written later has none any more. */
  private static final Set<String> ENDED = Set.of("refused", "abandoned");

  private static final String WRITES =
      """
      select * from rm.sync_write w
      where w.entry_index < :before
        and (:project = '' or w.project = :project)
        and (:workItem = '' or w.work_item = :workItem)
        and (:status = '' or w.status = :status)
        and (:kind = '' or w.kind = :kind)
      order by w.entry_index desc limit :limit
      """;

  private static final String CONFLICTS =
      """
      select * from rm.sync_conflict c
      where c.detected_index < :before
        and (:project = '' or c.project = :project)
        and (:workItem = '' or c.work_item = :workItem)
        and (:open = '' or (c.resolution is null) = (:open = 'true'))
      order by c.detected_index desc, c.conflict limit :limit
      """;

  private final DatabaseClient database;
  private final TextCipher cipher;
  private final LogReader log;
  private final BlockingCalls blocking;

  /** Reads from this database and log, and opens with this cipher. */
  public SyncQuery(
      DatabaseClient database, TextCipher cipher, LogReader log, BlockingCalls blocking) {
    this.database = database;
    this.cipher = cipher;
    this.log = log;
    this.blocking = blocking;
  }

  /** A page of writes, stating that it reflects a position. */
  Mono<SyncWriteView.Page> writes(Map<String, String> filters, NewestFirst page, long position) {
    return rows(WRITES, WRITE_FILTERS, filters, page)
        .map(Write::of)
        .all()
        .collectList()
        .flatMap(
            found ->
                blocking.call(
                    () ->
                        new SyncWriteView.Page(
                            opened(page.shown(found)), page.next(found, Write::index), position)));
  }

  private List<SyncWriteView> opened(List<Write> rows) {
    Opening opening = new Opening(cipher);
    Map<Long, Instant> times = log.recordedAt(rows.stream().flatMap(Write::entries).toList());
    return rows.stream().map(row -> row.open(opening, times)).toList();
  }

  /** A page of conflicts, stating that it reflects a position. */
  Mono<SyncConflictView.Page> conflicts(
      Map<String, String> filters, NewestFirst page, long position) {
    return rows(CONFLICTS, CONFLICT_FILTERS, filters, page)
        .map(Conflict::of)
        .all()
        .collectList()
        .flatMap(
            found ->
                blocking.call(
                    () ->
                        new SyncConflictView.Page(
                            openedConflicts(page.shown(found)),
                            page.next(found, Conflict::index),
                            position)));
  }

  private List<SyncConflictView> openedConflicts(List<Conflict> rows) {
    Opening opening = new Opening(cipher);
    Map<Long, Instant> times = log.recordedAt(rows.stream().flatMap(Conflict::entries).toList());
    return rows.stream().map(row -> row.open(opening, times)).toList();
  }

  private DatabaseClient.GenericExecuteSpec rows(
      String sql, Set<String> names, Map<String, String> filters, NewestFirst page) {
    var query = database.sql(sql).bind("before", page.before()).bind("limit", page.wanted());
    for (String name : names) {
      query = query.bind(name, filters.getOrDefault(name, ""));
    }
    return query;
  }

  /** A write whose words are still sealed. */
  private record Write(SyncWriteView view, @Nullable String words, List<SyncWriteView.Step> steps) {

    static Write of(Readable row) {
      String status = required(row, "status", String.class);
      boolean ended = ENDED.contains(status);
      return new Write(
          new SyncWriteView(
              required(row, "entry_index", Long.class),
              required(row, "work_item", String.class),
              row.get("project", String.class),
              required(row, "kind", String.class),
              row.get("from_state", String.class),
              required(row, "to_state", String.class),
              row.get("source_state", String.class),
              row.get("rule", String.class),
              required(row, "asked_by", String.class),
              null,
              status,
              row.get("revision", Integer.class),
              row.get("conflict", UUID.class),
              ended ? row.get("code", String.class) : null,
              null,
              List.of()),
          ended ? row.get("words", String.class) : null,
          List.of(
              JSON.readValue(required(row, "steps", String.class), SyncWriteView.Step[].class)));
    }

    long index() {
      return view.index();
    }

    Stream<Long> entries() {
      return Stream.concat(Stream.of(view.index()), steps.stream().map(SyncWriteView.Step::index));
    }

    SyncWriteView open(Opening opening, Map<Long, Instant> times) {
      return new SyncWriteView(
          view.index(),
          view.workItem(),
          view.project(),
          view.kind(),
          view.from(),
          view.to(),
          view.sourceState(),
          view.rule(),
          view.askedBy(),
          times.get(view.index()),
          view.status(),
          view.revision(),
          view.conflict(),
          view.code(),
          opening.text(words),
          steps.stream().map(step -> step.recorded(times.get(step.index()))).toList());
    }
  }

  /** A conflict whose name and reason are still sealed. */
  private record Conflict(
      SyncConflictView view,
      @Nullable UUID changedBy,
      @Nullable String name,
      @Nullable String reason) {

    static Conflict of(Readable row) {
      return new Conflict(
          new SyncConflictView(
              required(row, "conflict", UUID.class),
              required(row, "work_item", String.class),
              row.get("project", String.class),
              required(row, "from_state", String.class),
              required(row, "wanted", String.class),
              row.get("theirs", String.class),
              required(row, "source_theirs", String.class),
              required(row, "revision", Integer.class),
              required(row, "changed_at", OffsetDateTime.class).toInstant(),
              null,
              required(row, "detected_index", Long.class),
              null,
              row.get("resolution", String.class),
              row.get("decided_by", String.class),
              null,
              row.get("resolved_index", Long.class),
              null),
          row.get("changed_by", UUID.class),
          row.get("changed_by_name", String.class),
          row.get("reason", String.class));
    }

    long index() {
      return view.index();
    }

    Stream<Long> entries() {
      return Stream.of(view.index(), view.resolvedIndex()).filter(Objects::nonNull);
    }

    SyncConflictView open(Opening opening, Map<Long, Instant> times) {
      Long resolved = view.resolvedIndex();
      return new SyncConflictView(
          view.conflict(),
          view.workItem(),
          view.project(),
          view.from(),
          view.ours(),
          view.theirs(),
          view.sourceTheirs(),
          view.revision(),
          view.changedAt(),
          opening.person(changedBy, name),
          view.index(),
          times.get(view.index()),
          view.resolution(),
          view.decidedBy(),
          opening.text(reason),
          resolved,
          resolved == null ? null : times.get(resolved));
    }
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return requireNonNull(row.get(column, type), column);
  }
}
