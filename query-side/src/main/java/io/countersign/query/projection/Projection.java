package io.countersign.query.projection;

import io.countersign.eventlog.database.Schema;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import java.util.List;

/**
 * Turns events of one sealed family into rows. Pure: no clock, no randomness, no I/O, no memory of
 * earlier events, so that a replay gives the same rows byte for byte. The same object serves live
 * processing and rebuilding.
 *
 * @param <E> the sealed family of events
 */
public interface Projection<E> {

  /** Name in the API and in metrics, for example {@code work-items}. */
  String name();

  /** Version of the rows' meaning: another version has tables and a processor of its own. */
  int version();

  /** The schema the first generation's tables of this version lie in. */
  String schema();

  /** What makes its tables, in the folder that is named like the schema. */
  default Schema migrations() {
    return new Schema(schema(), "db/" + schema());
  }

  /**
   * The sealed family; events that are not of it are never offered. Or {@link EntryFacts}, for what
   * entries are instead of what their events say.
   */
  Class<E> family();

  /** Whether events of this class are offered; of one that needs two families, those of both. */
  default boolean takes(Class<?> event) {
    return family().isAssignableFrom(event);
  }

  /** All tables it writes. */
  List<Table> tables();

  /**
   * What an event changes.
   *
   * @param index index of the event's entry
   * @param event the event
   * @param provenance where it comes from
   */
  List<RowChange> on(long index, E event, Provenance provenance);

  /**
   * What changes when the text of an event of the log is purged; it comes after that event, in the
   * order of its aggregate. A replay reads what is left of the event and comes to the same rows.
   *
   * @param index index of the entry that says so
   * @param purged what is left of which event
   */
  default List<RowChange> onPurged(long index, PayloadPurged purged) {
    return List.of();
  }

  /** Name of its first generation's processor: name and version. */
  default String processor() {
    return name() + "-v" + version();
  }
}
