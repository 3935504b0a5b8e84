package io.countersign.query.escalation;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.Opening;
import io.countersign.query.reading.PageCursor;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads escalations through the views. */
public final class EscalationQuery {

  /** The one order escalations have: as they were raised first. */
  static final String SORT = "raised";

  /** Filters of a list, by parameter and column. */
  static final Map<String, String> FILTERS =
      Map.of(
          "status", "status",
          "category", "category",
          "severity", "severity",
          "team", "team",
          "workItem", "work_item");

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final String PAGE =
      """
      select * from rm.escalation e
      where (e.raised_index > :after)
        and (:status = '' or e.status = :status)
        and (:category = '' or e.category = :category)
        and (:severity = '' or e.severity = :severity)
        and (:team = '' or e.team = :team)
        and (:workItem = '' or e.work_item = :workItem)
        and (:open = '' or (e.status in ('merged', 'resolved')) = (:open = 'false'))
      order by e.raised_index limit :limit
      """;

  private static final String ONE =
      """
      select e.*, (
        select coalesce(jsonb_agg(jsonb_build_object('index', s.entry_index, 'step', s.step, 'at',
            to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', s.actor, 'detail', s.detail)
          order by s.entry_index), '[]')::text
        from rm.escalation_step s where s.escalation = e.id) as steps
      from rm.escalation e where e.id = :id
      """;

  private static final String STATISTICS =
      """
      select category, count(*) as raised,
        count(*) filter (where status not in ('merged', 'resolved')) as open,
        avg(extract(epoch from acknowledged_at - raised_at))::float8 as acknowledged,
        avg(extract(epoch from resolved_at - raised_at))::float8 as resolved
      from rm.escalation where raised_at >= :since group by category order by category
      """;

  private final DatabaseClient database;
  private final TextCipher cipher;
  private final BlockingCalls blocking;

  /** Reads from this database and opens with this cipher. */
  public EscalationQuery(DatabaseClient database, TextCipher cipher, BlockingCalls blocking) {
    this.database = database;
    this.cipher = cipher;
    this.blocking = blocking;
  }

  /** A page, stating that it reflects a position. */
  Mono<EscalationView.Page> find(
      Map<String, String> filters,
      String open,
      Optional<PageCursor> after,
      int limit,
      long position) {
    var query = database.sql(PAGE).bind("open", open);
    for (String name : FILTERS.keySet()) {
      query = query.bind(name, filters.getOrDefault(name, ""));
    }
    return query
        .bind("after", after.map(cursor -> Long.parseLong(cursor.value())).orElse(-1L))
        .bind("limit", limit + 1)
        .map(row -> new Indexed(view(row), required(row, "raised_index", Long.class)))
        .all()
        .collectList()
        .map(found -> page(found, limit, position));
  }

  private record Indexed(EscalationView view, long raisedIndex) {}

  private static EscalationView.Page page(List<Indexed> found, int limit, long position) {
    boolean more = found.size() > limit;
    List<Indexed> shown = more ? found.subList(0, limit) : found;
    String next =
        more
            ? new PageCursor(
                    SORT,
                    String.valueOf(shown.getLast().raisedIndex()),
                    shown.getLast().view().id())
                .encode()
            : null;
    return new EscalationView.Page(shown.stream().map(Indexed::view).toList(), next, position);
  }

  private record Row(
      EscalationView view, @Nullable String context, @Nullable String text, String steps) {}

  /** One escalation with its context; empty when there is none. */
  Mono<EscalationView.Detail> one(String id) {
    return database
        .sql(ONE)
        .bind("id", id)
        .map(
            row ->
                new Row(
                    view(row),
                    row.get("context", String.class),
                    row.get("resolution_text", String.class),
                    required(row, "steps", String.class)))
        .one()
        .flatMap(row -> blocking.call(() -> open(row)));
  }

  private EscalationView.Detail open(Row row) {
    Opening opening = new Opening(cipher);
    return new EscalationView.Detail(
        row.view(),
        opening.text(row.context()),
        opening.text(row.text()),
        List.of(JSON.readValue(row.steps(), EscalationView.Step[].class)));
  }

  /** How soon people answered, by category. */
  Mono<List<EscalationView.Statistics>> statistics(Instant since) {
    return database
        .sql(STATISTICS)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .map(
            row ->
                new EscalationView.Statistics(
                    required(row, "category", String.class),
                    required(row, "raised", Long.class),
                    required(row, "open", Long.class),
                    row.get("acknowledged", Double.class),
                    row.get("resolved", Double.class)))
        .all()
        .collectList();
  }

  private static EscalationView view(Readable row) {
    return new EscalationView(
        required(row, "id", String.class),
        required(row, "episode", Integer.class),
        required(row, "status", String.class),
        required(row, "category", String.class),
        required(row, "severity", String.class),
        required(row, "level", Integer.class),
        required(row, "team", String.class),
        required(row, "kind", String.class),
        row.get("work_item", String.class),
        row.get("project", String.class),
        row.get("rule", String.class),
        List.of(JSON.readValue(required(row, "evidence", String.class), Long[].class)),
        required(row, "occurrences", Integer.class),
        row.get("assignee", String.class),
        row.get("merged_into", String.class),
        time(row, "snoozed_until"),
        Objects.requireNonNull(time(row, "raised_at")),
        required(row, "raised_by", String.class),
        Objects.requireNonNull(time(row, "level_2_at")),
        Objects.requireNonNull(time(row, "level_3_at")),
        time(row, "acknowledged_at"),
        time(row, "resolved_at"),
        row.get("resolution", String.class),
        required(row, "matrix_version", Integer.class),
        required(row, "matrix_sha256", String.class),
        required(row, "context_sha256", String.class),
        required(row, "last_index", Long.class));
  }

  private static @Nullable Instant time(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }
}
