package io.countersign.command.workitem;

import static io.countersign.command.workitem.Cmmi.by;
import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.decider;
import static io.countersign.command.workitem.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.AttachDocument;
import io.countersign.kernel.workitem.GateCommand.AttestRequirement;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent.StateChanged;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.TransitionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever people do in whatever order: a transition that is granted is one the policy allows by
 * itself, over facts that are in the log, or one that two different people let pass.
 */
class GatesHoldTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<WorkItemState> STATES =
      List.of(
          WorkItemState.NEW,
          WorkItemState.READY,
          WorkItemState.IN_PROGRESS,
          WorkItemState.BLOCKED,
          WorkItemState.REMOVED);
  private static final List<Decider> PEOPLE =
      List.of(
          Cmmi.WORKER,
          Cmmi.TEAM_LEAD,
          Cmmi.TECHNICAL_LEAD,
          Cmmi.RELEASE_MANAGER,
          decider("theo-too", Cmmi.THEO, "release_manager", "team_lead"),
          decider("wanda-the-lead", Cmmi.WANDA, "team_lead", "technical_lead"),
          decider("tina", null, "team_lead"));
  private static final List<String> GATES =
      List.of("team_lead_approval", "technical_lead_approval");
  private static final List<String> KINDS =
      List.of("requirement_specification", "technical_design", "test_plan");

  private final List<UUID> ids = new ArrayList<>();
  private int update = 1;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noSequenceOfCommandsLetsPassWhatThePolicyRefuses(long seed) {
    var engine = new InMemoryEventStorageEngine();
    var configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new WorkItems(_ -> Cmmi.GROUNDS).configureModule(configurer);
    var axon = configurer.start();
    try {
      Random random = new Random(seed);
      axon.commandGateway().sendAndWait(Samples.created());
      WorkItemState[] state = {WorkItemState.NEW};
      for (int i = 0; i < 400; i++) {
        axon.commandGateway().sendAndWait(any(random, state));
      }
      List<Object> events =
          engine
              .readEvents(ITEM.toString())
              .asStream()
              .map(event -> (Object) event.getPayload())
              .toList();
      assertThat(check(events)).as("granted with seed " + seed).isPositive();
    } finally {
      axon.shutdown();
    }
  }

  /** Counts what was granted; fails where something was that should not have been. */
  private static int check(List<Object> events) {
    Map<UUID, GateEvent.ApprovalGranted> standing = new HashMap<>();
    Map<UUID, Decider> asked = new HashMap<>();
    Map<UUID, Decider> confirmed = new HashMap<>();
    int granted = 0;
    for (int i = 0; i < events.size(); i++) {
      switch (events.get(i)) {
        case StateChanged moved when moved.from() != moved.to() -> {
          standing.clear();
          asked.clear();
          confirmed.clear();
        }
        case GateEvent.ApprovalGranted e -> standing.put(e.approval(), e);
        case GateEvent.ApprovalRevoked e -> standing.remove(e.approval());
        case GateEvent.OverrideRequested e -> asked.put(e.override(), e.by());
        case GateEvent.OverrideConfirmed e -> confirmed.put(e.override(), e.by());
        case TransitionRequested _ -> {
          granted++;
          TransitionDecided decided = (TransitionDecided) events.get(i - 1);
          Map<String, Object> inputs =
              JSON.readValue(decided.decision().inputs(), new TypeReference<>() {});
          var again =
              Cmmi.GROUNDS
                  .policy(decided.decision().policy())
                  .decide(decided.from(), decided.to(), TransitionFacts.of(inputs));
          assertThat(again.allowed()).isEqualTo(decided.decision().allowed());
          assertThat(approvals(inputs)).isSubsetOf(standing.keySet());
          if (!again.allowed()) {
            UUID override = decided.override();
            assertThat(override).isNotNull();
            assertThat(asked.get(override).sameAs(confirmed.get(override))).isFalse();
          }
        }
        default -> {
          // decides nothing
        }
      }
    }
    return granted;
  }

  private static List<UUID> approvals(Map<String, Object> inputs) {
    return ((List<?>) inputs.get("approvals"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> "approved".equals(one.get("decision")))
            .map(one -> UUID.fromString((String) one.get("id")))
            .toList();
  }

  private WorkItemCommand any(Random random, WorkItemState[] state) {
    var who = by(PEOPLE.get(random.nextInt(PEOPLE.size())));
    WorkItemState to = STATES.get(random.nextInt(STATES.size()));
    String gate = GATES.get(random.nextInt(GATES.size()));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Approve(ITEM, newId(), to, gate, null, null, null, who);
      case 3 -> new Reject(ITEM, newId(), to, gate, null, null, who);
      case 4 -> new Revoke(ITEM, anId(random), null, who);
      case 5, 6 ->
          new AttachDocument(
              ITEM,
              newId(),
              KINDS.get(random.nextInt(KINDS.size())),
              "ab".repeat(32),
              text("in the wiki"),
              who);
      case 7 -> new AttestRequirement(ITEM, "resource_availability", null, null, who);
      case 8 -> new RequestOverride(ITEM, newId(), to, text("because"), 50, who);
      case 9 -> new ConfirmOverride(ITEM, anId(random), null, who);
      case 10 -> new RequestTransition(ITEM, to, who);
      default ->
          random.nextInt(3) == 0
              ? moved(state, to)
              : new RequestTransition(ITEM, STATES.get(random.nextInt(2)), who);
    };
  }

  /** Moves in the source, with an assignee, so that something can be allowed. */
  private RecordUpdate moved(WorkItemState[] state, WorkItemState to) {
    update++;
    FieldChange assigned =
        new FieldChange(Fields.ASSIGNED_TO, null, new FieldValue.Person(Cmmi.WANDA));
    List<FieldChange> changes =
        to == state[0]
            ? List.of(assigned)
            : List.of(Samples.state(state[0].word(), to.word()), assigned);
    state[0] = to;
    return new RecordUpdate(
        ITEM,
        new Update(changes, List.of(), List.of(), null),
        Cmmi.reading(ViolationMode.OBSERVE),
        null,
        at(update, update));
  }

  private UUID newId() {
    UUID id = new UUID(3, ids.size());
    ids.add(id);
    return id;
  }

  private UUID anId(Random random) {
    return ids.isEmpty() ? new UUID(0, 0) : ids.get(random.nextInt(ids.size()));
  }
}
