package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler.Outcome;
import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationCommand.Raise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RaiseIntentTest {

  private static final Instant DUE = Instant.parse("2026-11-23T12:00:00Z");
  private static final String FINDING =
      """
      {"category":"security","severity":"high","dedupeKey":"odd|1",
       "cause":{"kind":"odd","workItem":null,"project":null,"rule":"r","entries":[7]}}
      """;

  private final AutomationBench bench = new AutomationBench();
  private final List<AggregateCommand> sent = new ArrayList<>();
  private final CommandSender sender =
      (command, _, _) -> {
        sent.add(command);
        return new EscalationAnswer.Done(Recorded.NEW, Category.SECURITY, Duration.ZERO);
      };

  @BeforeEach
  void openLog() {
    io.countersign.eventlog.database.Schema.EVENTLOG.migrate(bench.dataSource());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private RaiseIntent handler(boolean escalates) {
    return new RaiseIntent(
        cause -> escalates && cause.kind().equals("odd"),
        new Raising(new ContextPacker(bench.reader()), RoutingFile.builtIn(), sender));
  }

  private static Intent intent(int attempt) {
    return new Intent(
        new UUID(0, 5),
        "escalation-detection",
        RaiseIntent.KIND,
        FINDING,
        null,
        7,
        "e",
        "c",
        DUE,
        attempt,
        10,
        attempt > 1);
  }

  @Test
  void whatIsAMatterIsRaisedAsOfWhenItHappenedTheSameEachTime() throws Exception {
    assertThat(handler(true).kind()).isEqualTo("escalation.raise");
    assertThat(handler(true).run(intent(1))).isEqualTo(Outcome.DONE);
    assertThat(handler(true).run(intent(2))).isEqualTo(Outcome.DONE);

    assertThat(sent).hasSize(2);
    Raise raise = (Raise) sent.getFirst();
    Raise again = (Raise) sent.getLast();
    assertThat(raise.occurrence()).isEqualTo(new UUID(0, 5)).isEqualTo(again.occurrence());
    assertThat(raise.at()).isEqualTo(DUE);
    assertThat(raise.plan()).isEqualTo(again.plan());
    assertThat(raise.by()).isEqualTo(Actor.automation("escalation-detection"));
    assertThat(raise.cause().entries()).containsExactly(7L);
    assertThat(raise.escalation()).isEqualTo(Raising.idOf("odd|1"));
    assertThat(raise.contextSha256()).isEqualTo(again.contextSha256());
  }

  @Test
  void whatIsNoMatterForHumansIsDoneWithoutARaising() throws Exception {
    assertThat(handler(false).run(intent(1))).isEqualTo(Outcome.DONE);
    assertThat(sent).isEmpty();
  }
}
