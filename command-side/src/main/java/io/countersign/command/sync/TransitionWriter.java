package io.countersign.command.sync;

import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.RemoteWorkItem;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.SyncCommand.ConsiderWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Writes a state to the source: asks whether it is still wanted, reads, writes on the condition
 * that nobody came in between, records. Whatever is not known is read before anything is written,
 * so that a repetition after a crash finds what it did.
 */
final class TransitionWriter implements IntentHandler {

  /** So often somebody else may be first; then it is a conflict. */
  private static final int ROUNDS = 5;

  private static final Duration SHORTLY = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration SOMETIME = Duration.ofMinutes(10);

  /** Whoever deletes by mistake finds out sooner. */
  private static final Duration LOOKED_FOR = Duration.ofDays(30);

  private static final Answer<Trace> NOTHING = new Answer.Ok<>(Trace.NONE, null, null);

  /** Writes that are not wanted any more, though nothing in the log says why. */
  private static final Set<String> TO_TELL = Set.of("deleted", "incomplete", "overtaken");

  private final AzureDevOps azureDevOps;
  private final WriteRounds rounds;
  private final IntentCommands commands;
  private final SyncMetrics metrics;
  private final InstantSource clock;

  TransitionWriter(
      AzureDevOps azureDevOps,
      WriteRounds rounds,
      IntentCommands commands,
      SyncMetrics metrics,
      InstantSource clock) {
    this.azureDevOps = azureDevOps;
    this.rounds = rounds;
    this.commands = commands;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return ToWrite.KIND;
  }

  /**
   * A try before this one may have written it, and not come to say so. It is looked for from the
   * beginning and whether or not it is still wanted: it may be confirmed meanwhile, replaced, or
   * asked for again by who knew later revisions.
   */
  @Override
  public Outcome run(Intent intent) throws Exception {
    ToWrite what = IntentPayloads.read(intent, ToWrite.class);
    WorkItemId workItem = WorkItemId.parse(what.workItem());
    WorkItemState to = WorkItemState.of(what.to());
    Object answer = commands.send(new ConsiderWrite(workItem, to), intent);
    Answer<Trace> before = intent.repeated() ? before(intent, workItem) : NOTHING;
    if (before instanceof Answer.Ok<Trace>(Trace trace, _, _)
        && trace.ours() instanceof Integer ours
        && trace.oursState() instanceof String state) {
      commands.send(new RecordWritten(workItem, to, state, ours), intent);
      metrics.outcome("found-written");
      return Outcome.DONE;
    }
    return switch (answer) {
      case WriteAnswer.Wanted wanted -> {
        Explanation why = Explanation.of(intent, what, wanted);
        var task = new WriteRounds.Task(intent, workItem, to, wanted, why);
        yield before instanceof Answer.Failure<Trace> failure
            ? failed(task, failure, true)
            : write(task);
      }
      case WriteAnswer.NotWanted(String code) -> notWanted(intent, workItem, to, code, before);
      case null, default ->
          throw new IllegalStateException("a write was answered with something else");
    };
  }

  private Answer<Trace> before(Intent intent, WorkItemId workItem) {
    var items = azureDevOps.organization(workItem.organization()).workItems();
    return Trace.since(items, workItem.number(), 0, Explanation.marker(intent.id()));
  }

  private Outcome notWanted(
      Intent intent, WorkItemId workItem, WorkItemState to, String code, Answer<Trace> before)
      throws Exception {
    boolean gone = before instanceof Answer.NotFoundOrNotPermitted<Trace>;
    if (before instanceof Answer.Failure<Trace> failure && !gone) {
      metrics.outcome(failure.outcome());
      return later(failure);
    }
    if (TO_TELL.contains(code)) {
      commands.send(new AbandonWrite(workItem, to, code, null), intent);
    }
    metrics.outcome(code);
    return gone ? lookAgain(intent) : Outcome.DONE;
  }

  /**
   * Nothing can be looked for in the recycle bin, so what was perhaps written is looked for when it
   * comes out.
   */
  private Outcome lookAgain(Intent intent) {
    return clock.instant().isBefore(intent.due().plus(LOOKED_FOR))
        ? new Outcome.Later("not-there", SOON)
        : Outcome.DONE;
  }

  private Outcome write(WriteRounds.Task task) throws Exception {
    var items = azureDevOps.organization(task.workItem().organization()).workItems();
    for (int round = 1; ; round++) {
      switch (items.get(task.workItem().number())) {
        case Answer.Failure<RemoteWorkItem> failure -> {
          return failed(task, failure, task.intent().repeated() || round > 1);
        }
        case Answer.Ok<RemoteWorkItem> there -> {
          switch (rounds.one(task, items, there.value(), round < ROUNDS)) {
            case WriteRounds.Result.Over(String outcome) -> {
              metrics.outcome(outcome);
              return Outcome.DONE;
            }
            case WriteRounds.Result.Written _ -> {
              metrics.written(Duration.between(task.intent().due(), clock.instant()));
              return Outcome.DONE;
            }
            case WriteRounds.Result.Failed(Answer.Failure<?> failure) -> {
              return failed(task, failure, task.intent().repeated() || round > 1);
            }
            case WriteRounds.Result.Again _ -> metrics.outcome("again");
          }
        }
      }
    }
  }

  /**
   * What is not done is tried later, or was refused, or nobody knows.
   *
   * @param tried whether it may have been written before
   */
  private Outcome failed(WriteRounds.Task task, Answer.Failure<?> failure, boolean tried)
      throws Exception {
    metrics.outcome(failure.outcome());
    return switch (failure) {
      case Answer.NotFoundOrNotPermitted<?>(var fault) -> {
        Outcome refused = rounds.refused(task, failure.outcome(), fault.message());
        yield tried ? lookAgain(task.intent()) : refused;
      }
      case Answer.RuleBroken<?>(var fault) ->
          rounds.refused(task, failure.outcome(), fault.message());
      case Answer.Refused<?>(var fault) -> rounds.refused(task, failure.outcome(), fault.message());
      case Answer.Failure<?> _ -> later(failure);
    };
  }

  private Outcome later(Answer.Failure<?> failure) {
    Duration pause =
        switch (failure) {
          case Answer.Throttled<?>(Instant until) -> {
            Duration left = Duration.between(clock.instant(), until);
            yield left.compareTo(Duration.ofSeconds(1)) < 0 ? SHORTLY : left;
          }
          case Answer.Unauthorized<?> _ -> SOON;
          case Answer.NotConfigured<?> _ -> SOMETIME;
          case Answer.Failure<?> _ -> SHORTLY;
        };
    return new Outcome.Later(failure.outcome(), pause);
  }
}
