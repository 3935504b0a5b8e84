package io.countersign.query.reconciliation;

import io.countersign.eventlog.read.LogReader;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.NewestFirst;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads results and subscriptions through the views, and from the log when they were recorded. */
public final class ReconciliationQuery {

  /** Filters of results; nothing is given as the empty text. */
  static final Set<String> RESULT_FILTERS = Set.of("project", "kind", "outcome", "run", "differs");

  /** Filters of subscriptions. */
  static final Set<String> SUBSCRIPTION_FILTERS = Set.of("project", "eventType", "current");

  private static final String RESULTS =
      """
      select * from rm.reconciliation r
      where r.entry_index < :before
        and (:project = '' or r.project = :project)
        and (:kind = '' or r.kind = :kind)
        and (:outcome = '' or r.outcome = :outcome)
        and (:run = '' or r.run = :run)
        and (:differs = '' or r.differs = (:differs = 'true'))
      order by r.entry_index desc limit :limit
      """;

  private static final String ONE =
      "select * from rm.reconciliation r where r.entry_index = :index";

  private static final String DIFFERENCES =
      """
      select * from rm.reconciliation_difference d
      where d.project = :project and d.entry_index = :index order by d.place
      """;

  private static final String SUBSCRIPTIONS =
      """
      select * from rm.subscription_status s
      where s.entry_index < :before
        and (:project = '' or s.project = :project)
        and (:eventType = '' or s.event_type = :eventType)
        and (:current = '' or (s.until_index is null) = (:current = 'true'))
      order by s.entry_index desc limit :limit
      """;

  private final DatabaseClient database;
  private final LogReader log;
  private final BlockingCalls blocking;

  /** Reads from this database and log. */
  public ReconciliationQuery(DatabaseClient database, LogReader log, BlockingCalls blocking) {
    this.database = database;
    this.log = log;
    this.blocking = blocking;
  }

  /** A page of results, stating that it reflects a position. */
  Mono<ResultView.Page> results(Map<String, String> filters, NewestFirst page, long position) {
    return found(RESULTS, RESULT_FILTERS, filters, page, ReconciliationQuery::result)
        .flatMap(
            found ->
                recorded(page.shown(found), ResultView::entries, ResultView::recorded)
                    .map(
                        shown ->
                            new ResultView.Page(
                                shown, page.next(found, ResultView::index), position)));
  }

  /** One result with what differed; empty when the entry is none. */
  Mono<ResultView.Detail> one(long index) {
    return database
        .sql(ONE)
        .bind("index", index)
        .map(ReconciliationQuery::result)
        .one()
        .flatMap(
            result ->
                recorded(List.of(result), ResultView::entries, ResultView::recorded)
                    .zipWith(differences(result))
                    .map(both -> new ResultView.Detail(both.getT1().getFirst(), both.getT2())));
  }

  private Mono<List<ResultView.Gap>> differences(ResultView result) {
    return database
        .sql(DIFFERENCES)
        .bind("project", result.project())
        .bind("index", result.index())
        .map(ReconciliationQuery::gap)
        .all()
        .collectList();
  }

  /** A page of changes of subscriptions, stating that it reflects a position. */
  Mono<SubscriptionView.Page> subscriptions(
      Map<String, String> filters, NewestFirst page, long position) {
    return found(
            SUBSCRIPTIONS, SUBSCRIPTION_FILTERS, filters, page, ReconciliationQuery::subscription)
        .flatMap(
            found ->
                recorded(page.shown(found), SubscriptionView::entries, SubscriptionView::recorded)
                    .map(
                        shown ->
                            new SubscriptionView.Page(
                                shown, page.next(found, SubscriptionView::index), position)));
  }

  private <T> Mono<List<T>> found(
      String sql,
      Set<String> names,
      Map<String, String> filters,
      NewestFirst page,
      Function<Readable, T> row) {
    var query = database.sql(sql).bind("before", page.before()).bind("limit", page.wanted());
    for (String name : names) {
      query = query.bind(name, filters.getOrDefault(name, ""));
    }
    return query.map(row).all().collectList();
  }

  /** Rows with the times of their entries, looked up at once. */
  private <T> Mono<List<T>> recorded(
      List<T> rows,
      Function<T, Stream<Long>> entries,
      BiFunction<T, Map<Long, Instant>, T> recorded) {
    return blocking.call(
        () -> {
          Map<Long, Instant> times = log.recordedAt(rows.stream().flatMap(entries).toList());
          return rows.stream().map(row -> recorded.apply(row, times)).toList();
        });
  }

  private static ResultView result(Readable row) {
    return new ResultView(
        required(row, "entry_index", Long.class),
        null,
        required(row, "project", String.class),
        required(row, "kind", String.class),
        required(row, "outcome", String.class),
        required(row, "run", String.class),
        row.get("asked", String.class),
        required(row, "asked_by", String.class),
        time(row, "from_at"),
        time(row, "to_at"),
        sides(row, "items"),
        sides(row, "count"),
        row.get("missing", Integer.class),
        row.get("filled", Integer.class),
        row.get("unexpected", Integer.class),
        required(row, "differs", Boolean.class),
        row.get("reason", String.class));
  }

  private static ResultView.@Nullable Sides sides(Readable row, String of) {
    Integer source = row.get(of + "_source", Integer.class);
    Integer ours = row.get(of + "_ours", Integer.class);
    return source == null || ours == null ? null : new ResultView.Sides(source, ours);
  }

  private static ResultView.Gap gap(Readable row) {
    return new ResultView.Gap(
        required(row, "side", String.class),
        required(row, "what", String.class),
        row.get("work_item", String.class),
        row.get("first_number", Integer.class),
        row.get("last_number", Integer.class),
        required(row, "size", Integer.class));
  }

  private static SubscriptionView subscription(Readable row) {
    return new SubscriptionView(
        required(row, "entry_index", Long.class),
        null,
        required(row, "project", String.class),
        required(row, "event_type", String.class),
        row.get("status_before", String.class),
        required(row, "status", String.class),
        required(row, "seen_by", String.class),
        row.get("until_index", Long.class),
        null);
  }

  private static @Nullable Instant time(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }
}
