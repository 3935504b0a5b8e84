package io.countersign.command.sync;

import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.RemoteWorkItem;
import io.countersign.command.azuredevops.client.WorkItemCalls;
import io.countersign.command.azuredevops.client.WorkItemPatch;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.project.ProjectStates;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;

/** One look at the work item, and at most one write. */
final class WriteRounds {

  private final TransitionRules rules;
  private final ProjectStates projects;
  private final SourceStates states;
  private final IntentCommands commands;
  private final InstantSource clock;

  WriteRounds(
      TransitionRules rules,
      ProjectStates projects,
      SourceStates states,
      IntentCommands commands,
      InstantSource clock) {
    this.rules = rules;
    this.projects = projects;
    this.states = states;
    this.commands = commands;
    this.clock = clock;
  }

  /** What is to be written, and why. */
  record Task(
      Intent intent,
      WorkItemId workItem,
      WorkItemState to,
      WriteAnswer.Wanted wanted,
      Explanation why) {}

  /** What came of a round. */
  sealed interface Result {

    /** Written now. */
    record Written() implements Result {}

    /** Nothing more is to be done. */
    record Over(String outcome) implements Result {}

    /** Somebody came in between, or nobody knows what became of it: look again. */
    record Again() implements Result {}

    /** It was not done. */
    record Failed(Answer.Failure<?> failure) implements Result {}
  }

  /** How the states of the item are read and named. */
  private record Names(TransitionRules.Known item, ProjectSettings settings, Reading reading) {}

  /**
   * A round.
   *
   * @param more whether there may be another one
   */
  Result one(Task task, WorkItemCalls items, RemoteWorkItem there, boolean more) throws Exception {
    String sourceThere = there.field(Fields.STATE).asString("");
    Names names = names(task, there, sourceThere);
    Trace trace = Trace.NONE;
    if (there.rev() > task.wanted().revision()) {
      switch (Trace.since(items, there.id(), task.wanted().revision(), task.why().marker())) {
        case Answer.Failure<Trace> failure -> {
          return new Result.Failed(failure);
        }
        case Answer.Ok<Trace> ok -> trace = ok.value();
      }
    }
    Integer ours = trace.ours();
    if (ours != null) {
      // a try before this one did it, and did not come to say so
      record(task, trace.oursState() == null ? sourceThere : trace.oursState(), ours);
      return new Result.Over("found-written");
    }
    if (!isWhereWeStart(task, names.reading(), sourceThere)) {
      return found(task, there, trace, names.reading(), sourceThere);
    }
    return write(task, items, there, names, sourceThere, more);
  }

  private Names names(Task task, RemoteWorkItem there, String sourceThere) {
    TransitionRules.Known known =
        rules
            .known(task.workItem())
            .orElseThrow(() -> new IllegalStateException(task.workItem() + " is not known"));
    String type = there.field(Fields.TYPE).asString(known.type());
    Set<String> seen = new LinkedHashSet<>(known.sourceStates());
    seen.add(sourceThere);
    ProjectSettings settings = projects.of(known.project());
    return new Names(
        new TransitionRules.Known(known.project(), type, seen),
        settings,
        settings.reading(type, seen));
  }

  private static boolean isWhereWeStart(Task task, Reading reading, String sourceThere) {
    WriteAnswer.Wanted wanted = task.wanted();
    return wanted.reversal()
        ? sourceThere.equals(wanted.sourceFrom())
        : reading.of(sourceThere) == wanted.from();
  }

  private Result write(
      Task task,
      WorkItemCalls items,
      RemoteWorkItem there,
      Names names,
      String sourceThere,
      boolean more)
      throws Exception {
    StateNames.Choice choice;
    String sourceTo = task.wanted().sourceTo();
    if (sourceTo != null) {
      choice = new StateNames.Choice.Name(sourceTo);
    } else {
      switch (choice(task, names)) {
        case Answer.Failure<StateNames.Choice> failure -> {
          return new Result.Failed(failure);
        }
        case Answer.Ok<StateNames.Choice> ok -> choice = ok.value();
      }
    }
    return switch (choice) {
      case StateNames.Choice.None(String code, String words) -> {
        refused(task, code, words);
        yield new Result.Over(code);
      }
      case StateNames.Choice.Name(String target) ->
          write(task, items, there, names, target, more, sourceThere);
    };
  }

  /** Asks the source once more before it says that there is none: somebody may have added it. */
  private Answer<StateNames.Choice> choice(Task task, Names names) {
    Answer<StateNames.Choice> first = chosen(task, names);
    if (!(first instanceof Answer.Ok<StateNames.Choice> ok
        && ok.value() instanceof StateNames.Choice.None)) {
      return first;
    }
    states.forget(names.item().project(), names.item().type());
    return chosen(task, names);
  }

  private Answer<StateNames.Choice> chosen(Task task, Names names) {
    return states
        .of(names.item().project(), names.item().type())
        .map(
            there ->
                new StateNames(names.item().type(), names.settings(), names.reading(), there)
                    .of(task.to()));
  }

  private Result write(
      Task task,
      WorkItemCalls items,
      RemoteWorkItem there,
      Names names,
      String target,
      boolean more,
      String sourceThere)
      throws Exception {
    var patch = WorkItemPatch.state(there.rev(), target, task.why().html());
    if (patch.neededFor(there).isEmpty()) {
      return found(task, there, Trace.NONE, names.reading(), sourceThere);
    }
    return switch (items.patch(there.id(), patch)) {
      case Answer.Ok<RemoteWorkItem> done -> {
        record(task, target, done.value().rev());
        yield new Result.Written();
      }
      case Answer.OutcomeUnknown<RemoteWorkItem> unknown ->
          more ? new Result.Again() : new Result.Failed(unknown);
      case Answer.Conflict<RemoteWorkItem> _ ->
          more ? new Result.Again() : found(task, there, Trace.NONE, names.reading(), sourceThere);
      case Answer.Failure<RemoteWorkItem> failure -> new Result.Failed(failure);
    };
  }

  /** The service has something else: the aggregate says whether that is a conflict. */
  private Result found(
      Task task, RemoteWorkItem there, Trace trace, Reading reading, String sourceThere)
      throws Exception {
    Integer moved = trace.lastState();
    // the updates were read after the item: a later change of the state is not the one we saw
    int seen = moved == null || moved > there.rev() ? there.rev() : moved;
    // and some of before the decision with them: what is found is so now
    int revision = Math.max(seen, task.wanted().revision());
    var change = new SourceChange(null, revision, changedAt(there), null);
    commands.send(
        new RecordFound(task.workItem(), task.to(), reading, sourceThere, change), task.intent());
    return new Result.Over(reading.of(sourceThere) == task.to() ? "there-already" : "conflict");
  }

  private Instant changedAt(RemoteWorkItem there) {
    try {
      return Instant.parse(there.field("System.ChangedDate").asString(""));
    } catch (DateTimeParseException _) {
      return clock.instant();
    }
  }

  private void record(Task task, String sourceState, int revision) throws Exception {
    commands.send(
        new RecordWritten(task.workItem(), task.to(), sourceState, revision), task.intent());
  }

  /** The service does not take it, and will not the next time. */
  Outcome refused(Task task, String code, String words) throws Exception {
    SealedText sealed = SealedText.of(task.workItem().keyOwner(), Purpose.CONTENT, words);
    commands.send(new RecordWriteRefused(task.workItem(), task.to(), code, sealed), task.intent());
    return Outcome.DONE;
  }
}
