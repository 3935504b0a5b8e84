package io.countersign.audit.sequence;

/** An event of the source can have no place in the log until somebody has decided. */
public final class SequencingHaltedException extends Exception {

  private static final long serialVersionUID = 1L;

  SequencingHaltedException(SourceEvent event, String why) {
    super("%s at %s of its source: %s".formatted(event, event.position(), why));
  }
}
