package io.countersign.query.stream;

import io.countersign.query.reading.PageCursor;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads streams through the view. */
public final class StreamQuery {

  /** The one order streams have. */
  static final String SORT = "id";

  private static final String SELECT =
      "select id, type, entries, first_index, first_at, last_at, last_index from rm.stream";

  private static final String PAGE =
      SELECT
          + """
           where id > :after and starts_with(id, :prefix) and (:type = '' or type = :type)
          order by id limit :limit
          """;

  private static final String ONE = SELECT + " where id = :id";

  private final DatabaseClient database;

  /** Reads from this database. */
  public StreamQuery(DatabaseClient database) {
    this.database = database;
  }

  /**
   * A page, stating that it reflects a position.
   *
   * @param type kind of aggregate; empty for all
   * @param prefix what ids begin with; empty for all
   */
  Mono<StreamView.Page> find(
      String type, String prefix, Optional<PageCursor> after, int limit, long position) {
    return database
        .sql(PAGE)
        .bind("type", type)
        .bind("prefix", prefix)
        .bind("after", after.map(PageCursor::id).orElse(""))
        .bind("limit", limit + 1)
        .map(StreamQuery::view)
        .all()
        .collectList()
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<StreamView> shown = more ? found.subList(0, limit) : found;
              String next =
                  more
                      ? new PageCursor(SORT, shown.getLast().id(), shown.getLast().id()).encode()
                      : null;
              return new StreamView.Page(shown, next, position);
            });
  }

  /** One stream; empty when there is none. */
  Mono<StreamView> one(String id) {
    return database.sql(ONE).bind("id", id).map(StreamQuery::view).one();
  }

  private static StreamView view(Readable row) {
    return new StreamView(
        required(row, "id", String.class),
        required(row, "type", String.class),
        required(row, "entries", Long.class),
        required(row, "first_index", Long.class),
        time(row, "first_at"),
        required(row, "last_index", Long.class),
        time(row, "last_at"));
  }

  private static Instant time(Readable row, String column) {
    return required(row, column, OffsetDateTime.class).toInstant();
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }
}
