package io.countersign.command.escalation;

import static io.countersign.command.automation.IntentTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.Moment;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.command.escalation.Watch.Fact;
import io.countersign.command.escalation.Watch.Held;
import io.countersign.command.inbox.InboxSchema;
import io.countersign.command.inbox.InboxSignals;
import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is watched, on the tables it is read from. */
class FactsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UUID BUSY = new UUID(1, 1);
  private static final UUID QUIET = new UUID(1, 2);
  private static final ProjectId PROJECT = new ProjectId(new OrganizationId("fabrikam"), "shop");

  private final AutomationBench bench = new AutomationBench();
  private List<ProjectId> untold = List.of();
  private Node node;

  /** Something to be done that will not succeed. */
  record Nothing() {}

  /** Answers every raising with a write of a state and something else. */
  private record Writing() implements Automation {

    @Override
    public String name() {
      return "test-writing";
    }

    @Override
    public Set<Class<?>> events() {
      return Set.of(Raised.class);
    }

    @Override
    public List<Reaction> on(Occurrence occurrence) {
      String kind = ((Raised) occurrence.event()).category().word();
      return List.of(
          kind.equals("business")
              ? Reaction.Intend.at(occurrence.at(), "sync.write", new Nothing())
                  .inLane("sync/workitem:fabrikam:42")
              : Reaction.Intend.at(occurrence.at(), "other", new Nothing()));
    }
  }

  private static IntentHandler failing(String kind) {
    return new IntentHandler() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public Outcome run(Intent intent) {
        return new Outcome.Hopeless("no");
      }
    };
  }

  @BeforeEach
  void start() {
    EscalationConfiguration.SCHEMA.migrate(bench.dataSource());
    InboxSchema.INBOX.migrate(bench.dataSource());
    node =
        bench.start(
            new Moment(NOON),
            List.of(new Writing()),
            List.of(new EscalationAggregate()),
            _ -> List.of(failing("sync.write"), failing("other")));
  }

  @AfterEach
  void close() {
    node.stop();
    bench.close();
  }

  private static WatchSettings settings(int quarantined, Duration silence, boolean others) {
    return new WatchSettings(
        Duration.ofSeconds(30),
        Duration.ZERO,
        quarantined,
        Duration.ofHours(1),
        silence,
        others,
        others,
        others);
  }

  private List<Fact> facts(WatchSettings settings, int part) {
    var inbox = new InboxSignals(bench.dataSource());
    return new Facts(
            settings,
            node.desk(),
            inbox,
            new Hearing(bench.dataSource(), inbox, part),
            () -> untold)
        .all();
  }

  private List<Held> held(String kind, Instant now) {
    return held(facts(settings(3, Duration.ofDays(3), true), 100), kind, now);
  }

  private static List<Held> held(List<Fact> facts, String kind, Instant now) {
    return facts.stream()
        .filter(fact -> fact.kind().equals(kind))
        .flatMap(fact -> fact.look().apply(now).stream())
        .toList();
  }

  private void deliver(UUID subscription, Instant at) {
    UUID id = UUID.randomUUID();
    bench
        .jdbc()
        .sql(
            """
            insert into inbox.delivery (id, received_at, day, key_id, identity, digest, size, content_kept, subscription_id, lane)
            values (:id, :at, :at::date, :id, '\\x00', '\\x00', 1, true, :subscription, 'l')
            """)
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("subscription", subscription)
        .update();
  }

  private void quarantine(int position, Instant at) {
    bench
        .jdbc()
        .sql(
            "insert into inbox.outcome (position, at, attempt, status) values (:position, :at, 1, 'quarantined')")
        .param("position", position)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  @Test
  void quarantineGrowsWhenSoManyAreNewInTheWindow() {
    quarantine(1, NOON.minus(Duration.ofMinutes(61)));
    quarantine(2, NOON.minus(Duration.ofMinutes(59)));
    quarantine(3, NOON.minus(Duration.ofMinutes(1)));
    assertThat(held("quarantine-growth", NOON)).isEmpty();

    quarantine(4, NOON);
    assertThat(held("quarantine-growth", NOON)).hasSize(1);
    assertThat(held("quarantine-growth", NOON.plus(Duration.ofMinutes(2)))).isEmpty();
  }

  @Test
  void aSubscriptionIsSilentAfterThatTimeAndForgottenAfterTenTimesIt() {
    Instant last = NOON.minus(Duration.ofDays(3));
    deliver(QUIET, last.minusSeconds(60));
    deliver(QUIET, last);
    deliver(BUSY, NOON);
    deliver(null, last.minusSeconds(9_999));

    assertThat(held("subscription-silent", NOON)).isEmpty();
    List<Held> silent = held("subscription-silent", NOON.plusSeconds(1));
    assertThat(silent).extracting(Held::subject).containsExactly(QUIET.toString());
    assertThat(silent.getFirst().texts()).containsEntry("lastDelivery", last.toString());
    deliver(QUIET, NOON);
    assertThat(held("subscription-silent", NOON.plusSeconds(2))).isEmpty();
    assertThat(held("subscription-silent", NOON.plus(Duration.ofDays(29)))).hasSize(2);
    assertThat(held("subscription-silent", NOON.plus(Duration.ofDays(31)))).isEmpty();
  }

  @Test
  void nobodyIsCalledSilentWhileThereIsMoreToBeNotedDown() {
    deliver(QUIET, NOON.minus(Duration.ofDays(9)));
    for (int i = 0; i < 1_009; i++) {
      deliver(BUSY, NOON);
    }
    deliver(QUIET, NOON);
    List<Fact> slow = facts(settings(0, Duration.ofDays(3), false), 10);

    assertThat(held(slow, "subscription-silent", NOON)).isEmpty();
    assertThat(held(slow, "subscription-silent", NOON)).isEmpty();
    assertThat(heard()).isEqualTo(NOON);
  }

  private Instant heard() {
    return bench
        .jdbc()
        .sql("select at from escalation.heard where subscription = ?")
        .param(QUIET)
        .query(java.time.OffsetDateTime.class)
        .single()
        .toInstant();
  }

  @Test
  void aWriteThatWasGivenUpIsToldByItsWorkItemAndAllElseTogether() throws Exception {
    assertThat(held("write-given-up", NOON)).isEmpty();
    raise(Category.BUSINESS);
    await(() -> bench.failed() == 1);
    assertThat(held("intents-failed", NOON)).isEmpty();
    List<Held> writes = held("write-given-up", NOON);
    assertThat(writes).hasSize(1);
    assertThat(String.valueOf(writes.getFirst().workItem())).isEqualTo("workitem:fabrikam:42");

    raise(Category.TECHNICAL);
    await(() -> bench.failed() == 2);
    assertThat(held("intents-failed", NOON)).hasSize(1);
    assertThat(held("write-given-up", NOON)).hasSize(1);
  }

  private void raise(Category category) throws Exception {
    new Raising(new ContextPacker(bench.reader()), RoutingFile.builtIn(), node.sender())
        .raise(
            new Finding(
                category,
                Severity.LOW,
                new Cause("by-hand", null, null, null, List.of()),
                category.word()),
            Map.of(),
            UUID.randomUUID(),
            Actor.principal("ann"),
            "c",
            NOON);
  }

  @Test
  void aProjectThatChangedUntoldIsOne() {
    untold = List.of(PROJECT);
    assertThat(held("changes-untold", NOON)).extracting(Held::project).containsExactly(PROJECT);
  }

  @Test
  void whatIsOffIsNotLookedAt() {
    assertThat(facts(settings(0, Duration.ZERO, false), 100)).isEmpty();
    assertThat(facts(settings(3, Duration.ofDays(3), true), 100)).hasSize(5);
  }
}
