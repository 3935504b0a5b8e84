package io.countersign.eventlog.processing;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;

/** Where a processor begins that has no position yet. Neither flags what it handles as replay. */
public enum Start {
  /** With what comes from now on: automations. */
  HEAD,
  /** With the first event: projections. */
  TAIL;

  TrackingToken token(StreamableMessageSource<TrackedEventMessage<?>> source) {
    return switch (this) {
      case HEAD -> source.createHeadToken();
      case TAIL -> source.createTailToken();
    };
  }
}
