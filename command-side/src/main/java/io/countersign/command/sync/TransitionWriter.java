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

  @Override
  public Outcome run(Intent intent) throws Exception {
    ToWrite what = IntentPayloads.read(intent, ToWrite.class);
    WorkItemId workItem = WorkItemId.parse(what.workItem());
    WorkItemState to = WorkItemState.of(what.to());
    Object answer = commands.send(new ConsiderWrite(workItem, to), intent);
    return switch (answer) {
      case WriteAnswer.Wanted wanted ->
          write(
              new WriteRounds.Task(
                  intent, workItem, to, wanted, Explanation.of(intent, what, wanted)));
      case WriteAnswer.NotWanted(String code) -> notWanted(intent, workItem, to, code);
      case null, default ->
          throw new IllegalStateException("a write was answered with something else");
    };
  }

  /**
   * A try before this one may have written it, and not come to say so: then it was confirmed or
   * replaced meanwhile, and is recorded all the same. Nothing can be looked for in the recycle bin.
   */
  private Outcome notWanted(Intent intent, WorkItemId workItem, WorkItemState to, String code)
      throws Exception {
    if (!code.equals("written")) {
      var items = azureDevOps.organization(workItem.organization()).workItems();
      switch (Trace.since(items, workItem.number(), 0, Explanation.marker(intent.id()))) {
        case Answer.Ok<Trace> ok -> {
          Integer ours = ok.value().ours();
          String state = ok.value().oursState();
          if (ours != null && state != null) {
            commands.send(new RecordWritten(workItem, to, state, ours), intent);
          }
        }
        case Answer.NotFoundOrNotPermitted<Trace> _, Answer.NotConfigured<Trace> _ -> {
          // it was not written, or cannot be looked for
        }
        case Answer.Failure<Trace> failure -> {
          metrics.outcome(failure.outcome());
          return later(failure, failure instanceof Answer.Unauthorized ? SOON : SHORTLY);
        }
      }
    }
    if (TO_TELL.contains(code)) {
      commands.send(new AbandonWrite(workItem, to, code, null), intent);
    }
    metrics.outcome(code);
    return Outcome.DONE;
  }

  private Outcome write(WriteRounds.Task task) throws Exception {
    var items = azureDevOps.organization(task.workItem().organization()).workItems();
    for (int round = 1; ; round++) {
      switch (items.get(task.workItem().number())) {
        case Answer.Failure<RemoteWorkItem> failure -> {
          return failed(task, failure);
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
              return failed(task, failure);
            }
            case WriteRounds.Result.Again _ -> metrics.outcome("again");
          }
        }
      }
    }
  }

  /** What is not done is tried later, or was refused, or nobody knows. */
  private Outcome failed(WriteRounds.Task task, Answer.Failure<?> failure) throws Exception {
    metrics.outcome(failure.outcome());
    return switch (failure) {
      case Answer.Throttled<?>(Instant until) -> {
        Duration pause = Duration.between(clock.instant(), until);
        yield later(failure, pause.compareTo(Duration.ofSeconds(1)) < 0 ? SHORTLY : pause);
      }
      case Answer.Unavailable<?> _, Answer.OutcomeUnknown<?> _, Answer.Conflict<?> _ ->
          later(failure, SHORTLY);
      case Answer.Unauthorized<?> _ -> later(failure, SOON);
      case Answer.NotConfigured<?> _ -> later(failure, SOMETIME);
      case Answer.NotFoundOrNotPermitted<?>(var fault) ->
          rounds.refused(task, failure.outcome(), fault.message());
      case Answer.RuleBroken<?>(var fault) ->
          rounds.refused(task, failure.outcome(), fault.message());
      case Answer.Refused<?>(var fault) -> rounds.refused(task, failure.outcome(), fault.message());
    };
  }

  private static Outcome later(Answer.Failure<?> failure, Duration pause) {
    return new Outcome.Later(failure.outcome(), pause);
  }
}
