package io.countersign.command.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.automation.Moment;
import io.countersign.command.escalation.EscalationHttp.Answer;
import io.countersign.kernel.Actor;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.Assigned;
import io.countersign.kernel.escalation.EscalationEvent.Merged;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationEvent.Repeated;
import io.countersign.kernel.escalation.EscalationEvent.Resolved;
import io.countersign.kernel.escalation.EscalationEvent.Snoozed;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationControllerTest {

  private static final String UNKNOWN = "escalation:2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11";

  private final AutomationBench bench = new AutomationBench();
  private final Moment clock = new Moment(Instant.parse("2026-11-23T12:00:00Z"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Node node =
      bench.start(clock, List.of(), List.of(new EscalationAggregate()), _ -> List.of());
  private final EscalationHttp http = new EscalationHttp(bench, node, clock, metrics);

  @AfterEach
  void close() {
    node.stop();
    bench.close();
  }

  private String raise(String key) {
    Answer raised =
        http.post(
            "",
            Map.of(
                "category", "security",
                "severity", "high",
                "text", "the door is open",
                "workItem", "workitem:fabrikam:42",
                "dedupeKey", key));
    assertThat(raised.status()).isEqualTo(200);
    return raised.body().path("escalation").asString();
  }

  private List<EscalationEvent> history(String id) {
    return node.log()
        .store()
        .readEvents(EscalationId.parse(id).toString(), 0)
        .asStream()
        .map(message -> (EscalationEvent) message.getPayload())
        .toList();
  }

  private EscalationEvent last(String id) {
    return history(id).getLast();
  }

  @Test
  void whatIsRaisedByHandIsSealedAndCountedUnderItsKey() {
    String id = raise("door");
    Raised raised = (Raised) last(id);
    assertThat(raised.by()).isEqualTo(Actor.principal("ann"));
    assertThat(raised.cause().kind()).isEqualTo("by-hand");
    assertThat(String.valueOf(raised.cause().workItem())).isEqualTo("workitem:fabrikam:42");
    assertThat(raised.plan().step(1).team()).isEqualTo("security_team");
    assertThat(raised.toString()).doesNotContain("door is open");

    assertThat(raise("door")).isEqualTo(id);
    assertThat(((Repeated) last(id)).occurrences()).isEqualTo(2);
    Answer without =
        http.post(
            "", Map.of("category", "security", "severity", "low", "text", "the door is open"));
    assertThat(without.body().path("escalation").asString()).isNotEqualTo(id);
  }

  @Test
  void acknowledgedTwiceIsOnceAndItsTimeIsMeasured() {
    String id = raise("ack");
    clock.pass(Duration.ofMinutes(7));

    assertThat(http.post("/" + id + "/acknowledge", Map.of()).changed()).isTrue();
    Answer again = http.post("/" + id + "/acknowledge", Map.of());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.changed()).isFalse();
    assertThat(again.body().path("escalation").asString()).isEqualTo(id);

    assertThat(history(id)).hasSize(2);
    var timer =
        metrics
            .get("countersign.escalation.acknowledged.after")
            .tag("category", "security")
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(420.0, 480.0);
  }

  @Test
  void assignedIsToWhoWasNamed() {
    String id = raise("assign");
    assertThat(http.post("/" + id + "/assign", Map.of("to", "ben")).changed()).isTrue();
    assertThat(http.post("/" + id + "/assign", Map.of("to", "ben")).changed()).isFalse();
    assertThat(((Assigned) last(id)).to()).isEqualTo("ben");
    assertThat(metrics.getMeters()).isEmpty();
  }

  @Test
  void snoozedItsNextLevelsHaveTheirTimeFromWhenItWakes() {
    String id = raise("snooze");
    Answer answer = http.post("/" + id + "/snooze", Map.of("until", "2026-11-24T09:00:00Z"));
    assertThat(answer.changed()).isTrue();
    Snoozed snoozed = (Snoozed) last(id);
    assertThat(snoozed.plan().step(2).from()).isEqualTo("2026-11-24T09:30:00Z");
    assertThat(snoozed.plan().step(3).from()).isEqualTo("2026-11-24T10:00:00Z");

    Answer past = http.post("/" + id + "/snooze", Map.of("until", "2026-11-23T11:00:00Z"));
    assertThat(past.status()).isEqualTo(409);
    assertThat(past.body().path("code").asString()).isEqualTo("not-later");
  }

  @Test
  void mergedItLivesOnThereAndIsDealtWithThere() {
    String one = raise("one");
    String other = raise("other");
    assertThat(http.post("/" + one + "/merge", Map.of("into", other)).changed()).isTrue();
    assertThat(http.post("/" + one + "/merge", Map.of("into", other)).changed()).isFalse();
    assertThat(((Merged) last(one)).into()).hasToString(other);

    Answer there = http.post("/" + one + "/acknowledge", Map.of());
    assertThat(there.status()).isEqualTo(409);
    assertThat(there.body().path("code").asString()).isEqualTo("merged");
    assertThat(there.body().path("detail").asString()).contains(other);
    Answer itself = http.post("/" + other + "/merge", Map.of("into", other));
    assertThat(itself.body().path("code").asString()).isEqualTo("with-itself");
    assertThat(http.post("/" + other + "/merge", Map.of("into", UNKNOWN)).status()).isEqualTo(404);
  }

  @Test
  void resolvedItIsOverWithItsCodeAndItsTextIsSealed() {
    String id = raise("resolve");
    var body = Map.of("code", "false-alarm", "text", "it was the wind");
    assertThat(http.post("/" + id + "/resolve", body).changed()).isTrue();
    Resolved resolved = (Resolved) last(id);
    assertThat(resolved.code()).isEqualTo(Resolution.FALSE_ALARM);
    assertThat(resolved.toString()).doesNotContain("wind");
    assertThat(metrics.get("countersign.escalation.resolved.after").timer().count()).isEqualTo(1);

    for (String answer : List.of("/resolve", "/acknowledge")) {
      Answer over = http.post("/" + id + answer, body);
      assertThat(over.status()).isEqualTo(409);
      assertThat(over.body().path("code").asString()).isEqualTo("over");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/assign|to|two words|/to: the name of a principal or a team expected",
        "/assign|other|ben|/to: the name of a principal or a team expected",
        "/snooze|until|soon|/until: a time like 2026-11-23T09:00:00Z expected",
        "/merge|into|4711|/into: not an escalation id",
        "/resolve|code|done|/code: unknown resolution code 'done'; there are fixed, accepted",
        "/resolve|code|fixed|/text: 1 to 4000 characters expected",
      })
  void whatIsNotUnderstoodIsSaidWithItsPlace(
      String answer, String name, String value, String said) {
    String id = raise("odd");

    Answer refused = http.post("/" + id + answer, Map.of(name, value));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("detail").asString()).startsWith(said);
    assertThat(history(id)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "category|nonsense|/category: unknown category 'nonsense'",
        "severity|nonsense|/severity: unknown severity 'nonsense'",
        "text|' '|/text: 1 to 4000 characters expected",
        "workItem|42|/workItem: ",
        "dedupeKey|a b|/dedupeKey: the name of a principal or a team expected",
      })
  void whatIsRaisedHasToBeWhole(String name, String value, String said) {
    Map<String, String> body =
        new java.util.HashMap<>(Map.of("category", "business", "severity", "low", "text", "x"));
    body.put(name, value);

    Answer refused = http.post("", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("detail").asString()).startsWith(said);
  }

  @ParameterizedTest
  @CsvSource({"/acknowledge", "/assign", "/snooze", "/merge", "/resolve"})
  void anUnknownOneIsNotFoundAndWhoOnlyReadsMayNot(String answer) {
    Map<String, String> body =
        Map.of(
            "to", "ben",
            "until", "2026-11-24T09:00:00Z",
            "into", raise("there"),
            "code", "fixed",
            "text", "x");
    assertThat(http.post("/" + UNKNOWN + answer, body).status()).isEqualTo(404);
    assertThat(http.post("/4711" + answer, body).status()).isEqualTo(404);
    assertThat(http.post(Role.AUDITOR, "/" + raise("mine") + answer, body).status()).isEqualTo(403);
    assertThat(http.post(Role.AUDITOR, "", body).status()).isEqualTo(403);
  }
}
