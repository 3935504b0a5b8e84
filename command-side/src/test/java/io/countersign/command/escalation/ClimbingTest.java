package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.Moment;
import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.LevelRaised;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClimbingTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T16:30:00Z");
  private static final Actor ANN = Actor.principal("ann");

  private final AutomationBench bench = new AutomationBench();
  private final Moment clock = new Moment(MONDAY);
  private final Routing routing = RoutingFile.builtIn();
  private Node node = start();

  @AfterEach
  void close() {
    node.stop();
    bench.close();
  }

  private Node start() {
    return bench.start(
        clock,
        List.of(new Climbing()),
        List.of(new EscalationAggregate()),
        parts -> List.of(Climbing.handler(parts.sender(), clock)));
  }

  private void restart() {
    node.stop();
    node = start();
  }

  private EscalationId raise(Category category, String key) throws Exception {
    return new Raising(new ContextPacker(bench.reader()), routing, node.sender())
        .raise(
            new Finding(
                category, Severity.HIGH, new Cause("by-hand", null, null, null, List.of()), key),
            Map.of("raisedWith", "look"),
            UUID.randomUUID(),
            ANN,
            "c",
            clock.instant());
  }

  private EscalationAnswer send(EscalationCommand command) throws Exception {
    CommandSender sender = node.sender();
    Object answer =
        sender.send(
            command,
            UUID.randomUUID(),
            Map.of(
                Provenance.ACTOR, ANN.ref(),
                Provenance.CORRELATION_ID, "c",
                Provenance.CAUSATION_ID, "c"));
    return (EscalationAnswer) Objects.requireNonNull(answer);
  }

  private List<EscalationEvent> history(EscalationId id) {
    return node.log()
        .store()
        .readEvents(id.toString(), 0)
        .asStream()
        .map(message -> (EscalationEvent) message.getPayload())
        .toList();
  }

  private List<LevelRaised> levels(EscalationId id) {
    return history(id).stream()
        .filter(LevelRaised.class::isInstance)
        .map(LevelRaised.class::cast)
        .toList();
  }

  private long waiting() {
    return bench
        .jdbc()
        .sql("select count(*) from automation.intent where status = 'waiting'")
        .query(Long.class)
        .single();
  }

  private static void await(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void anEscalationNobodyAnswersReachesLevelThreeAtTheRightTimesAcrossTwoRestarts()
      throws Exception {
    EscalationId id = raise(Category.OPERATIONAL, "nobody");
    Raised raised = (Raised) history(id).getFirst();
    await(() -> waiting() == 2);

    restart();
    // four working hours from Monday 16:30 are over on Tuesday 12:30
    clock.pass(Duration.ofHours(20).minusMinutes(2));
    EscalationId other = raise(Category.SECURITY, "proof that the dispatcher looks");
    await(() -> waiting() == 4);
    clock.pass(Duration.ofMinutes(2));
    await(() -> levels(id).size() == 1);
    assertRaised(
        levels(id).getFirst(), raised.at().plus(Duration.ofHours(20)), "operations_manager");
    assertThat(levels(other)).isEmpty();

    restart();
    clock.pass(Duration.ofMinutes(60));
    await(() -> levels(other).size() == 2);
    assertThat(levels(id)).hasSize(1);
    // four more: Tuesday 12:30 to 16:30
    clock.pass(Duration.ofMinutes(180));
    await(() -> levels(id).size() == 2);

    assertThat(levels(id)).extracting(LevelRaised::level).containsExactly(2, 3);
    assertRaised(
        levels(id).getLast(), raised.at().plus(Duration.ofHours(24)), "service_delivery_manager");
  }

  private static void assertRaised(LevelRaised level, Instant due, String team) {
    assertThat(level.due()).isEqualTo(due);
    assertThat(level.at()).isBetween(due, due.plusSeconds(50));
    assertThat(level.team()).isEqualTo(team);
  }

  @Test
  void whatWasAnsweredClimbsNoMore() throws Exception {
    EscalationId id = raise(Category.SECURITY, "answered");
    await(() -> waiting() == 2);

    Instant due = ((Raised) history(id).getFirst()).plan().step(2).from();

    send(new EscalationCommand.Acknowledge(id, ANN, clock.instant()));

    await(() -> waiting() == 0);
    // a climb that had begun just before
    send(new EscalationCommand.RaiseLevel(id, 1, 2, due, due));
    assertThat(levels(id)).isEmpty();
  }

  @Test
  void aSnoozedOneClimbsFromWhenItWakes() throws Exception {
    EscalationId id = raise(Category.SECURITY, "later");
    await(() -> waiting() == 2);
    Instant until = clock.instant().plus(Duration.ofHours(5));

    send(
        new EscalationCommand.Snooze(
            id, until, routing.plan(Category.SECURITY, MONDAY, 1, until), ANN, clock.instant()));
    await(
        () ->
            bench
                    .jdbc()
                    .sql("select count(*) from automation.intent where status = 'canceled'")
                    .query(Long.class)
                    .single()
                == 2);
    clock.pass(Duration.ofMinutes(330));

    await(() -> levels(id).size() == 1);
    assertThat(levels(id).getFirst().due()).isEqualTo(until.plus(Duration.ofMinutes(30)));
  }

  @Test
  void theSameMatterCountsWhileItIsOpenAndIsRaisedAnewAfterwards() throws Exception {
    EscalationId id = raise(Category.TECHNICAL, "same");
    assertThat(raise(Category.TECHNICAL, "same")).isEqualTo(id);
    send(
        new EscalationCommand.Resolve(
            id,
            Resolution.FIXED,
            SealedText.of(id.keyOwner(), Purpose.CONTENT, "mended"),
            ANN,
            clock.instant()));
    raise(Category.TECHNICAL, "same");

    assertThat(history(id))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Raised", "Repeated", "Resolved", "Raised");
    assertThat(((Raised) history(id).getLast()).episode()).isEqualTo(2);
  }

  @Test
  void whatComesUpAgainAfterItWasMergedCountsWhereItLivesOn() throws Exception {
    EscalationId one = raise(Category.TECHNICAL, "one");
    EscalationId two = raise(Category.TECHNICAL, "two");

    send(new EscalationCommand.Merge(one, two, ANN, clock.instant()));

    assertThat(raise(Category.TECHNICAL, "one")).isEqualTo(two);
    assertThat(((EscalationEvent.Repeated) history(two).getLast()).occurrences()).isEqualTo(2);
  }

  @Test
  void theContextIsSealedAndItsDigestIsInTheEvent() throws Exception {
    Raised raised = (Raised) history(raise(Category.TECHNICAL, "context")).getFirst();

    assertThat(raised.context().envelope()).isNotNull();
    assertThat(raised.contextSha256()).matches("[0-9a-f]{64}");
    assertThat(raised.plan().matrixSha256()).isEqualTo(routing.sha256());
  }
}
