package io.countersign.query.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.kernel.Actor;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.ProjectionEvent.Dropped;
import io.countersign.kernel.projection.ProjectionEvent.Paused;
import io.countersign.kernel.projection.ProjectionEvent.Rebuilt;
import io.countersign.kernel.projection.ProjectionEvent.Resegmented;
import io.countersign.kernel.projection.ProjectionEvent.Resumed;
import io.countersign.kernel.projection.ProjectionEvent.SegmentReleased;
import io.countersign.kernel.projection.ProjectionEvent.Switched;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.kernel.projection.SegmentPosition;
import io.countersign.query.operation.OperationTable.Claim;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Generation.State;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.rebuild.GenerationBuild;
import io.countersign.query.rebuild.GenerationPause;
import io.countersign.query.rebuild.GenerationRemoval;
import io.countersign.query.rebuild.GenerationSwitch;
import io.countersign.query.rebuild.Mark;
import io.countersign.query.rebuild.OperationRefusedException;
import io.countersign.query.rebuild.Resegmentation;
import io.countersign.query.rebuild.SegmentRelease;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.ReplayStoppedException;
import io.countersign.query.replay.Verification;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Does one operation. May be called again for one that a dead node was at: every step finds what is
 * done of it, and every event is in the log once.
 */
final class OperationWork {

  static final Actor AUTOMATION = Actor.automation("projections");

  private final ProjectionEntries entries;
  private final GenerationTable generations;
  private final ProjectionProcessors processors;
  private final Tools tools;

  /**
   * What operations are done with.
   *
   * @param pause stops and starts processors
   * @param release takes parts from their nodes
   */
  record Tools(
      Verification verification,
      GenerationBuild build,
      GenerationSwitch switching,
      GenerationRemoval removal,
      GenerationPause pause,
      Resegmentation resegmentation,
      SegmentRelease release) {}

  OperationWork(
      ProjectionEntries entries,
      GenerationTable generations,
      ProjectionProcessors processors,
      Tools tools) {
    this.entries = entries;
    this.generations = generations;
    this.processors = processors;
    this.tools = tools;
  }

  /**
   * Does it; blocks.
   *
   * @return what the log is to be told last
   */
  ProjectionEvent perform(Claim claim, ReplayProgress progress) {
    Operation operation = claim.operation();
    String name = operation.projection();
    UUID id = operation.id();
    return switch (operation.kind()) {
      case VERIFY -> tools.verification().run(loaded(chosen(operation, State.LIVE)), id, progress);
      case REBUILD -> rebuild(claim, progress);
      case SWITCH -> switched(claim, chosen(operation, null), progress);
      case ROLLBACK -> switched(claim, before(operation), progress);
      case DROP ->
          claim.marked()
              ? droppedBefore(operation)
              : dropped(operation, chosen(operation, null), mark(operation), progress);
      case PAUSE -> {
        tools.pause().run(live(name), true, progress);
        yield new Paused(name, id);
      }
      case RESUME -> {
        // also those that were live when it was paused
        of(name).stream()
            .filter(Generation::paused)
            .forEach(one -> tools.pause().run(one, false, progress));
        yield new Resumed(name, id);
      }
      case SPLIT, MERGE -> resegmented(operation);
      case RELEASE -> released(operation, progress);
    };
  }

  private ProjectionEvent rebuild(Claim claim, ReplayProgress progress) {
    Operation operation = claim.operation();
    Generation built =
        tools.build().run(projection(operation), operation.id(), operation.options(), progress);
    Rebuilt rebuilt = tools.build().result(built, operation.id());
    boolean stay = operation.options().stay();
    if (built.state() == State.FOLLOWING) {
      tools.switching().awaitCaughtUp(built, progress);
      verify(claim, built, progress);
    }
    if (stay) {
      return rebuilt;
    }
    entries.append(rebuilt, AUTOMATION, part(claim, "rebuilt"));
    return switched(claim, built, progress);
  }

  private void verify(Claim claim, Generation built, ReplayProgress progress) {
    Verified verified = tools.verification().run(built, claim.operation().id(), progress);
    entries.append(verified, AUTOMATION, part(claim, "verified " + UUID.randomUUID()));
    if (verified.parked() != null || verified.evicted() != null) {
      throw new OperationRefusedException(
          "an event could not be taken while it caught up; see dlq list");
    }
    if (!verified.equal()) {
      throw new OperationRefusedException(
          "the new rows differ from a replay, as the event Verified says");
    }
  }

  /** Whether a node that died had done it, and could not tell: then nobody can stop it any more. */
  boolean isDone(Claim claim) {
    UUID id = claim.operation().id();
    return claim.marked()
        || tools.release().isDone(id)
        || of(claim.operation().projection()).stream()
            .anyMatch(one -> generations.isSwitchedBy(id, one));
  }

  private static Generation loaded(Generation target) {
    if (target.state() == State.LOADING || target.state() == State.DROPPING) {
      throw new OperationRefusedException(
          "%s does not follow the log: it is %s"
              .formatted(target.processor(), target.state().word()));
    }
    return target;
  }

