package io.countersign.command.automation;

import static io.countersign.command.automation.IntentTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.command.automation.IntentTable.Note;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutomationsTest {

  private static final ProjectId PROJECT = new ProjectId(new OrganizationId("fabrikam"), "a1");

  private final IntentTable table = new IntentTable();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private long sequence;

  @AfterEach
  void close() {
    table.close();
  }

  /** Greets every new name; keeps a farewell for later, which "stay" cancels. */
  private final class Greeting implements Automation {

    @Override
    public String name() {
      return "greeting";
    }

    @Override
    public Set<Class<?>> events() {
      return Set.of(ProjectEvent.Renamed.class);
    }

    @Override
    public List<Reaction> on(Occurrence occurrence) {
      String name = ((ProjectEvent.Renamed) occurrence.event()).name();
      if (name.equals("stay")) {
        return List.of(new Reaction.Cancel("farewell"));
      }
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("injected");
      }
      return List.of(
          Reaction.Intend.at(occurrence.at(), "note", new Note("hello " + name)),
          Reaction.Intend.at(
                  occurrence.at().plus(Duration.ofDays(1)), "note", new Note("bye " + name))
              .about("farewell"));
    }
  }

  private RealAutomations node() {
    return new RealAutomations(
        table, InstantSource.system(), List.of(new Greeting()), List.of(), _ -> List.of(notes()));
  }

  private IntentHandler notes() {
    return new IntentHandler() {
      @Override
      public String kind() {
        return "note";
      }

      @Override
      public Outcome run(Intent intent) {
        done.add(IntentPayloads.read(intent, Note.class).text());
        return Outcome.DONE;
      }
    };
  }

  private void rename(RealAutomations node, String name) {
    node.log()
        .store()
        .publish(
            new GenericDomainEventMessage<>(
                "project",
                PROJECT.toString(),
                sequence++,
                new ProjectEvent.Renamed(PROJECT, name),
                MetaData.with(Provenance.ACTOR, "principal:ann")
                    .and(Provenance.CORRELATION_ID, "c")
                    .and(Provenance.CAUSATION_ID, "c"),
                UUID.randomUUID().toString(),
                Instant.now()));
  }

  private long count(String where) {
    return table
        .jdbc
        .sql("select count(*) from automation.intent where " + where)
        .query(Long.class)
        .single();
  }

  @Test
  void anEventIsAnsweredWithAnIntentThatIsDoneAndNamesItsEntry() {
    try (var node = node()) {
      rename(node, "first");

      await(() -> count("status = 'done'") == 1);

      assertThat(done).containsExactly("hello first");
      assertThat(count("entry_index = 0 and automation = 'greeting' and correlation_id = 'c'"))
          .isEqualTo(2);
    }
  }

  @Test
  void aDeadlineThatWasMetIsCanceled() {
    try (var node = node()) {
      rename(node, "first");
      await(() -> count("status = 'waiting'") == 1);

      rename(node, "stay");

      await(() -> count("status = 'canceled'") == 1);
      assertThat(count("status = 'waiting'")).isZero();
    }
  }

  @Test
  void itBeginsWithWhatComesAfterItAndGoesOnWhereItWas() {
    try (var before =
        new RealAutomations(
            table, InstantSource.system(), List.of(), List.of(), _ -> List.of(notes()))) {
      rename(before, "of old");
    }
    try (var node = node()) {
      await(() -> node.processor("greeting").processingStatus().size() == 1);
      rename(node, "first");
      await(() -> done.size() == 1);
    }
    try (var again = node()) {
      rename(again, "second");
      await(() -> done.size() == 2);
    }
    assertThat(done).containsExactly("hello first", "hello second");
  }

  @Test
  void anEventHandledAgainLeadsToTheSameIntentsOnce() {
    try (var node = node()) {
      rename(node, "first");
      await(() -> done.size() == 1);
    }
    String token =
        table
            .jdbc
            .sql("select convert_from(token, 'UTF8') from automation.token")
            .query(String.class)
            .single();
    table
        .jdbc
        .sql("update automation.token set token = convert_to(?, 'UTF8')")
        .param(token.replaceAll("-?[0-9]+", "-1"))
        .update();
    try (var again = node()) {
      rename(again, "second");
      await(() -> done.size() == 2);
    }
    assertThat(done).containsExactly("hello first", "hello second");
    assertThat(count("true")).isEqualTo(4);
  }

  @Test
  void anAutomationIsNeverReplayed() {
    try (var node = node()) {
      var processor = node.processor("greeting");
      processor.shutDown();

      assertThat(processor.supportsReset()).isFalse();
      assertThatThrownBy(processor::resetTokens).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void anEventAnAutomationFailsAtIsNotPassedOver() {
    failures.set(2);
    try (var node = node()) {
      rename(node, "first");
      rename(node, "second");

      await(() -> done.size() == 2);

      assertThat(failures).hasNegativeValue();
      assertThat(done).containsExactlyInAnyOrder("hello first", "hello second");
    }
  }

  @Test
  void textThatIsToBeSealedGetsIntoNoIntent() {
    record Wrong(SealedText text) {}
    var text = SealedText.of(new KeyOwner("workitem:a:1"), Purpose.CONTENT, "Ann's secret");

    assertThatThrownBy(() -> IntentPayloads.write(new Wrong(text)))
        .hasRootCauseMessage(
            "an intent holds references: SealedText[workitem:a:1 content clear] is text")
        .hasMessageNotContaining("Ann's secret");
  }
}
