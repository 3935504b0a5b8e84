package io.countersign.command.escalation;

import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises what no event tells: facts about the installation's health. Counted once a day while it
 * holds, however many nodes look.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final UUID NAMESPACE = UUID.fromString("9c2e8a44-0d51-5b0f-8a3c-64f0b7d1e913");
  private static final Actor ACTOR = Actor.automation("escalation-watch");
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final List<Fact> facts;
  private final Raising raising;
  private final InstantSource clock;
  private @Nullable Thread thread;

  Watch(List<Fact> facts, Raising raising, InstantSource clock) {
    this.facts = List.copyOf(facts);
    this.raising = raising;
    this.clock = clock;
  }

  /**
   * Something that should not be.
   *
   * @param kind of the cause
   * @param holds whether it is so; does not block for long
   */
  record Fact(String kind, Category category, Severity severity, BooleanSupplier holds) {}

  /** Looks at each once. */
  void look() throws Exception {
    for (Fact fact : facts) {
      if (fact.holds().getAsBoolean()) {
        Instant now = clock.instant();
        UUID occurrence =
            NameBasedId.of(NAMESPACE, fact.kind() + "/" + now.truncatedTo(ChronoUnit.DAYS));
        raising.raise(
            new Finding(
                fact.category(),
                fact.severity(),
                new Cause(fact.kind(), null, null, null, List.of()),
                "health|" + fact.kind()),
            Map.of(),
            occurrence,
            ACTOR,
            occurrence.toString(),
            now);
      }
    }
  }

  synchronized Watch start() {
    thread = Thread.ofVirtual().name("escalation-watch").start(this::watch);
    return this;
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(EVERY);
        look();
      } catch (InterruptedException _) {
        return;
      } catch (Exception e) {
        LOG.debug("health will be looked at again: {}", e.getClass().getName());
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
