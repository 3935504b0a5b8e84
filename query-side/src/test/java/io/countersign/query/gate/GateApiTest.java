package io.countersign.query.gate;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Decision;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.Missing;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.ApiUnderTest;
import io.countersign.query.Histories;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gates as they are read. */
class GateApiTest {

  private static final WorkItemId ITEM = Histories.item(3);
  private static final UUID DOCUMENT = new UUID(1, 1);
  private static final UUID APPROVAL = new UUID(1, 2);
  private static final UUID OVERRIDE = new UUID(1, 3);
  private static final Decider TESS = new Decider("tess", null, List.of("team_lead"));
  private static final Decider THEO = new Decider("theo", null, List.of("technical_lead"));

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void gatesAreShownAsTheyStandWithTheirWordsOpened() {
    long last = api.append(history());
    read(last)
        .jsonPath("$.facts[?(@.kind=='document')].status")
        .isEqualTo("attached")
        .jsonPath("$.facts[?(@.kind=='document')].words.text")
        .isEqualTo("in the wiki")
        .jsonPath("$.facts[?(@.kind=='approval')].status")
        .isEqualTo("approved")
        .jsonPath("$.facts[?(@.kind=='approval')].roles[0]")
        .isEqualTo("team_lead")
        .jsonPath("$.facts[?(@.kind=='override')].status")
        .isEqualTo("confirmed")
        .jsonPath("$.facts[?(@.kind=='override')].other")
        .isEqualTo("theo")
        .jsonPath("$.decisions.length()")
        .isEqualTo(1)
        .jsonPath("$.decisions[0].policy")
        .isEqualTo("cmmi@1")
        .jsonPath("$.decisions[0].missing[0].words")
        .isEqualTo("needs a document")
        .jsonPath("$.decisions[0].override")
        .isEqualTo(OVERRIDE.toString());
  }

  @Test
  void whatWasForLeavingAStateIsSpentWhenTheItemHasLeftIt() {
    api.append(history());
    long last =
        api.append(
            new WorkItemEvent.StateChanged(
                ITEM,
                WorkItemState.NEW,
                WorkItemState.READY,
                "New",
                "Ready",
                Histories.change(2, Histories.START)));
    read(last)
        .jsonPath("$.facts[?(@.kind=='approval')].status")
        .isEqualTo("spent")
        .jsonPath("$.facts[?(@.kind=='override')].status")
        .isEqualTo("spent")
        .jsonPath("$.facts[?(@.kind=='document')].status")
        .isEqualTo("attached");
  }

  @Test
  void whatIsTakenBackIsShownAsSuch() {
    api.append(history());
    long last =
        api.append(
            new GateEvent.ApprovalRevoked(ITEM, APPROVAL, null, TESS),
            new GateEvent.DocumentWithdrawn(ITEM, DOCUMENT, null, THEO));
    read(last)
        .jsonPath("$.facts[?(@.kind=='approval')].status")
        .isEqualTo("revoked")
        .jsonPath("$.facts[?(@.kind=='document')].status")
        .isEqualTo("withdrawn");
  }

  @Test
  void aWorkItemWithoutGatesHasNone() {
    long last = api.append(Histories.registered(3, "Sign in", Histories.START));
    read(last).jsonPath("$.facts").isEmpty().jsonPath("$.decisions").isEmpty();
    api.client.get().uri("/api/v1/work-items/3/gates").exchange().expectStatus().isNotFound();
  }

  private org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec read(
      long atLeast) {
    return api.client
        .get()
        .uri("/api/v1/work-items/" + ITEM + "/gates?atLeast=" + atLeast)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody();
  }

  private static Object[] history() {
    return new Object[] {
      Histories.registered(3, "Sign in", Histories.START),
      new GateEvent.DocumentAttached(
          ITEM,
          DOCUMENT,
          "test_plan",
          "ab".repeat(32),
          Histories.title(ITEM, "in the wiki"),
          1,
          TESS),
      new GateEvent.ApprovalGranted(
          ITEM, APPROVAL, WorkItemState.READY, "team_lead_approval", 1, null, null, TESS, null),
      new GateEvent.OverrideRequested(
          ITEM,
          OVERRIDE,
          WorkItemState.NEW,
          WorkItemState.READY,
          1,
          Histories.title(ITEM, "customers wait"),
          TESS),
      new GateEvent.OverrideConfirmed(ITEM, OVERRIDE, null, THEO),
      new GateEvent.TransitionDecided(
          ITEM,
          WorkItemState.NEW,
          WorkItemState.READY,
          new Decision(
              new PolicyReference("cmmi", "1", "cd".repeat(32)),
              false,
              List.of(new Missing("document", "test_plan", "needs a document")),
              "{}"),
          OVERRIDE,
          null)
    };
  }
}
