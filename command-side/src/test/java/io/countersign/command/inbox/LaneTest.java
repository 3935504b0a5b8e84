package io.countersign.command.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final UUID DELIVERY = UUID.fromString("019aa2c4-6d1f-7c3e-9b0a-3f2e8d7c6b5a");
  private static final String CONTAINERS =
      ", \"resourceContainers\": {\"collection\": {\"id\": \"478EE4B3-565c\"}}}";

  private static String lane(String json) {
    return Lane.of(EnvelopePeek.of(json.getBytes(StandardCharsets.UTF_8)), DELIVERY);
  }

  @Test
  void allDeliveriesOfOneWorkItemShareALaneWhateverTheirEventAndSpelling() {
    String updated =
        lane(
            "{\"eventType\": \"workitem.updated\", \"resource\": {\"id\": 7, \"workItemId\": 30}"
                + CONTAINERS);
    assertThat(updated).startsWith("work-item:");
    assertThat(
            lane("{\"eventType\": \"workitem.created\", \"resource\": {\"id\": 30}" + CONTAINERS))
        .isEqualTo(updated);
    assertThat(
            lane(
                "{\"EventType\": \"workitem.updated\", \"Resource\": {\"id\": 9, \"workItemId\": \"30\"},"
                    + " \"ResourceContainers\": {\"collection\": {\"Id\": \"478ee4b3-565c\"}}}"))
        .isEqualTo(updated);
    assertThat(
            lane(
                "{\"eventType\": \"workitem.updated\", \"resource\": {\"id\": 9, \"workItemId\": 0,"
                    + " \"revision\": {\"id\": 30}}"
                    + CONTAINERS))
        .isEqualTo(updated);
  }

  @Test
  void otherItemsAndOtherOrganizationsHaveOtherLanes() {
    String one =
        lane("{\"eventType\": \"workitem.created\", \"resource\": {\"id\": 30}" + CONTAINERS);
    assertThat(
            lane("{\"eventType\": \"workitem.created\", \"resource\": {\"id\": 31}" + CONTAINERS))
        .isNotEqualTo(one);
    assertThat(
            lane(
                "{\"eventType\": \"workitem.created\", \"resource\": {\"id\": 30, \"url\":"
                    + " \"https://dev.example/x\"}}"))
        .isNotEqualTo(one);
    assertThat(lane("{\"eventType\": \"build.complete\", \"resource\": {\"id\": 30}" + CONTAINERS))
        .isNotEqualTo(one);
  }

  @Test
  void aCommentOnAPullRequestSharesThePullRequestsLane() {
    assertThat(
            lane(
                "{\"eventType\": \"ms.vss-code.git-pullrequest-comment-event\", \"resource\":"
                    + " {\"comment\": {\"id\": 1}, \"pullRequest\": {\"pullRequestId\": 5}}"
                    + CONTAINERS))
        .isEqualTo(
            lane(
                "{\"eventType\": \"git.pullrequest.updated\", \"resource\": {\"pullRequestId\": 5}"
                    + CONTAINERS));
  }

  @Test
  void whatTellsNothingHasALaneOfItsOwn() {
    assertThat(lane("")).isEqualTo("delivery:" + DELIVERY);
    assertThat(lane("{\"id\": \"f406f6e5-401c-4efe-8868-3d978d9bc840\"}"))
        .isEqualTo("event:f406f6e5-401c-4efe-8868-3d978d9bc840");
  }

  @Test
  void thePeekKeepsOnlyHarmlessForms() {
    var peek =
        EnvelopePeek.of(
            ("{\"subscriptionId\": \"bob@example.com\", \"notificationId\": \"Bob\", \"id\": \"Bob Silent\","
                    + " \"eventType\": \"said by Bob\"}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(peek.wellFormed()).isTrue();
    assertThat(peek.subscriptionId()).isNull();
    assertThat(peek.notificationId()).isNull();
    assertThat(peek.eventId()).isNull();
    assertThat(peek.eventType()).isNull();
  }

  @Test
  void aTruncatedEnvelopeStillTellsWhatCameBefore() {
    var peek =
        EnvelopePeek.of(
            "{\"notificationId\": 4, \"eventType\": \"workitem.upd"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(peek.wellFormed()).isFalse();
    assertThat(peek.notificationId()).isEqualTo(4);
  }
}
