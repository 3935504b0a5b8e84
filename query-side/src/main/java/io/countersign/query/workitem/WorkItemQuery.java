package io.countersign.query.workitem;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.Opening;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads work items through the views. */
public final class WorkItemQuery {

  /** One statement, so that everything in an answer is of one moment. */
  private static final String ONE =
      """
      select %s,
        (select count(*) from rm.work_item_comment c where c.work_item = i.id) as comments,
        (select coalesce(jsonb_agg(to_jsonb(h) order by h.revision, h.update_id, h.step), '[]')::text
         from rm.work_item_state_history h where h.work_item = i.id) as history,
        (select coalesce(jsonb_agg(to_jsonb(d) order by d.first_index, d.delivery), '[]')::text
         from rm.work_item_delivery d where d.work_item = i.id) as deliveries,
        (select coalesce(jsonb_agg(to_jsonb(l) order by l.relation, l.target), '[]')::text
         from rm.work_item_link l where l.work_item = i.id and not l.removed) as links,
        (select coalesce(jsonb_agg(to_jsonb(f) order by f.field), '[]')::text
         from rm.work_item_field f where f.work_item = i.id and f.kind <> 'empty') as fields,
        (select coalesce(jsonb_agg(to_jsonb(t) order by t.entry_index), '[]')::text
         from rm.work_item_transition_request t where t.work_item = i.id) as requests
      from rm.work_item i where i.id = :id
      """
          .formatted(WorkItemRow.COLUMNS);

  private final DatabaseClient database;
  private final TextCipher cipher;
  private final BlockingCalls blocking;

  /** Reads from this database and opens with this cipher. */
  public WorkItemQuery(DatabaseClient database, TextCipher cipher, BlockingCalls blocking) {
    this.database = database;
    this.cipher = cipher;
    this.blocking = blocking;
  }

  /** A page, stating that it reflects a position. */
  Mono<WorkItemView.Page> find(FindWorkItems find, long position) {
    return database
        .sql(find.sql())
        .bindValues(find.values())
        .map(WorkItemRow::of)
        .all()
        .collectList()
        .flatMap(rows -> blocking.call(() -> page(rows, find, position)));
  }

  private WorkItemView.Page page(List<WorkItemRow> rows, FindWorkItems find, long position) {
    boolean more = rows.size() > find.limit();
    List<WorkItemRow> shown = more ? rows.subList(0, find.limit()) : rows;
    Opening opening = new Opening(cipher);
    return new WorkItemView.Page(
        shown.stream().map(row -> row.open(opening)).toList(),
        more ? find.order().cursor(shown.getLast()).encode() : null,
        position);
  }

  /**
   * A work item with its history and what identifies this representation of it.
   *
   * @param detail the work item
   * @param tag changes whenever the representation does
   */
  record Found(WorkItemDetail detail, String tag) {}

  /** One work item; empty when there is none. */
  Mono<Found> one(String id) {
    return database
        .sql(ONE)
        .bind("id", id)
        .map(DetailRow::of)
        .one()
        .flatMap(row -> blocking.call(() -> found(row)));
  }

  private Found found(DetailRow row) {
    Opening opening = new Opening(cipher);
    WorkItemDetail detail = row.open(opening);
    String tag =
        "%d-%d-%s"
            .formatted(
                new WorkItemProjection().version(), detail.workItem().lastIndex(), opening.tag());
    return new Found(detail, tag);
  }

  /** The row of {@link #ONE}. */
  record DetailRow(
      WorkItemRow item,
      long comments,
      String history,
      String deliveries,
      String links,
      String fields,
      String requests) {

    static DetailRow of(Readable row) {
      return new DetailRow(
          WorkItemRow.of(row),
          Objects.requireNonNull(row.get("comments", Long.class)),
          text(row, "history"),
          text(row, "deliveries"),
          text(row, "links"),
          text(row, "fields"),
          text(row, "requests"));
    }

    private static String text(Readable row, String column) {
      return Objects.requireNonNull(row.get(column, String.class), column);
    }

    WorkItemDetail open(Opening opening) {
      return new WorkItemDetail(
          item.open(opening),
          DetailRows.history(history, item.incomplete(), opening),
          DetailRows.deliveries(deliveries),
          DetailRows.links(links),
          DetailRows.fields(fields, opening),
          DetailRows.requests(requests),
          comments);
    }
  }
}
