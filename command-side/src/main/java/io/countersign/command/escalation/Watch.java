package io.countersign.command.escalation;

import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises what no event tells: facts about the installation's health. Once for each spell in which
 * one holds, however many nodes look and however often they are started.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final UUID NAMESPACE = UUID.fromString("9c2e8a44-0d51-5b0f-8a3c-64f0b7d1e913");
  private static final Actor ACTOR = Actor.automation("escalation-watch");

  private final List<Fact> facts;
  private final Spells spells;
  private final Raising raising;
  private final WatchSettings settings;
  private final InstantSource clock;
  private @Nullable Thread thread;

  Watch(
      List<Fact> facts,
      Spells spells,
      Raising raising,
      WatchSettings settings,
      InstantSource clock) {
    this.facts = List.copyOf(facts);
    this.spells = spells;
    this.raising = raising;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Something that should not be.
   *
   * @param kind of the cause
   * @param look of what it holds now
   */
  record Fact(
      String kind, Category category, Severity severity, Function<Instant, List<Held>> look) {}

  /**
   * What a fact holds of.
   *
   * @param subject tells it from others of the same kind; empty for the whole installation
   * @param workItem where it is one
   * @param project where it is one
   * @param texts what a human should know, by name; sealed
   */
  record Held(
      String subject,
      @Nullable WorkItemId workItem,
      @Nullable ProjectId project,
      Map<String, String> texts) {

    /** Of the whole installation. */
    static Held here(Map<String, String> texts) {
      return new Held("", null, null, texts);
    }
  }

  /** Looks at each once. One that cannot be looked at hides none of the others. */
  void look() throws InterruptedException {
    for (Fact fact : facts) {
      try {
        look(fact);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.debug("{} will be looked at again: {}", fact.kind(), e.getClass().getName());
      }
    }
  }

  private void look(Fact fact) throws Exception {
    Instant now = clock.instant();
    for (Held held : fact.look().apply(now)) {
      Optional<Instant> since = spells.unraised(fact.kind(), held.subject(), now);
      if (since.isPresent()) {
        raise(fact, held, since.get());
        spells.raised(fact.kind(), held.subject());
      }
    }
    spells.end(fact.kind(), now.minus(settings.calm()));
  }

  /** Told again after a crash it is the same: all of it follows from the spell. */
  private void raise(Fact fact, Held held, Instant since) throws Exception {
    String kind = fact.kind();
    String subject = held.subject();
    UUID occurrence = NameBasedId.of(NAMESPACE, "%s/%s/%s".formatted(kind, subject, since));
    raising.raise(
        new Finding(
            fact.category(),
            fact.severity(),
            new Cause(kind, held.workItem(), held.project(), null, List.of()),
            subject.isEmpty() ? "health|" + kind : kind + "|" + subject),
        held.texts(),
        occurrence,
        ACTOR,
        occurrence.toString(),
        since);
  }

  synchronized Watch start() {
    thread = Thread.ofVirtual().name("escalation-watch").start(this::watch);
    return this;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(settings.every());
        look();
      }
    } catch (InterruptedException _) {
      // the node stops
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
