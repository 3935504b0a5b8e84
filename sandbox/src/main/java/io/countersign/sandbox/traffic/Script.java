package io.countersign.sandbox.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A story as it is delivered: with what the mix repeats, swaps, holds back and adds. */
final class Script {

  private static final int SOON = 3;
  private static final int LONG_AFTER = 6;

  private Script() {}

  /**
   * What is sent for one work item and around it, in order.
   *
   * @param number of the work item, from 1
   */
  static List<Planned> of(TrafficPlan plan, int number) {
    List<Planned> story = Story.notifications(plan, number);
    SplittableRandom random = Story.random(~plan.seed(), number);
    TrafficMix mix = plan.mix();
    List<Planned> sent = late(reordered(story, mix.reordered(), random), mix.late(), random);
    sent = doubled(sent, mix.duplicates(), random);
    int good = story.size();
    int ordinal = 0;
    for (int each = 0; each < good; each++) {
      if (random.nextDouble() < mix.bad()) {
        Planned bad = BadNotification.any(plan, number, ordinal++, random);
        sent.add(random.nextInt(sent.size() + 1), bad);
      }
    }
    return sent;
  }

  private static List<Planned> reordered(
      List<Planned> told, double share, SplittableRandom random) {
    List<Planned> sent = new ArrayList<>(told);
    for (int first = 0; first + 1 < sent.size(); first++) {
      if (random.nextDouble() < share && swappable(sent.get(first), sent.get(first + 1))) {
        Planned overtaken = sent.get(first);
        sent.set(first, sent.get(first + 1));
        sent.set(first + 1, overtaken.as(Kind.REORDERED));
        first++;
      }
    }
    return sent;
  }

  private static boolean swappable(Planned first, Planned second) {
    return first.told().item() != null && second.told().item() != null;
  }

  private static List<Planned> late(List<Planned> told, double share, SplittableRandom random) {
    List<Planned> sent = new ArrayList<>(told);
    for (int at = 0; at + 1 < told.size(); at++) {
      Planned one = told.get(at);
      if (random.nextDouble() < share && one.kind() == Kind.GOOD) {
        int from = sent.indexOf(one);
        sent.remove(from);
        int to = Math.min(sent.size(), from + SOON + random.nextInt(LONG_AFTER));
        sent.add(to, one.as(Kind.LATE));
      }
    }
    return sent;
  }

  private static List<Planned> doubled(List<Planned> told, double share, SplittableRandom random) {
    List<Planned> sent = new ArrayList<>(told);
    for (int at = 0; at < told.size(); at++) {
      if (random.nextDouble() < share) {
        Planned one = told.get(at);
        int after = sent.indexOf(one) + 1 + random.nextInt(SOON);
        sent.add(Math.min(sent.size(), after), one.as(Kind.DUPLICATE));
      }
    }
    return sent;
  }
}
