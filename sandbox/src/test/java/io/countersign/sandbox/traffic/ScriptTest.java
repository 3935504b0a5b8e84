package io.countersign.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTest {

  private static final int ITEMS = 400;

  private static TrafficPlan plan(long seed, TrafficMix mix) {
    return new TrafficPlan(seed, 10, 2, 0, Duration.ofSeconds(1), mix);
  }

  private static List<Planned> all(long seed, TrafficMix mix) {
    return IntStream.rangeClosed(1, ITEMS)
        .mapToObj(number -> Script.of(plan(seed, mix), number))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> bytes(long seed, int number) {
    return Script.of(plan(seed, TrafficMix.realistic()), number).stream()
        .map(planned -> new String(planned.body(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void sameSeedMakesTheSameBytesWhateverWasMadeBefore() {
    List<String> first = bytes(7, 3);
    bytes(7, 4);

    assertThat(bytes(7, 3)).isEqualTo(first);
    assertThat(bytes(8, 3)).isNotEqualTo(first);
    assertThat(bytes(7, 4)).isNotEqualTo(first);
  }

  @Test
  void sharesAreThoseOfTheMix() {
    var mix = new TrafficMix(0.05, 0.04, 0.03, 0.06, 0.4, 0.8, 0.5);
    List<Planned> sent = all(11, mix);
    double good =
        sent.stream().filter(one -> one.kind() != Kind.BAD && one.kind() != Kind.DUPLICATE).count();

    assertThat(count(sent, Kind.DUPLICATE) / good).isCloseTo(0.05, within(0.01));
    assertThat(count(sent, Kind.LATE) / good).isCloseTo(0.03, within(0.01));
    assertThat(count(sent, Kind.BAD) / good).isCloseTo(0.06, within(0.01));
    assertThat(count(sent, Kind.REORDERED) / good).isBetween(0.015, 0.05);
  }

  private static double count(List<Planned> sent, Kind kind) {
    return sent.stream().filter(one -> one.kind() == kind).count();
  }

  @Test
  void workItemsOnlyTellsEveryUpdateOnceAndInOrder() {
    for (int number = 1; number <= 50; number++) {
      List<Planned> script = Script.of(plan(3, TrafficMix.workItemsOnly()), number);
      List<Integer> updates = new ArrayList<>();
      for (Planned planned : script) {
        assertThat(planned.kind()).isEqualTo(Kind.GOOD);
        assertThat(planned.told().item()).isNotNull();
        if (planned.told().item().update() > 0) {
          updates.add(planned.told().item().update());
        }
      }
      assertThat(updates)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, updates.size()).boxed().toList());
    }
  }

  @Test
  void realisticTrafficTellsOfEverything() {
    List<Planned> sent = all(5, TrafficMix.realistic());

    assertThat(sent.stream().map(one -> one.told().type()).collect(Collectors.toSet()))
        .contains(
            "workitem.created",
            "workitem.updated",
            "workitem.commented",
            "workitem.deleted",
            "workitem.restored",
            "git.push",
            "git.pullrequest.created",
            "git.pullrequest.updated",
            "git.pullrequest.merged",
            "ms.vss-code.git-pullrequest-comment-event",
            "build.complete",
            "ms.vss-release.release-created-event",
            "ms.vss-release.deployment-completed-event",
            "workitem.teleported");
    assertThat(sent.stream().map(Planned::kind).collect(Collectors.toSet()))
        .isEqualTo(Set.of(Kind.values()));
  }

  @Test
  void everyNotificationButARepeatedOneIsAnEventOfItsOwn() {
    List<Planned> sent =
        all(5, TrafficMix.realistic()).stream()
            .filter(one -> one.kind() != Kind.DUPLICATE)
            .toList();

    assertThat(sent).extracting(one -> one.told().event()).doesNotHaveDuplicates();
    assertThat(sent)
        .extracting(one -> one.told().subscription() + "/" + one.told().number())
        .doesNotHaveDuplicates();
  }

  @Test
  void repeatedNotificationsAreTheSameBytes() {
    List<Planned> sent = all(9, TrafficMix.realistic());

    assertThat(sent)
        .filteredOn(one -> one.kind() == Kind.DUPLICATE)
        .isNotEmpty()
        .allSatisfy(
            repeated ->
                assertThat(sent)
                    .anyMatch(
                        one -> one.kind() != Kind.DUPLICATE && one.body() == repeated.body()));
  }
}
