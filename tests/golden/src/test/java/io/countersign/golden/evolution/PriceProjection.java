package io.countersign.golden.evolution;

import io.countersign.golden.evolution.Prices.PriceEvent;
import io.countersign.golden.evolution.Prices.Priced;
import io.countersign.kernel.Provenance;
import io.countersign.query.projection.Column;
import io.countersign.query.projection.ColumnType;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import java.util.List;

/** A row for each price. */
final class PriceProjection implements Projection<PriceEvent> {

  static final String DDL =
      """
      create schema rm_price_v1;
      create table rm_price_v1.price (
        entry_index bigint primary key,
        thing text,
        cents bigint,
        currency text,
        notes int,
        last_index bigint not null)
      """;

  private static final Column INDEX = Column.of("entry_index", ColumnType.BIGINT);
  private static final Column THING = Column.of("thing", ColumnType.WORD);
  private static final Column CENTS = Column.of("cents", ColumnType.BIGINT);
  private static final Column CURRENCY = Column.of("currency", ColumnType.WORD);
  private static final Column NOTES = Column.of("notes", ColumnType.INTEGER);
  private static final Table PRICE =
      new Table("price", List.of(INDEX), List.of(THING, CENTS, CURRENCY, NOTES));

  @Override
  public String name() {
    return "prices";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_price_v1";
  }

  @Override
  public Class<PriceEvent> family() {
    return PriceEvent.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(PRICE);
  }

  @Override
  public List<RowChange> on(long index, PriceEvent event, Provenance provenance) {
    return switch (event) {
      case Priced priced ->
          List.of(
              PRICE
                  .row(index)
                  .set(THING, priced.thing())
                  .set(CENTS, priced.cents())
                  .set(CURRENCY, priced.currency())
                  .set(NOTES, priced.notes().size())
                  .build());
    };
  }
}
