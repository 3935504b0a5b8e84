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
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Offers a projection the messages that concern it, live and in replays alike.
 *
 * @param <E> the sealed family of events
 */
public final class Fold<E> {

  private final Projection<E> projection;
  private final boolean ofEntries;

  /** Of this projection. */
  public Fold(Projection<E> projection) {
    this.projection = projection;
    this.ofEntries = projection.family() == EntryFacts.class;
  }

  /** Whether a payload concerns it. */
  public boolean accepts(Class<?> payload) {
    return projection.takes(payload) || isPurge(payload);
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
    if (isPurge(message.getPayloadType())) {
      return projection.onPurged(index, (PayloadPurged) message.getPayload());
    }
    return projection.on(
        index,
        projection.family().cast(ofEntries ? EntryFacts.of(message) : message.getPayload()),
        provenance(message.getMetaData()));
  }

  /** Whether it is offered as what changes an earlier event: rows of entries hold no text. */
  private boolean isPurge(Class<?> payload) {
    return payload == PayloadPurged.class && !ofEntries;
  }

  /**
   * Which events an event must not overtake: those of its aggregate. A purge comes after the event
   * it is about, and so in the order of that event's aggregate. Nothing when it is of no aggregate.
   */
  public @Nullable Object sequence(EventMessage<?> event) {
    return isPurge(event.getPayloadType())
        ? ((PayloadPurged) event.getPayload()).aggregate()
        : SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event);
  }

  /** The same by name; an event of no aggregate is a sequence of its own. */
  public String sequenceName(EventMessage<?> event) {
    Object sequence = sequence(event);
    return sequence == null ? event.getIdentifier() : sequence.toString();
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
