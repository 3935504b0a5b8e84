package io.countersign.command.reconciliation;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.NameBasedId;
import io.countersign.command.reconciliation.Window.Position;
import io.countersign.command.reconciliation.Window.Seen;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.ReconciliationCommand;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordComparison;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordFailure;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a project of the source with the log, window by window, and has what is missing handled.
 * A window is recorded before the watermark moves behind it: after a crash it is compared again,
 * which changes nothing.
 */
final class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final RunTable table;
  private final KnownItems log;
  private final Absences absences;
  private final Filling filling;
  private final CommandSender sender;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;
  private final ReconciliationSettings settings;
  private final ReconciliationMetrics metrics;

  Reconciler(
      RunTable table,
      KnownItems log,
      Absences absences,
      Filling filling,
      CommandSender sender,
      InstantSource clock,
      Supplier<UUID> newIds,
      ReconciliationSettings settings,
      ReconciliationMetrics metrics) {
    this.table = table;
    this.log = log;
    this.absences = absences;
    this.filling = filling;
    this.sender = sender;
    this.clock = clock;
    this.newIds = newIds;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** A run that holds its project. */
  final class Run {

    private final Source source;
    private final ProjectId project;
    private final UUID id;
    private final Asked asked;
    private final Actor actor;
    private final Position start;
    private final Absences.Look look;
    private Tally tally = Tally.NOTHING;
    private int windows;

    private Run(Source source, UUID id, Asked asked, Actor actor, Position start) {
      this.source = source;
      this.project = source.project();
      this.id = id;
      this.asked = asked;
      this.actor = actor;
      this.start = start;
      this.look = absences.look(source);
    }

    UUID id() {
      return id;
    }

    /**
     * Compares. Whatever goes wrong is the run's outcome.
     *
     * @return whether all was compared
     */
    boolean compare() throws InterruptedException {
      try (var _ = Heartbeat.of(table, project, id)) {
        return compareAll();
      }
    }

    private boolean compareAll() throws InterruptedException {
      Position position = start;
      try {
        boolean last = false;
        while (!last) {
          if (filling.behind().compareTo(settings.settle()) > 0) {
            throw new NotComparedException(
                "the inbox is behind: what seems to be missing may be waiting in it");
          }
          Window window =
              new WindowReader(
                      source.organization().reporting(),
                      project.key(),
                      clock.instant().minus(settings.settle()))
                  .read(position);
          compare(position.reached(), window);
          last = window.last();
          position = window.next();
          if (asked != Asked.FULL || last) {
            table.advance(project, id, position);
          }
        }
        table.compared(project, id, settings.every(), tally);
        metrics.compared(tally);
        return true;
      } catch (NotComparedException e) {
        stopIfAsked();
        fail(position.reached(), e.reason());
      } catch (RuntimeException e) {
        stopIfAsked();
        fail(position.reached(), "stopped by " + e.getClass().getSimpleName());
      } catch (InterruptedException e) {
        table.release(project, id);
        throw e;
      }
      return false;
    }

    /** A node that stops is no failure of the source: another run begins where this one did. */
    private void stopIfAsked() throws InterruptedException {
      if (Thread.interrupted()) {
        table.release(project, id);
        throw new InterruptedException();
      }
    }

    private void compare(@Nullable Instant from, Window window)
        throws NotComparedException, InterruptedException {
      SortedSet<Integer> waiting = table.outstanding(project);
      SortedSet<Integer> items = new TreeSet<>(window.items().keySet());
      items.addAll(waiting);
      var comparison =
          new ItemComparison(source.organization().workItems(), project, asked == Asked.FULL);
      List<Findings> found = new ArrayList<>();
      var counts = new Counts();
      table.renew(project, id); // who lost the project goes no further
      for (int item : items) {
        Seen seen = window.items().get(item);
        Known known = log.of(new WorkItemId(project.organization(), item));
        counts.count(seen, known);
        Findings findings = comparison.compare(item, seen, known, waiting.contains(item));
        if (findings.readable()
            && findings.missing().isEmpty()
            && findings.unexpected().isEmpty()) {
          if (waiting.contains(item)) {
            table.forget(project, List.of(item));
          }
          continue;
        }
        found.add(findings);
      }
      List<Difference> absent = asked == Asked.FULL ? look.after(window) : List.of();
      // only now, when nothing can fail to be compared any more: what is filled is also recorded
      for (Findings one : found) {
        table.renew(project, id);
        filling.put(one);
      }
      Map<WorkItemId, Integer> filled = filling.await(found);
      settle(found, filled);
      record(from, window, counts, found, absent, filled);
    }

    /** What is not whole and can be made whole is compared again by the next run. */
    private void settle(List<Findings> found, Map<WorkItemId, Integer> filled) {
      List<Integer> open = new ArrayList<>();
      List<Integer> closed = new ArrayList<>();
      for (Findings one : found) {
        boolean whole = filled.getOrDefault(one.workItem(), 0) == one.missing().size();
        boolean hopeless = one.readable() && one.deliveries().isEmpty();
        boolean waits = !one.readable() || !whole && !hopeless;
        (waits ? open : closed).add(one.workItem().number());
      }
      table.remember(project, open);
      table.forget(project, closed);
    }

    private void record(
        @Nullable Instant from,
        Window window,
        Counts counts,
        List<Findings> found,
        List<Difference> absent,
        Map<WorkItemId, Integer> filled)
        throws NotComparedException {
      List<Difference> missing = new ArrayList<>();
      List<Difference> unexpected = new ArrayList<>(absent);
      for (Findings one : found) {
        missing.addAll(one.missingRanges());
        unexpected.addAll(one.unexpectedRanges());
      }
      SourceReconciled result =
          new SourceReconciled(
              project,
              from,
              window.to(),
              asked,
              counts.items(),
              counts.revisions(),
              missing.stream().mapToInt(Difference::size).sum(),
              missing,
              unexpected.stream().mapToInt(Difference::size).sum(),
              unexpected,
              filled.values().stream().mapToInt(Integer::intValue).sum());
      send(new RecordComparison(result), "window-" + windows++);
      tally =
          tally.plus(
              new Tally(
                  counts.revisions().source(),
                  counts.revisions().ours(),
                  result.missing(),
                  result.filled()));
    }

    private void fail(@Nullable Instant from, String reason) {
      LOG.warn("project {} was not compared: {}", project, reason);
      metrics.failed();
      try {
        send(new RecordFailure(new ReconciliationFailed(project, from, asked, reason)), "failure");
        table.failed(project, id, settings.every(), reason);
      } catch (NotComparedException | RuntimeException e) {
        // the lease runs out, and another run says what this one could not
        LOG.warn("that {} was not compared could not be recorded either", project);
      }
    }

    private void send(ReconciliationCommand command, String name) throws NotComparedException {
      try {
        sender.send(
            command,
            NameBasedId.of(id, name),
            Map.of(
                Provenance.ACTOR, actor.ref(),
                Provenance.CORRELATION_ID, id.toString(),
                Provenance.CAUSATION_ID, id.toString()));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new NotComparedException("the result was not recorded: " + e.getClass().getName());
      }
    }
  }

  /**
   * Takes a project.
   *
   * @param actor who asks
   * @return empty when another run has it, or it is not time
   */
  Optional<Run> begin(Source source, Asked asked, Actor actor) {
    UUID id = newIds.get();
    table.see(source.project(), source.name());
    return table
        .take(source.project(), id, asked)
        .map(known -> new Run(source, id, asked, actor, start(known, asked)));
  }

  private Position start(Position known, Asked asked) {
    if (asked == Asked.FULL) {
      return Position.BEGINNING;
    }
    return known.reached() == null
        ? Position.since(clock.instant().minus(settings.firstLookBack()))
        : known;
  }
}
