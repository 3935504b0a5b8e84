package io.countersign.command.escalation;

import static io.countersign.command.automation.IntentTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.Moment;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.escalation.MailSettings.Security;
import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.NotificationDelivered;
import io.countersign.kernel.escalation.EscalationEvent.NotificationFailed;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E-mail from the event that asks for it to the event that says what became of it. */
class MailDeliveryTest {

  private static final Actor ANN = Actor.principal("ann");

  private final AutomationBench bench = new AutomationBench();
  private final Moment clock = new Moment(Instant.parse("2026-11-23T12:00:00Z"));
  private @Nullable SmtpDouble server;
  private @Nullable Node node;

  @AfterEach
  void close() throws IOException {
    if (node != null) {
      node.stop();
    }
    bench.close();
    if (server != null) {
      server.close();
    }
  }

  private SmtpDouble listen(Function<String, @Nullable String> script) throws IOException {
    server = new SmtpDouble(script);
    return server;
  }

  private static Routing routing() throws IOException {
    try (var in = MailDeliveryTest.class.getResourceAsStream("/escalation/routing.yaml")) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              + """
              mail:
                security_team: [ann@example.com, gone@example.com, busy@example.com]
                security_architect: [chief@example.com]
              """;
      return RoutingFile.read("routing.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void start(UnaryOperator<CommandSender> between) throws IOException {
    var settings =
        new MailSettings(
            "localhost",
            Objects.requireNonNull(server).port(),
            Security.NONE,
            null,
            null,
            null,
            "countersign@example.com",
            null,
            Duration.ofSeconds(10));
    List<Channel> channels = List.of(new MailChannel(routing(), settings, clock));
    node =
        bench.start(
            clock,
            List.of(new Climbing(), new Notices(channels)),
            List.of(new EscalationAggregate()),
            parts ->
                List.of(
                    Climbing.handler(parts.sender(), clock),
                    new TellIntent(
                        channels, parts.log().store(), between.apply(parts.sender()), clock)));
  }

  private EscalationId raise() throws Exception {
    return new Raising(
            new ContextPacker(bench.reader()), routing(), Objects.requireNonNull(node).sender())
        .raise(
            new Finding(
                Category.SECURITY,
                Severity.HIGH,
                new Cause("by-hand", null, null, null, List.of()),
                "mail"),
            Map.of(),
            UUID.randomUUID(),
            ANN,
            "c",
            clock.instant());
  }

  private <E extends EscalationEvent> List<E> of(EscalationId id, Class<E> type) {
    Stream<?> payloads =
        Objects.requireNonNull(node)
            .log()
            .store()
            .readEvents(id.toString(), 0)
            .asStream()
            .map(message -> message.getPayload());
    return payloads.filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void eachRecipientHasAnOutcomeOfHisOwnAndTheNextLevelHearsWhoWasNotReached() throws Exception {
    var busy = new AtomicInteger();
    SmtpDouble there =
        listen(
            line ->
                line.contains("<gone@example.com>")
                    ? "550 5.1.1 no such user"
                    : line.contains("<busy@example.com>") && busy.getAndIncrement() == 0
                        ? "451 greylisted"
                        : null);
    start(sender -> sender);

    EscalationId id = raise();
    await(() -> of(id, NotificationDelivered.class).size() == 1);
    await(() -> of(id, NotificationFailed.class).size() == 1);
    // only what is noted down waits from the time that is passed now
    await(this::isToBeTriedAgain);
    NotificationFailed failed = of(id, NotificationFailed.class).getFirst();
    assertThat(failed.channel()).isEqualTo("mail/2");
    assertThat(failed.code()).isEqualTo("smtp-550");
    assertThat(failed.attempts()).isEqualTo(1);

    // a server that said "later" is left alone for a minute
    clock.pass(Duration.ofSeconds(70));
    await(() -> of(id, NotificationDelivered.class).size() == 2);
    assertThat(of(id, NotificationDelivered.class))
        .extracting(NotificationDelivered::channel, NotificationDelivered::attempts)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("mail/1", 1),
            org.assertj.core.groups.Tuple.tuple("mail/3", 2));
    assertThat(there.messages).hasSize(2);

    clock.pass(Duration.ofMinutes(30));
    await(() -> there.messages.size() == 3);
    assertThat(there.messages.getLast())
        .contains("To: chief@example.com")
        .contains("Could not be told: level 1 over mail/2: smtp-550.");
  }

  @Test
  void aRestartBetweenTheMessageAndItsRecordSendsTheSameMessageAgainAndRecordsOne()
      throws Exception {
    var dies = new AtomicBoolean(true);
    var taken = new AtomicBoolean();
    // a second attempt before the node is down comes to nothing, and does not use up the others
    SmtpDouble there =
        listen(
            line -> {
              if (line.matches(".*<(gone|busy)@.*")) {
                return "550 no";
              }
              return line.startsWith("MAIL") && dies.get() && taken.get() ? "451 later" : null;
            });
    start(
        sender ->
            (command, id, metadata) -> {
              if (dies.get() && command instanceof EscalationCommand.RecordDelivered) {
                taken.set(true);
                throw new IllegalStateException("the node dies here");
              }
              return sender.send(command, id, metadata);
            });
    EscalationId id = raise();
    await(() -> !there.messages.isEmpty());
    Objects.requireNonNull(node).stop();

    dies.set(false);
    start(sender -> sender);
    clock.pass(Duration.ofMinutes(5));

    await(() -> of(id, NotificationDelivered.class).size() == 1);
    assertThat(there.messages).hasSize(2);
    assertThat(there.messages.stream().map(MailDeliveryTest::messageId).distinct()).hasSize(1);
    assertThat(of(id, NotificationDelivered.class).getFirst().attempts()).isBetween(2, 3);
  }

  private boolean isToBeTriedAgain() {
    return bench
            .jdbc()
            .sql("select count(*) from automation.intent where code = 'smtp-451'")
            .query(Long.class)
            .single()
        == 1;
  }

  private static String messageId(String message) {
    return message.lines().filter(line -> line.startsWith("Message-ID:")).findFirst().orElseThrow();
  }
}
