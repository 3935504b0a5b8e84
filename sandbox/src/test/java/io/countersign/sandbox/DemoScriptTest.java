package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DemoScriptTest {

  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  private static Stream<ObjectNode> updatesOf(int number) {
    return DemoScript.steps(START).stream()
        .map(step -> step.notification().body())
        .filter(body -> body.at("/resource/workItemId").asInt(0) == number)
        .filter(body -> body.at("/eventType").asString().equals("workitem.updated"));
  }

  private static List<String> statesOf(int number) {
    return updatesOf(number)
        .map(body -> body.at("/resource/fields/System.State/newValue").asString(""))
        .filter(state -> !state.isEmpty())
        .toList();
  }

  @Test
  void oneStoryGoesTheWayOfTheProcess() {
    assertThat(statesOf(DemoScript.KEEPS))
        .containsExactly("Active", "Resolved", "Active", "Resolved", "Closed");
  }

  @Test
  void theOtherIsClosedStraightFromNew() {
    assertThat(statesOf(DemoScript.BREAKS)).containsExactly("Closed");
  }

  @Test
  void oneUpdateIsOvertakenAndNoneIsMissing() {
    List<Integer> ids =
        updatesOf(DemoScript.KEEPS).map(body -> body.at("/resource/id").asInt()).toList();
    assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
    assertThat(ids.stream().sorted()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void playedAgainItIsTheSameBytes() {
    List<byte[]> once = bytes();
    assertThat(bytes()).hasSameSizeAs(once);
    for (int i = 0; i < once.size(); i++) {
      assertThat(bytes().get(i)).isEqualTo(once.get(i));
    }
  }

  private static List<byte[]> bytes() {
    return DemoScript.steps(START).stream().map(step -> step.notification().bytes()).toList();
  }
}
