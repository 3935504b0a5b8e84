package io.countersign.command.reconciliation;

import static io.countersign.command.reconciliation.NotComparedException.need;

import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordBuilds;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.kernel.resource.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import tools.jackson.databind.JsonNode;

/**
 * Compares the builds that finished with the log, by the source's list of a time, and has what is
 * missing handled. What the list does not give is not compared, and the next run begins there.
 */
final class FinishedBuilds {

  /** More are another window. */
  private static final int MOST = 1_000;

  private static final long LONGEST_LOOK = 1_000;

  private final BuildTable table;
  private final EventStore events;
  private final Filling filling;
  private final CommandSender sender;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;
  private final ReconciliationSettings settings;

  FinishedBuilds(
      BuildTable table,
      EventStore events,
      Filling filling,
      CommandSender sender,
      InstantSource clock,
      Supplier<UUID> newIds,
      ReconciliationSettings settings) {
    this.table = table;
    this.events = events;
    this.filling = filling;
    this.sender = sender;
    this.clock = clock;
    this.newIds = newIds;
    this.settings = settings;
  }

  /**
   * A part of the list.
   *
   * @param builds by number
   * @param to all that finished before are in it
   * @param last whether there are no more
   */
  private record Window(Map<Integer, JsonNode> builds, Instant to, boolean last) {}

  /**
   * Compares all that finished since the last time and is old enough.
   *
   * @throws NotComparedException when the source does not give its list
   */
  void compare(Source source) throws Exception {
    Instant end = clock.instant().minus(settings.settle()).truncatedTo(ChronoUnit.MICROS);
    Instant from =
        table.reached(source.project()).orElseGet(() -> end.minus(settings.firstLookBack()));
    boolean last = !from.isBefore(end);
    while (!last) {
      Window window = read(source, from, end);
      // an empty one is part of the next: windows join without a hole
      if (!window.builds().isEmpty()) {
        compare(source.project(), from, window);
        table.advance(source.project(), window.to());
      }
      from = window.to();
      last = window.last();
    }
  }

  private static Window read(Source source, Instant from, Instant end) throws NotComparedException {
    List<JsonNode> listed =
        need(source.organization().builds().finished(source.project().key(), from, end, MOST));
    boolean last = listed.size() < MOST;
    // others may have finished at the moment the last one did: these are for the next window
    Instant to = last ? end : finished(listed.getLast());
    Map<Integer, JsonNode> builds = new LinkedHashMap<>();
    for (JsonNode build : listed) {
      Instant at = finished(build);
      if (!at.isBefore(from) && at.isBefore(to)) {
        builds.put(build.path("id").asInt(0), build);
      }
    }
    if (!last && builds.isEmpty()) {
      throw new NotComparedException("more builds finished at one moment than are listed at once");
    }
    return new Window(builds, to, last);
  }

  private static Instant finished(JsonNode build) throws NotComparedException {
    return WindowReader.instant(build.path("finishTime").asString(""))
        .truncatedTo(ChronoUnit.MICROS); // as the table keeps times
  }

  private void compare(ProjectId project, Instant from, Window window) throws Exception {
    var envelopes = new Envelopes(project);
    Map<Integer, JsonNode> lost = new LinkedHashMap<>(window.builds());
    lost.keySet().removeIf(number -> isKnown(project, number));
    for (JsonNode build : lost.values()) {
      filling.put(envelopes.built(build));
    }
    List<Integer> missing = List.copyOf(lost.keySet());
    int listed = window.builds().size();
    record(
        new BuildsReconciled(
            project,
            from,
            window.to(),
            new Count(listed, listed - missing.size()),
            missing.size(),
            missing,
            await(project, missing)));
  }

  private boolean isKnown(ProjectId project, int number) {
    var build = new ResourceId("build", project.organization(), String.valueOf(number));
    return events.lastSequenceNumberFor(build.toString()).isPresent();
  }

  /** How many of them are in the log, after waiting for them. */
  private int await(ProjectId project, List<Integer> missing) throws InterruptedException {
    Duration handling = settings.handling();
    long end = System.nanoTime() + handling.toNanos();
    for (long pause = 20; ; pause = Math.min(LONGEST_LOOK, pause * 2)) {
      int now = (int) missing.stream().filter(number -> isKnown(project, number)).count();
      if (now == missing.size() || System.nanoTime() - end >= 0) {
        return now;
      }
      Thread.sleep(pause);
    }
  }

  private void record(BuildsReconciled result) throws Exception {
    UUID id = newIds.get();
    sender.send(
        new RecordBuilds(result),
        id,
        Map.of(
            Provenance.ACTOR, Actor.RECONCILIATION.ref(),
            Provenance.CORRELATION_ID, id.toString(),
            Provenance.CAUSATION_ID, id.toString()));
  }
}
