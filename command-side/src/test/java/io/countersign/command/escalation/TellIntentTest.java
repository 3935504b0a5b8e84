package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationCommand.RecordDelivered;
import io.countersign.kernel.escalation.EscalationCommand.RecordFailed;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.NotificationFailed;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class TellIntentTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final EscalationId ID = new EscalationId(new UUID(5, 1));

  private final List<AggregateCommand> sent = new ArrayList<>();
  private final List<Notice> told = new ArrayList<>();
  private Outcome outcome = Outcome.DONE;
  private final EmbeddedEventStore store =
      EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
  private int sequence;

  /** Keeps what it is told. */
  private final class Fake implements Channel {

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public List<Target> targets(String team) {
      return List.of();
    }

    @Override
    public Told tell(Notice notice, Target target) {
      told.add(notice);
      return new Told(outcome, "");
    }
  }

  private TellIntent handler() {
    return new TellIntent(
        List.of(new Fake()),
        store,
        (command, _, _) -> {
          sent.add(command);
          return null;
        },
        () -> NOON);
  }

  private static Intent intent(String channel, int episode, int level) {
    return new Intent(
        new UUID(0, 9),
        "escalation-notices",
        TellIntent.KIND,
        """
        {"escalation":"%s","episode":%d,"level":%d,"channel":"%s"}
        """
            .formatted(ID, episode, level, channel),
        null,
        7,
        "e",
        "c",
        NOON,
        11,
        10,
        true);
  }

  private void publish(EscalationEvent event) {
    store.publish(new GenericDomainEventMessage<>("escalation", ID.toString(), sequence++, event));
  }

  private static Raised raised(int episode, String kind) {
    return new Raised(
        ID,
        new UUID(1, episode),
        episode,
        Category.SECURITY,
        Severity.HIGH,
        new Cause(kind, null, null, null, List.of(7L)),
        "k",
        RoutingFile.builtIn().plan(Category.SECURITY, NOON),
        SealedText.of(ID.keyOwner(), Purpose.CONTENT, "{}"),
        "ab".repeat(32),
        Actor.principal("ann"),
        NOON);
  }

  private static NotificationFailed failed(int level, String code) {
    return new NotificationFailed(ID, new UUID(2, level), "mail/2", level, 1, code, NOON);
  }

  @Test
  void aLevelIsToldOfItsOwnEpisodeAndOfWhoWasNotReachedInIt() throws Exception {
    publish(raised(1, "first"));
    publish(failed(1, "smtp-551"));
    publish(raised(2, "second"));
    publish(failed(1, "smtp-550"));
    publish(failed(2, "smtp-552"));

    assertThat(handler().run(intent("fake/3", 2, 2))).isEqualTo(Outcome.DONE);

    Notice notice = told.getFirst();
    assertThat(notice.kind()).isEqualTo("second");
    assertThat(notice.episode()).isEqualTo(2);
    assertThat(notice.notTold()).containsExactly("level 1 over mail/2: smtp-550");
    assertThat(notice.team()).isEqualTo("security_architect");
    assertThat(notice.askedBefore()).isEqualTo("security_team");
    assertThat(notice.askedNext()).isEqualTo("chief_security_officer");
    assertThat(notice.answerBy()).isEqualTo(NOON.plusSeconds(3_600));
    assertThat(sent)
        .containsExactly(new RecordDelivered(ID, new UUID(0, 9), "fake/3", 2, 11, NOON));

    handler().run(intent("fake", 1, 3));
    Notice lastLevel = told.getLast();
    assertThat(lastLevel.kind()).isEqualTo("first");
    assertThat(lastLevel.answerBy()).isNull();
    assertThat(lastLevel.notTold()).containsExactly("level 1 over mail/2: smtp-551");
  }

  @Test
  void whatWasNotTakenIsNotRecordedUntilItIsGivenUp() throws Exception {
    publish(raised(1, "odd"));
    outcome = new Outcome.Hopeless("smtp-550");
    assertThat(handler().run(intent("fake", 1, 1))).isEqualTo(outcome);
    assertThat(sent).isEmpty();

    handler().givenUp(intent("fake/2", 1, 1), "smtp-550");
    assertThat(sent)
        .containsExactly(new RecordFailed(ID, new UUID(0, 9), "fake/2", 1, 10, "smtp-550", NOON));
  }

  @Test
  void aChannelThatIsNotConfiguredAndAnEpisodeThatIsNotThereWait() throws Exception {
    publish(raised(1, "odd"));
    assertThat(handler().run(intent("other", 1, 1)))
        .isEqualTo(new Outcome.Again("channel-not-configured", null));
    assertThat(handler().run(intent("fake", 2, 1)))
        .isEqualTo(new Outcome.Again("not-readable", null));
    assertThat(told).isEmpty();
  }
}
