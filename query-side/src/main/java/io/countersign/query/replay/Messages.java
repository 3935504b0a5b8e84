package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import java.util.function.Consumer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** The messages a stored event is for handlers; the serializer upcasts. */
public final class Messages {

  private Messages() {}

  /**
   * Hands them to a fold.
   *
   * @throws ReplayFailedException when one cannot be read or folded; names the entry
   */
  public static void forEach(
      StoredEvent event, Serializer serializer, Consumer<TrackedEventMessage<?>> fold) {
    try {
      event.messages(serializer, NoOpEventUpcaster.INSTANCE).forEach(fold);
    } catch (RuntimeException e) {
      throw ReplayFailedException.at(event, e);
    }
  }
}
