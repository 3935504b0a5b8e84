package io.countersign.command.reconciliation;

import static io.countersign.command.reconciliation.NotComparedException.need;

import io.countersign.command.azuredevops.client.HookCalls.Notification;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.inbox.HandledEvents;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordNotifications;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the service says it could not deliver: it keeps the events for some days, so what was not
 * handled is put into the inbox as if it had come. Work items are left to their revisions, which
 * tell more. One that has no id, or whose event is not told any more, is not counted: nothing can
 * be said of it.
 */
final class Undelivered {

  /** As long as the service keeps its history. */
  private static final Duration KEPT = Duration.ofDays(7);

  /** More in one run are for the next one: what was handled by then is known. */
  private static final int MOST = 1_000;

  private static final String WORK_ITEMS = "workitem.";
  private static final long LONGEST_LOOK = 1_000;

  private final Hooks hooks;
  private final Filling filling;
  private final HandledEvents handled;
  private final CommandSender sender;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;
  private final Duration handling;

  Undelivered(
      Hooks hooks,
      Filling filling,
      HandledEvents handled,
      CommandSender sender,
      InstantSource clock,
      Supplier<UUID> newIds,
      Duration handling) {
    this.hooks = hooks;
    this.filling = filling;
    this.handled = handled;
    this.sender = sender;
    this.clock = clock;
    this.newIds = newIds;
    this.handling = handling;
  }

  /**
   * Fetches what was not handled, and records what came of it.
   *
   * @throws NotComparedException when the service does not say; nothing is concluded from it
   */
  void fetch(Source source) throws Exception {
    if (!hooks.isKnown()) {
      return;
    }
    List<String> subscriptions = need(hooks.ids(source));
    if (subscriptions.isEmpty()) {
      return;
    }
    Instant to = clock.instant();
    Instant from = to.minus(KEPT);
    Map<UUID, Notification> told =
        byEvent(source, need(source.organization().hooks().undelivered(subscriptions, from, MOST)));
    Set<UUID> known = handled.among(told.keySet());
    Map<UUID, Notification> missing = new LinkedHashMap<>(told);
    missing.keySet().removeAll(known);
    Map<String, Integer> types = new TreeMap<>();
    var envelopes = new Envelopes(source.project());
    for (Notification one : missing.values()) {
      types.merge(type(one), 1, Integer::sum);
      filling.put(envelopes.undelivered(one));
    }
    int filled = await(missing.keySet());
    record(
        new NotificationsReconciled(
            source.project(),
            from,
            to,
            new Count(told.size(), told.size() - missing.size()),
            missing.size(),
            types,
            filled));
  }

  /** Those of this project, each event once. */
  private static Map<UUID, Notification> byEvent(Source source, List<Notification> all) {
    Map<UUID, Notification> told = new LinkedHashMap<>();
    for (Notification one : all) {
      String project =
          one.event().path("resourceContainers").path("project").path("id").asString("");
      UUID event = id(one);
      if (event != null
          && project.equalsIgnoreCase(source.project().key())
          && !type(one).startsWith(WORK_ITEMS)) {
        told.putIfAbsent(event, one);
      }
    }
    return told;
  }

  private static @Nullable UUID id(Notification one) {
    try {
      return UUID.fromString(one.event().path("id").asString(""));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static String type(Notification one) {
    return one.event().path("eventType").asString("");
  }

  private int await(Set<UUID> events) throws InterruptedException {
    long end = System.nanoTime() + handling.toNanos();
    for (long pause = 20; ; pause = Math.min(LONGEST_LOOK, pause * 2)) {
      int now = events.isEmpty() ? 0 : handled.among(events).size();
      if (now == events.size() || System.nanoTime() - end >= 0) {
        return now;
      }
      Thread.sleep(pause);
    }
  }

  private void record(NotificationsReconciled result) throws Exception {
    UUID id = newIds.get();
    sender.send(
        new RecordNotifications(result),
        id,
        Map.of(
            Provenance.ACTOR, Actor.RECONCILIATION.ref(),
            Provenance.CORRELATION_ID, id.toString(),
            Provenance.CAUSATION_ID, id.toString()));
  }
}
