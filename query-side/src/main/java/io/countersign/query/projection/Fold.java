package io.countersign.query.projection;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;

/**
 * Offers a projection the messages that concern it, live and in replays alike.
 *
 * @param <E> the sealed family of events
 */
public final class Fold<E> {

  private final Projection<E> projection;

  /** Of this projection. */
  public Fold(Projection<E> projection) {
    this.projection = projection;
  }

  /** Whether a payload concerns it. */
  public boolean accepts(Class<?> payload) {
    return projection.takes(payload) || payload == PayloadPurged.class;
  }

  /** The logical names of all events that concern it; upcasters keep names. */
  public Set<String> names(EventCatalogue catalogue) {
    return catalogue.types().stream()
        .map(EventType::name)
        .filter(name -> catalogue.classOf(name).filter(this::accepts).isPresent())
        .collect(Collectors.toSet());
  }

  /**
   * What a message that concerns it changes.
   *
   * @param index index of the event's entry
   */
  public List<RowChange> changes(long index, EventMessage<?> message) {
    return message.getPayload() instanceof PayloadPurged purged
        ? projection.onPurged(index, purged)
        : projection.on(
            index,
            projection.family().cast(message.getPayload()),
            provenance(message.getMetaData()));
  }

  private static Provenance provenance(MetaData metaData) {
    return new Provenance(
        new Actor(text(metaData, Provenance.ACTOR, "source:unknown")),
        text(metaData, Provenance.CORRELATION_ID, ""),
        text(metaData, Provenance.CAUSATION_ID, ""),
        (String) metaData.get(Provenance.DELIVERY_ID));
  }

  private static String text(MetaData metaData, String key, String otherwise) {
    return metaData.get(key) instanceof String value ? value : otherwise;
  }
}
