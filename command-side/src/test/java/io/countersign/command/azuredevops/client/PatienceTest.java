package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When it waits, when it asks again, and what it never sends twice. */
final class PatienceTest {

  private static final String ITEM =
      "{\"id\":5,\"rev\":4,\"fields\":{\"System.State\":\"Active\"}}";
  private static final WorkItemPatch CLOSE = WorkItemPatch.state(3, "Closed", null);

  private ClientUnderTest client = ClientUnderTest.withToken();

  @AfterEach
  void close() {
    client.close();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void anAnswerThatIsFineCanAskForAPauseBeforeTheNext() {
    client.server.json(200, ITEM, "Retry-After: 7").json(200, ITEM);

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(client.pauses).isEmpty();
    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("ok");
    assertThat(client.pauses).containsExactly(seconds(7));
  }

  @Test
  void aReadThatWasBlockedIsRepeatedAfterThePauseThatWasAskedFor() {
    client.server.json(429, "", "Retry-After: 12").json(200, ITEM);

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(client.pauses).containsExactly(seconds(12));
  }

  @Test
  void aWriteThatWasBlockedIsToldAndNotRepeated() {
    client.server.json(429, "", "Retry-After: 12");

    assertThat(client.workItems().patch(5, CLOSE))
        .isEqualTo(new Answer.Throttled<>(ClientUnderTest.START.plusSeconds(12)));
    assertThat(client.server.seen()).hasSize(1);
  }

  @Test
  void aLongPauseIsToldAtOnceAndNothingIsSentMeanwhile() {
    client.server.json(429, "", "Retry-After: Sat, 21 Nov 2026 12:05:00 GMT").json(200, ITEM);
    var until = new Answer.Throttled<>(ClientUnderTest.START.plusSeconds(300));

    assertThat(client.workItems().get(5)).isEqualTo(until);
    assertThat(client.workItems().get(5)).isEqualTo(until);
    assertThat(client.server.seen()).hasSize(1);
    client.clock.move(seconds(301));
    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(client.pauses).isEmpty();
  }

  @Test
  void aPauseOfHoursIsNotBelieved() {
    client.server.json(429, "", "Retry-After: 999999999");

    assertThat(client.workItems().get(5))
        .isEqualTo(new Answer.Throttled<>(ClientUnderTest.START.plusSeconds(900)));
  }

  @Test
  void aBrokenAnswerToAReadIsAHintToSlowDownThatGrows() {
    client.server.cutInTheMiddle().cutInTheMiddle().json(200, ITEM);

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(client.pauses).containsExactly(seconds(1), seconds(2));
  }

  @Test
  void anAnswerThatComesWholeEndsTheHints() {
    client.server.cutInTheMiddle().json(200, ITEM).cutInTheMiddle().json(200, ITEM);

    client.workItems().get(5);
    client.workItems().get(5);

    assertThat(client.pauses).containsExactly(seconds(1), seconds(1));
  }

  @Test
  void aReadThatNeverComesWholeIsThrottledInTheEnd() {
    for (int i = 0; i < 4; i++) {
      client.server.cutInTheMiddle();
    }

    assertThat(client.workItems().get(5))
        .isEqualTo(new Answer.Throttled<>(ClientUnderTest.START.plusSeconds(1 + 2 + 4 + 8)));
    assertThat(client.server.seen()).hasSize(4);
  }

  @Test
  void aWriteWhoseAnswerBrokeIsUnknownAndNeverSentAgain() {
    client.server.cut();
    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
    client.server.cutInTheMiddle();
    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
    client.server.cut().cut();
    assertThat(client.workItems().comment("p", 5, "x").outcome()).isEqualTo("outcome-unknown");
    assertThat(client.workItems().delete(5).outcome()).isEqualTo("outcome-unknown");

    assertThat(client.server.seen()).hasSize(4);
    assertThat(client.calls("work-item-patch", "outcome-unknown")).isEqualTo(2);
  }

  @Test
  void aWriteThatIsNotAnsweredInTimeIsUnknown() {
    client.close();
    client = ClientUnderTest.impatient();
    client.server.silence();

    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
    assertThat(client.server.seen()).hasSize(1);
  }

  @Test
  void aWriteThatNeverLeftIsUnavailable() {
    client.server.close();

    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("unavailable");
  }

  @Test
  void aReadIsRepeatedWhileTheServiceIsDownWithGrowingPauses() {
    client.server.json(503, "").bytes(503, "text/html", ScriptedServer.utf8("<p>")).json(200, ITEM);

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(client.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void aWriteIsNotRepeatedWhileTheServiceIsDown() {
    client.server.json(503, "{\"typeKey\":\"VssServiceException\",\"message\":\"TF24668\"}");

    assertThat(client.workItems().patch(5, CLOSE))
        .isEqualTo(new Answer.Unavailable<>("503 VssServiceException"));
    assertThat(client.server.seen()).hasSize(1);
  }

  @Test
  void aServiceThatOnlyFailsIsNotAskedForAWhile() {
    for (int i = 0; i < 12; i++) {
      client.server.json(503, "");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(client.workItems().get(5).outcome()).isEqualTo("unavailable");
    }

    assertThat(client.server.seen()).hasSize(10);
    assertThat(client.workItems().patch(5, CLOSE))
        .isEqualTo(new Answer.Unavailable<>("it failed too often: not asked for a while"));
    assertThat(client.server.seen()).hasSize(10);
  }

  @Test
  void refusalsDoNotKeepTheServiceFromBeingAsked() {
    for (int i = 0; i < 15; i++) {
      client.server.json(404, "");
    }
    client.server.json(200, ITEM);
    for (int i = 0; i < 15; i++) {
      client.workItems().get(5);
    }

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
  }
}
