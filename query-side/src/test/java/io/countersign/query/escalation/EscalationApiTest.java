package io.countersign.query.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.Actor;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.web.bind.annotation.GetMapping;

class EscalationApiTest {

  private static final Instant AT = CountingLog.NOW.minusSeconds(3_600);
  private static final Actor ANN = Actor.principal("ann");
  private static final EscalationId FIRST = id(1);
  private static final EscalationId SECOND = id(2);
  private static final EscalationId THIRD = id(3);

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  private static EscalationId id(int number) {
    return new EscalationId(new UUID(5, number));
  }

  private static SealedText text(EscalationId id, String clear) {
    return Histories.sealed(id.keyOwner(), Purpose.CONTENT, clear);
  }

  private static Raised raised(EscalationId id, Category category, Severity severity, Cause cause) {
    String word = category.word();
    return new Raised(
        id,
        id.value(),
        1,
        category,
        severity,
        cause,
        "key",
        new Plan(
            3,
            "cd".repeat(32),
            3_600,
            List.of(
                new Plan.Step(1, word + "_team", AT),
                new Plan.Step(2, word + "_officer", AT.plusSeconds(3_600)),
                new Plan.Step(3, word + "_chief", AT.plusSeconds(7_200)))),
        text(id, "{\"format\":1}"),
        "ab".repeat(32),
        ANN,
        AT);
  }

  private long three() {
    var violated =
        new Cause("transition-violated", Histories.item(3), Histories.PROJECT, "r", List.of(7L));
    var silent = new Cause("subscription-silent", null, null, null, List.of());
    return api.append(
        raised(FIRST, Category.COMPLIANCE, Severity.MEDIUM, violated),
        raised(SECOND, Category.OPERATIONAL, Severity.HIGH, silent),
        raised(THIRD, Category.OPERATIONAL, Severity.LOW, silent),
        new EscalationEvent.Acknowledged(FIRST, 1, ANN, AT.plusSeconds(600)),
        new EscalationEvent.LevelRaised(
            SECOND, 1, 2, "operational_officer", AT.plusSeconds(3_600), AT.plusSeconds(3_601)),
        new EscalationEvent.Resolved(
            THIRD, Resolution.FIXED, text(THIRD, "mended"), ANN, AT.plusSeconds(1_200)));
  }

  private BodyContentSpec get(String below) {
    return api.client
        .get()
        .uri("/api/v1/escalations" + below)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody();
  }

  private void listed(String query, EscalationId... ids) {
    get("?" + query)
        .jsonPath("$.items[*].id")
        .value(
            found ->
                assertThat((List<?>) found)
                    .isEqualTo(Arrays.stream(ids).map(EscalationId::toString).toList()));
  }

  @Test
  void eachFilterOfAListFindsItsOwn() {
    String at = "atLeast=" + three();
    listed(at, FIRST, SECOND, THIRD);
    listed(at + "&status=acknowledged", FIRST);
    listed(at + "&category=operational", SECOND, THIRD);
    listed(at + "&severity=high", SECOND);
    listed(at + "&team=operational_officer", SECOND);
    listed(at + "&workItem=" + Histories.item(3), FIRST);
    listed(at + "&open=true", FIRST, SECOND);
    listed(at + "&open=false", THIRD);
    listed(at + "&category=operational&severity=low&open=true");
  }

  @Test
  void pagesFollowEachOtherAndEndOnce() {
    long last = three();
    String[] next = new String[1];
    get("?limit=2&atLeast=" + last)
        .jsonPath("$.items.length()")
        .isEqualTo(2)
        .jsonPath("$.position")
        .isEqualTo(last)
        .jsonPath("$.next")
        .value(cursor -> next[0] = (String) cursor);
    get("?limit=2&after=" + next[0])
        .jsonPath("$.items[0].id")
        .isEqualTo(THIRD.toString())
        .jsonPath("$.items.length()")
        .isEqualTo(1)
        .jsonPath("$.next")
        .doesNotExist();
  }

  @Test
  void oneIsShownWithItsContextItsEndAndEverythingThatHappened() {
    three();
    long last =
        api.append(
            new EscalationEvent.NotificationFailed(
                THIRD, new UUID(6, 1), "mail/2", 1, 1, "smtp-550", AT));
    get("/" + THIRD + "?atLeast=" + last)
        .jsonPath("$.escalation.status")
        .isEqualTo("resolved")
        .jsonPath("$.escalation.resolution")
        .isEqualTo("fixed")
        .jsonPath("$.escalation.matrixVersion")
        .isEqualTo(3)
        .jsonPath("$.context.text")
        .isEqualTo("{\"format\":1}")
        .jsonPath("$.resolutionText.text")
        .isEqualTo("mended")
        .jsonPath("$.steps[*].step")
        .value(
            steps -> assertThat(steps).hasToString("[\"raised\",\"resolved\",\"not-delivered\"]"))
        .jsonPath("$.steps[2].detail")
        .isEqualTo("mail/2, attempts 1, smtp-550");
  }

  @Test
  void howSoonPeopleAnsweredIsCountedByCategory() {
    get("?atLeast=" + three());
    get("/statistics?days=1")
        .jsonPath("$[0].category")
        .isEqualTo("compliance")
        .jsonPath("$[0].meanSecondsToAcknowledge")
        .isEqualTo(600.0)
        .jsonPath("$[0].meanSecondsToResolve")
        .doesNotExist()
        .jsonPath("$[1].raised")
        .isEqualTo(2)
        .jsonPath("$[1].open")
        .isEqualTo(1)
        .jsonPath("$[1].meanSecondsToResolve")
        .isEqualTo(1_200.0);
  }

  @Test
  void whatIsNotThereOrNotUnderstoodIsSaid() {
    for (String unknown : List.of("/" + FIRST, "/nonsense")) {
      problem(unknown, 404, "there is no such escalation");
    }
    problem("?colour=red", 400, "colour");
    problem("?open=perhaps", 400, "open: true or false expected");
    problem("?limit=0", 400, "limit");
    problem("?after=nonsense", 400, "after");
    problem("/statistics?days=401", 400, "days: 1 to 400 expected");
  }

  private void problem(String below, int status, String said) {
    api.client
        .get()
        .uri("/api/v1/escalations" + below)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectBody()
        .jsonPath("$.detail")
        .value(detail -> assertThat((String) detail).contains(said));
  }

  @Test
  void allOfItNeedsThePermissionToReadWorkItems() {
    assertThat(
            Arrays.stream(EscalationController.class.getMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class)))
        .hasSize(3)
        .allSatisfy(
            method ->
                assertThat(method.getAnnotation(RequiresPermission.class).value())
                    .isEqualTo(Permission.READ_WORK_ITEMS));
  }
}
