package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.query.projection.Fold;
import io.countersign.query.replay.PartQueue.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.serialization.Serializer;

/**
 * Deals out the events of a projection, in order of the log, to parts that work beside each other:
 * events that must not overtake each other go to the same part. As for live processors, all changes
 * of one row share it.
 */
public final class PartRouter {

  private static final int EVENTS_A_CHUNK = 256;
  private static final int MOST_PARTS = 4;

  private final Fold<?> fold;
  private final Serializer serializer;
  private final Set<String> purges;
  private final List<PartQueue> queues;
  private final List<List<StoredEvent>> chunks = new ArrayList<>();

  /**
   * To these parts.
   *
   * @param serializer of events
   */
  public PartRouter(
      Fold<?> fold, EventCatalogue catalogue, Serializer serializer, List<PartQueue> queues) {
    this.fold = fold;
    this.serializer = serializer;
    this.queues = queues;
    this.purges =
        fold.names(catalogue).stream()
            .filter(name -> catalogue.classOf(name).orElse(null) == PayloadPurged.class)
            .collect(Collectors.toSet());
    queues.forEach(_ -> chunks.add(new ArrayList<>()));
  }

  /** How many parts are worth their threads and connections on this machine. */
  public static int usualParts() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_PARTS);
  }

  /** Sends an event to its part, with others. */
  public void add(StoredEvent event) throws InterruptedException {
    int part = Math.floorMod(spread(sequence(event).hashCode()), queues.size());
    chunks.get(part).add(event);
    if (chunks.get(part).size() >= EVENTS_A_CHUNK) {
      send(part, event.index(), false);
    }
  }

  /**
   * Sends all parts what waits for them.
   *
   * @param upTo how far the log was read
   * @param last whether nothing comes after it
   */
  public void sendAll(long upTo, boolean last) throws InterruptedException {
    for (int part = 0; part < queues.size(); part++) {
      send(part, upTo, last);
    }
  }

  private void send(int part, long upTo, boolean last) throws InterruptedException {
    queues.get(part).put(new Chunk(chunks.get(part), upTo, last));
    chunks.set(part, new ArrayList<>());
  }

  /** The aggregate, mostly, and then nothing needs to be decoded. */
  private String sequence(StoredEvent event) {
    if (!event.aggregateType().isEmpty() && !purges.contains(event.name())) {
      return event.aggregateId();
    }
    String[] decides = {event.eventId()};
    Messages.forEach(event, serializer, message -> decides[0] = fold.sequenceName(message));
    return decides[0];
  }

  /** Ids end in numbers that follow each other; their hashes do as well. */
  private static int spread(int hash) {
    return (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> 33);
  }
}
