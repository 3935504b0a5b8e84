package io.countersign.eventlog.stream;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * An event that several streams share. It is upcast when the first of them comes to it; its payload
 * is deserialized when the first handler asks for it. Upcasters see one stored event at a time.
 */
final class TailEvent {

  private final StoredEvent row;
  private @Nullable List<? extends TrackedEventMessage<?>> messages;

  TailEvent(StoredEvent row) {
    this.row = row;
  }

  long index() {
    return row.index();
  }

  long weight() {
    return row.weight();
  }

  /** None, one or several messages, all with the token of this entry. */
  synchronized List<? extends TrackedEventMessage<?>> messages(
      Serializer serializer, EventUpcaster upcasters) {
    List<? extends TrackedEventMessage<?>> known = messages;
    if (known == null) {
      known = row.messages(serializer, upcasters);
      messages = known;
    }
    return known;
  }
}
