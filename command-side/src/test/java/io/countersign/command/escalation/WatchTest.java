package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.Moment;
import io.countersign.command.escalation.Watch.Fact;
import io.countersign.command.escalation.Watch.Held;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");
  private static final WatchSettings SETTINGS =
      new WatchSettings(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          20,
          Duration.ofHours(1),
          Duration.ofDays(3),
          true,
          true,
          true);
  private static final EscalationId HEALTH = Raising.idOf("health|odd");

  private final AutomationBench bench = new AutomationBench();
  private final Moment clock = new Moment(MONDAY);
  private volatile List<Held> held = List.of(Held.here(Map.of()));
  private Node node;

  @BeforeEach
  void start() {
    EscalationConfiguration.SCHEMA.migrate(bench.dataSource());
    node = bench.start(clock, List.of(), List.of(new EscalationAggregate()), _ -> List.of());
  }

  @AfterEach
  void close() {
    node.stop();
    bench.close();
  }

  private Watch watch(Fact... before) {
    var odd = new Fact("odd", Category.OPERATIONAL, Severity.HIGH, _ -> held);
    return new Watch(
        Stream.concat(List.of(before).stream(), List.of(odd).stream()).toList(),
        new Spells(bench.dataSource()),
        new Raising(new ContextPacker(bench.reader()), RoutingFile.builtIn(), node.sender()),
        SETTINGS,
        clock);
  }

  private List<String> history(EscalationId id) {
    return events(id).stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private List<EscalationEvent> events(EscalationId id) {
    return node.log()
        .store()
        .readEvents(id.toString(), 0)
        .asStream()
        .map(message -> (EscalationEvent) message.getPayload())
        .toList();
  }

  @Test
  void aSpellRaisesOneHoweverOftenItIsLookedAtAcrossARestart() throws Exception {
    Watch first = watch();
    first.look();
    clock.pass(Duration.ofHours(9));
    first.look();
    node.stop();
    node = bench.start(clock, List.of(), List.of(new EscalationAggregate()), _ -> List.of());
    clock.pass(Duration.ofHours(30));
    watch().look();

    assertThat(history(HEALTH)).containsExactly("Raised");
    Raised raised = (Raised) events(HEALTH).getFirst();
    assertThat(raised.at()).isBetween(MONDAY, MONDAY.plusSeconds(60));
    assertThat(raised.by()).isEqualTo(Actor.automation("escalation-watch"));
    assertThat(raised.cause().kind()).isEqualTo("odd");
  }

  @Test
  void ofTwoNodesThatLookAtOnceOneRaises() throws Exception {
    var both = new CountDownLatch(2);
    Watch one = watch(meeting(both));
    Watch other = watch(meeting(both));
    Thread there =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    other.look();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    one.look();
    there.join();
    // one of them may have lost the race for the aggregate: it looks again, as it does
    one.look();
    other.look();

    assertThat(history(HEALTH)).containsExactly("Raised");
  }

  private static Fact meeting(CountDownLatch both) {
    return new Fact(
        "meeting",
        Category.TECHNICAL,
        Severity.LOW,
        _ -> {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return List.of();
        });
  }

  @Test
  void aNodeThatDiedBetweenRaisingAndNotingItRaisesNothingAnew() throws Exception {
    watch().look();
    bench.jdbc().sql("update escalation.spell set raised = false").update();
    clock.pass(Duration.ofMinutes(1));
    watch().look();

    assertThat(history(HEALTH)).containsExactly("Raised");
  }

  @Test
  void aShortPauseIsTheSameSpellAndALongOneEndsIt() throws Exception {
    Watch watch = watch();
    List<Held> bad = held;
    watch.look();
    held = List.of();
    clock.pass(Duration.ofMinutes(9));
    watch.look();
    held = bad;
    watch.look();
    assertThat(history(HEALTH)).containsExactly("Raised");

    held = List.of();
    clock.pass(Duration.ofMinutes(11));
    watch.look();
    held = bad;
    watch.look();
    assertThat(history(HEALTH)).containsExactly("Raised", "Repeated");
  }

  @Test
  void whatIsResolvedWhileItHoldsIsNotRaisedAgainInItsSpellButInTheNextOne() throws Exception {
    Watch watch = watch();
    watch.look();
    resolve();
    clock.pass(Duration.ofHours(48));
    watch.look();
    assertThat(history(HEALTH)).containsExactly("Raised", "Resolved");

    List<Held> bad = held;
    held = List.of();
    clock.pass(Duration.ofMinutes(11));
    watch.look();
    held = bad;
    watch.look();
    assertThat(history(HEALTH)).containsExactly("Raised", "Resolved", "Raised");
  }

  private void resolve() throws Exception {
    var text = SealedText.of(HEALTH.keyOwner(), Purpose.CONTENT, "seen");
    node.sender()
        .send(
            new EscalationCommand.Resolve(
                HEALTH, Resolution.ACCEPTED, text, Actor.principal("ann"), clock.instant()),
            UUID.randomUUID(),
            Map.of(
                Provenance.ACTOR, "principal:ann",
                Provenance.CORRELATION_ID, "c",
                Provenance.CAUSATION_ID, "c"));
  }

  @Test
  void subjectsAreMattersOfTheirOwnAndAFactThatCannotBeLookedAtHidesNoOther() throws Exception {
    held = List.of(new Held("one", null, null, Map.of()), new Held("other", null, null, Map.of()));
    Watch watch =
        watch(
            new Fact(
                "broken",
                Category.TECHNICAL,
                Severity.LOW,
                _ -> {
                  throw new IllegalStateException("no database");
                }));
    watch.look();
    watch.look();

    assertThat(history(Raising.idOf("odd|one"))).containsExactly("Raised");
    assertThat(history(Raising.idOf("odd|other"))).containsExactly("Raised");
    assertThat(history(HEALTH)).isEmpty();
  }
}
