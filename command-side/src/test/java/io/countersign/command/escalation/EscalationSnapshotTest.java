package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationCommand.Raise;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EscalationSnapshotTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final EscalationId ID = Raising.idOf("odd|1");
  private static final Actor ANN = Actor.principal("ann");
  private static final SealedText TEXT = SealedText.of(ID.keyOwner(), Purpose.CONTENT, "look");

  private final JsonMapper json = JsonMapper.builder().build();
  private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
  private final org.axonframework.config.Configuration axon = start();

  private org.axonframework.config.Configuration start() {
    Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> engine);
    new EscalationAggregate().configureModule(configurer);
    return configurer.start();
  }

  @AfterEach
  void stop() {
    axon.shutdown();
  }

  private EscalationAnswer.Done send(EscalationCommand command) {
    Object answer = axon.commandGateway().sendAndWait(command);
    assertThat(answer).isInstanceOf(EscalationAnswer.Done.class);
    return (EscalationAnswer.Done) answer;
  }

  private static Raise raise(int occurrence) {
    Instant at = NOON.plusSeconds(occurrence);
    return new Raise(
        ID,
        new UUID(0, occurrence),
        Category.OPERATIONAL,
        Severity.HIGH,
        new Cause("odd", null, null, null, List.of()),
        "odd|1",
        RoutingFile.builtIn().plan(Category.OPERATIONAL, at),
        TEXT,
        "0".repeat(64),
        ANN,
        at);
  }

  private List<EscalationEvent> events() {
    List<EscalationEvent> events = new ArrayList<>();
    engine
        .readEvents(ID.toString())
        .forEachRemaining(event -> events.add((EscalationEvent) event.getPayload()));
    return events;
  }

  @Test
  void snapshotAndTailAreTheSameAsAllEventsWhereverItIsCut() {
    send(raise(1));
    send(raise(2));
    send(new EscalationCommand.Assign(ID, "bob", ANN, NOON));
    send(
        new EscalationCommand.Snooze(
            ID,
            NOON.plusSeconds(60),
            RoutingFile.builtIn().plan(Category.OPERATIONAL, NOON.plusSeconds(60)),
            ANN,
            NOON));
    send(new EscalationCommand.RecordDelivered(ID, new UUID(1, 1), "mail", 1, 1, NOON));
    send(new EscalationCommand.RecordFailed(ID, new UUID(1, 2), "mail", 1, 3, "refused", NOON));
    send(new EscalationCommand.Acknowledge(ID, ANN, NOON));
    send(new EscalationCommand.Resolve(ID, Resolution.FIXED, TEXT, ANN, NOON));
    send(raise(3));
    send(new EscalationCommand.Merge(ID, Raising.idOf("odd|2"), ANN, NOON));
    List<EscalationEvent> events = events();
    Escalation full = new Escalation();
    events.forEach(full::evolve);
    String expected = json.writeValueAsString(full);
    for (int cut = 0; cut <= events.size(); cut++) {
      Escalation head = new Escalation();
      events.subList(0, cut).forEach(head::evolve);
      Escalation read = json.readValue(json.writeValueAsString(head), Escalation.class);
      events.subList(cut, events.size()).forEach(read::evolve);
      assertThat(json.writeValueAsString(read)).as("cut at " + cut).isEqualTo(expected);
    }
    assertThat(expected).doesNotContain("look").contains("\"deliveries\"");
  }

  @Test
  void aMatterThatComesAgainAndAgainGetsASnapshotAndKnowsWhatItWasTold() {
    int last = EscalationAggregate.SNAPSHOT_AFTER_EVENTS + 5;
    IntStream.rangeClosed(1, last).forEach(occurrence -> send(raise(occurrence)));
    var snapshot = engine.readSnapshot(ID.toString());
    assertThat(snapshot).isPresent();
    assertThat(snapshot.orElseThrow().getType()).isEqualTo("escalation");
    assertThat(send(raise(last)).recorded()).isEqualTo(Recorded.KNOWN);
    assertThat(events()).hasSize(last);
    assertThat(((EscalationEvent.Repeated) events().getLast()).occurrences()).isEqualTo(last);
  }
}
