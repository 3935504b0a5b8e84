package io.countersign.query.stream;

import static io.countersign.query.stream.StreamTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.projection.EntryFacts;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SetBased;
import io.countersign.query.projection.Table;
import java.util.List;

/** One row for each aggregate of the log: how long its stream is, where it begins and ends. */
public final class StreamProjection implements Projection<EntryFacts>, SetBased {

  private static final String LOADING =
      """
      insert into %s.stream as t (id, type, entries, first_index, first_at, last_at, last_index)
      select f.aggregate_id, f.aggregate_type, l.sequence + 1, f.index, f.occurred_at, l.occurred_at, l.index
      from (
        select min(index) as first, max(index) as last
        from entries where aggregate_type <> '' group by aggregate_id) ends
      join entries f on f.index = ends.first
      join entries l on l.index = ends.last
      on conflict (id) do update
      set entries = excluded.entries, last_at = excluded.last_at, last_index = excluded.last_index
      where excluded.last_index > t.last_index
      """;

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_stream_v1";
  }

  @Override
  public Class<EntryFacts> family() {
    return EntryFacts.class;
  }

  /** Every event this program knows; of others nobody is told. */
  @Override
  public boolean takes(Class<?> event) {
    return Events.CATALOGUE.typeOf(event).isPresent();
  }

  @Override
  public List<Table> tables() {
    return List.of(STREAM);
  }

  @Override
  public List<RowChange> on(long index, EntryFacts entry, Provenance provenance) {
    return entry.aggregateType().isEmpty()
        ? List.of()
        : List.of(
            STREAM
                .row(entry.aggregateId())
                .set(TYPE, entry.aggregateType())
                .set(ENTRIES, entry.sequence() + 1)
                .set(FIRST_INDEX, index)
                .set(FIRST_AT, entry.at())
                .set(LAST_AT, entry.at())
                .build());
  }

  @Override
  public String loading(String schema) {
    return LOADING.formatted(schema);
  }
}
