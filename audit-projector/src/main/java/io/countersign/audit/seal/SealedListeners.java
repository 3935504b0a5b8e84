package io.countersign.audit.seal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners of a seal, each seal once. Belongs to the sealing thread. */
final class SealedListeners {

  private static final Logger LOG = LoggerFactory.getLogger(SealedListeners.class);

  private final List<SealedListener> listeners;
  private final Set<SealedListener> failed = new HashSet<>();
  private @Nullable Seal told;

  SealedListeners(List<SealedListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void tell(@Nullable Seal newest) {
    if (newest == null || newest == told) {
      return;
    }
    told = newest;
    for (SealedListener listener : listeners) {
      try {
        listener.sealed(newest.checkpoint(), newest.note());
        failed.remove(listener);
      } catch (RuntimeException | Error e) {
        if (failed.add(listener)) {
          LOG.warn("a listener failed, sealing goes on: {}", listener.getClass().getName(), e);
        }
      }
    }
  }
}
