package io.countersign.command.automation;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.domain.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one intent that the scheduler gave this node, and says when it is to come again. Counts the
 * attempt before the effect, completes it after: a node that dies in between leaves an intent that
 * is run again elsewhere, and not for ever.
 */
final class IntentRunner {

  private static final Logger LOG = LoggerFactory.getLogger(IntentRunner.class);

  private final IntentStore store;
  private final Map<String, IntentHandler> handlers;
  private final Backoff backoff;
  private final InstantSource clock;

  IntentRunner(
      IntentStore store, List<IntentHandler> handlers, Backoff backoff, InstantSource clock) {
    this.store = store;
    this.handlers = byKind(handlers);
    this.backoff = backoff;
    this.clock = clock;
  }

  private static Map<String, IntentHandler> byKind(List<IntentHandler> handlers) {
    var byKind = new LinkedHashMap<String, IntentHandler>();
    for (IntentHandler handler : handlers) {
      if (byKind.put(handler.kind(), handler) != null) {
        throw new IllegalArgumentException("two handlers for intents of kind " + handler.kind());
      }
    }
    return byKind;
  }

  /** Runs it, and gives what is to become of its execution. */
  CompletionHandler<Void> run(UUID id) {
    Optional<Intent> begun = store.begin(id);
    if (begun.isEmpty()) {
      store.passOn(id);
      return over();
    }
    Intent intent = begun.get();
    IntentHandler handler = handlers.get(intent.kind());
    if (handler == null) {
      return again(intent, "no-handler-on-this-node", null);
    }
    if (intent.attempt() > intent.attempts()) {
      return giveUp(intent, handler, "ended-with-its-node");
    }
    return switch (attempt(intent, handler)) {
      case Outcome.Done _ -> {
        store.done(id);
        yield over();
      }
      case Outcome.Later(String code, Duration pause) -> {
        Instant next = clock.instant().plus(pause);
        store.again(id, code, next, false);
        yield (complete, operations) -> operations.reschedule(complete, next);
      }
      case Outcome.Hopeless hopeless -> giveUp(intent, handler, hopeless.code());
      case Outcome.Again again ->
          intent.attempt() < intent.attempts()
              ? again(intent, again.code(), again.notBefore())
              : giveUp(intent, handler, again.code());
    };
  }

  private static Outcome attempt(Intent intent, IntentHandler handler) {
    try {
      return handler.run(intent);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Outcome.Again(code(e), null);
    }
  }

  private CompletionHandler<Void> giveUp(Intent intent, IntentHandler handler, String code) {
    try {
      handler.givenUp(intent, code);
    } catch (Exception e) {
      LOG.warn("giving up {} could not be recorded yet: {}", intent, e.getClass().getName());
      return again(intent, code, null);
    }
    store.failed(intent.id(), code);
    LOG.warn("{} has failed: {}", intent, code);
    return over();
  }

  private CompletionHandler<Void> again(Intent intent, String code, @Nullable Duration notBefore) {
    Duration pause = backoff.after(intent.attempt());
    if (notBefore != null && notBefore.compareTo(pause) > 0) {
      pause = notBefore;
    }
    Instant next = clock.instant().plus(pause);
    store.again(intent.id(), code, next, true);
    LOG.debug("{} comes again in {}: {}", intent, pause, code);
    return (complete, operations) -> operations.reschedule(complete, next);
  }

  private static CompletionHandler<Void> over() {
    return (_, operations) -> operations.remove();
  }

  /** The name of a class says nothing about what was sent. */
  private static String code(Exception e) {
    return e.getClass().getSimpleName();
  }
}