  private Switched switched(Claim claim, Generation target, ReplayProgress progress) {
    if (loaded(target).paused()) {
      throw new OperationRefusedException(target.processor() + " is paused: resume it first");
    }
    UUID id = claim.operation().id();
    if (target.state() == State.LIVE && !generations.isSwitchedBy(id, target)) {
      throw new OperationRefusedException("queries read %s already".formatted(target.processor()));
    }
    Switched switched = tools.switching().run(target, id, progress);
    for (Generation one : of(target.name())) {
      if (one.state() == State.KEPT && !isBefore(one, switched)) {
        Dropped dropped = dropped(claim.operation(), one, Mark.NONE, ReplayProgress.SILENT);
        entries.append(dropped, AUTOMATION, part(claim, one.schema()));
      }
    }
    return switched;
  }

  private static boolean isBefore(Generation one, Switched switched) {
    return one.projection().version() == switched.fromVersion()
        && one.number() == switched.fromGeneration();
  }

  private static Mark mark(Operation operation) {
    return connection -> OperationTable.markOnce(connection, operation.id());
  }

  /** What a node did that died before it could tell. */
  private Dropped droppedBefore(Operation operation) {
    return new Dropped(
        operation.projection(),
        operation.id(),
        projection(operation).version(),
        Objects.requireNonNull(operation.options().generation()));
  }

  private Dropped dropped(
      Operation operation, Generation target, Mark mark, ReplayProgress progress) {
    if (target.state() == State.LIVE) {
      throw new OperationRefusedException("queries read " + target.processor());
    }
    tools.removal().run(target, mark, progress);
    return new Dropped(
        target.name(), operation.id(), target.projection().version(), target.number());
  }

  private Resegmented resegmented(Operation operation) {
    Generation live = live(operation.projection());
    Integer segment = Objects.requireNonNull(operation.options().segment());
    List<SegmentPosition> segments =
        switch (operation.kind()) {
          case SPLIT -> tools.resegmentation().split(live, segment, mark(operation));
          default -> tools.resegmentation().merge(live, segment, mark(operation));
        };
    return new Resegmented(operation.projection(), operation.id(), segments);
  }

  private SegmentReleased released(Operation operation, ReplayProgress progress) {
    String name = operation.projection();
    int segment = Objects.requireNonNull(operation.options().segment());
    String node = tools.release().run(live(name), segment, operation.id(), progress);
    return new SegmentReleased(name, operation.id(), segment, node);
  }

  /** It is not done, or no longer wanted: nothing of it stays. */
  void abandon(Operation operation) {
    tools.release().withdraw(operation.id());
    generations
        .madeBy(operation.id(), processors.versions())
        .filter(made -> made.state() != State.LIVE)
        .ifPresent(made -> tools.removal().run(made, Mark.NONE, ReplayProgress.SILENT));
    generations.standDown(operation.projection());
    if (operation.kind() == OperationKind.PAUSE || operation.kind() == OperationKind.RESUME) {
      generations.pause(live(operation.projection()), operation.kind() == OperationKind.RESUME);
    }
  }

  private Projection<?> projection(Operation operation) {
    OperationOptions options = operation.options();
    return processors.versions().stream()
        .<Projection<?>>map(one -> one)
        .filter(one -> one.name().equals(operation.projection()))
        .filter(one -> options.version() == null || options.version() == one.version())
        .findFirst()
        .orElseThrow(
            () ->
                new OperationRefusedException(
                    "there is no version %s of %s"
                        .formatted(options.version(), operation.projection())));
  }

  /** The one that the options name; else the one in a state. */
  private Generation chosen(Operation operation, @Nullable State usual) {
    OperationOptions options = operation.options();
    return of(operation.projection()).stream()
        .filter(
            one ->
                options.generation() == null
                    ? one.state() == usual
                    : one.number() == options.generation())
        .filter(
            one ->
                options.generation() == null
                    || one.projection().version() == projection(operation).version())
        .findFirst()
        .orElseThrow(
            () -> new OperationRefusedException("there is no such generation; see the status"));
  }

  private Generation live(String name) {
    return of(name).stream()
        .filter(one -> one.state() == State.LIVE)
        .findFirst()
        .orElseThrow(
            () -> new ReplayStoppedException("this node does not know the version that is read"));
  }

  private Generation before(Operation operation) {
    Generation live = live(operation.projection());
    if (generations.isSwitchedBy(operation.id(), live)) {
      return live; // by a node that died before it could tell
    }
    return generations
        .lastBefore(live, processors.versions())
        .orElseThrow(
            () -> new OperationRefusedException("no generation is kept that one could go back to"));
  }

  private List<Generation> of(String name) {
    return generations.all(processors.versions()).stream()
        .filter(one -> one.name().equals(name))
        .toList();
  }

  private static UUID part(Claim claim, String name) {
    return UUID.nameUUIDFromBytes((claim.resultEvent() + " " + name).getBytes(UTF_8));
  }
}
