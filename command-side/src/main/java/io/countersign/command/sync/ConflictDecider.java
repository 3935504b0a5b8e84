package io.countersign.command.sync;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.access.PrincipalNames;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Decides a conflict where the project's policy says ours: as if who asked for ours asked again,
 * from the state that the source has now. Where people have to decide it waits, and is seen to
 * wait.
 */
final class ConflictDecider implements IntentHandler {

  private static final Duration LOOK_AGAIN = Duration.ofHours(1);
  private static final String PRINCIPAL = "principal:";

  private final IntentCommands commands;
  private final TransitionRules rules;
  private final EventStore events;
  private final LinkedPrincipals people;
  private final PrincipalNames principals;
  private final InstantSource clock;

  ConflictDecider(
      IntentCommands commands,
      TransitionRules rules,
      EventStore events,
      LinkedPrincipals people,
      PrincipalNames principals,
      InstantSource clock) {
    this.commands = commands;
    this.rules = rules;
    this.events = events;
    this.people = people;
    this.principals = principals;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return ToDecide.KIND;
  }

  @Override
  public Outcome run(Intent intent) throws Exception {
    ToDecide what = IntentPayloads.read(intent, ToDecide.class);
    WorkItemId workItem = WorkItemId.parse(what.workItem());
    Reading reading = rules.of(workItem).orElseThrow();
    if (reading.gates().conflicts() == ConflictPolicy.ASK) {
      return new Outcome.Later("waits-for-decision", LOOK_AGAIN);
    }
    boolean ours = reading.gates().conflicts() == ConflictPolicy.OURS;
    commands.send(
        new ResolveConflict(
            workItem,
            UUID.fromString(what.conflict()),
            ours ? ConflictResolution.OURS : ConflictResolution.THEIRS,
            Actor.automation(intent.automation()),
            null,
            true,
            new Basis(reading.process(), reading.gates(), clock.instant(), whoAsked(workItem))),
        intent);
    return Outcome.DONE;
  }

  /**
   * Who asked for ours, with the roles he has now; without any when he may not sign in any more.
   */
  private Decider whoAsked(WorkItemId workItem) {
    String actor = "";
    var stream = events.readEvents(workItem.toString(), 0);
    while (stream.hasNext()) {
      var message = stream.next();
      if (message.getPayload() instanceof TransitionRequested
          && message.getMetaData().get(Provenance.ACTOR) instanceof String by
          && by.startsWith(PRINCIPAL)) {
        actor = by;
      }
    }
    String name = actor.isEmpty() ? WriteTransitions.NAME : actor.substring(PRINCIPAL.length());
    return principals
        .find(name)
        .map(people::decider)
        .orElseGet(() -> new Decider(name, null, List.of()));
  }
}
