package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.sandbox.azuredevops.HookMischief;
import io.countersign.sandbox.azuredevops.ItemView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both sides change the same items at random, over a line that fails, with hooks that are lost,
 * doubled, late and out of order, and with outages of each part. After reconciliation both sides
 * are equal and everything is explained. The build runs the short form with one seed; {@code
 * -Dmixed.seed=N -Dmixed.changes=10000 -Dmixed.stories=200} is the long one (docs/reliability.md).
 * With {@code -Dmixed.harsh=true} more hooks are lost, outages come more often, and of many writes
 * the answer is lost and they cannot be looked for at once.
 */
class MixedChangesTest {

  private static final int CHANGES = Integer.getInteger("mixed.changes", 600);
  private static final int STORIES = Integer.getInteger("mixed.stories", 20);
  private static final long SEED = Long.getLong("mixed.seed", 20261121);
  private static final boolean HARSH = Boolean.getBoolean("mixed.harsh");
  private static final HookMischief MISCHIEF =
      new HookMischief(HARSH ? 0.3 : 0.05, 0.1, 0.1, 0.1, Duration.ofMillis(30), SEED);

  @Test
  void afterReconciliationBothSidesAreEqualAndEverythingIsExplained(@TempDir Path directory)
      throws Exception {
    try (var mixed = new MixedSides(directory)) {
      var mixture = new Mixture(mixed, SEED, CHANGES, HARSH);
      var checks = new MixedChecks(mixed.sides, mixture::where);
      mixture.story();
      mixed.settleHooks();
      mixed.sides.sandbox.control().hooksMisbehave(MISCHIEF);
      for (int i = 1; i < STORIES; i++) {
        mixture.story();
      }
      mixture.run();
      settle(mixed, mixture);

      reconcile(mixed, mixture, checks);

      assertAll(mixture.items().stream().map(item -> () -> checks.isEqualAndExplained(item)));
      assertThat(mixed.quarantined()).as("quarantined deliveries").isZero();
      assertThat(mixed.count("select max(index) + 1 - count(*) from eventlog.entry"))
          .as("holes of the log")
          .isZero();
      report(mixed, mixture);
    }
  }

  /** Until nothing is under way, waits, or is undecided. */
  private static void settle(MixedSides mixed, Mixture mixture) throws Exception {
    mixed.lineHeals();
    mixed.awaitAzureDevOps();
    mixed.settleHooks();
    boolean quiet = false;
    while (!quiet) {
      int decided = 0;
      for (int item : mixture.items()) {
        decided += mixture.decide(item);
        MixedSides.await(mixture.where(item), () -> mixed.sides.intended.isSeen(item));
      }
      mixed.sides.intended.retryAll();
      quiet = decided == 0 && mixture.items().stream().allMatch(mixed.sides.intended::isOver);
    }
    mixed.settleHooks();
  }

  private static void reconcile(MixedSides mixed, Mixture mixture, MixedChecks checks)
      throws Exception {
    Map<Integer, TreeSet<Integer>> lost = new HashMap<>();
    List<Integer> binned = mixture.items().stream().filter(checks::isHeldForDeleted).toList();
    for (int item : mixture.items()) {
      TreeSet<Integer> missing = all(mixed.sides.board.item(item));
      TreeSet<Integer> known = checks.known(item);
      assertThat(known)
          .as("what hooks told of %s is in the log", mixture.where(item))
          .containsAll(mixed.arrivals.told(item));
      missing.removeAll(known);
      lost.put(item, missing);
    }
    List<SourceReconciled> windows = mixed.reconcile(Asked.SCHEDULE);
    boolean whole = windows.stream().allMatch(MixedChangesTest::listsAll);
    for (int item : mixture.items()) {
      TreeSet<Integer> found = found(windows, item, Kind.UPDATE);
      if (whole) {
        assertThat(found)
            .as("updates that reconciliation found missing of %s", mixture.where(item))
            .isEqualTo(lost.get(item));
      } else {
        assertThat(lost.get(item))
            .as("updates that nothing told of %s", mixture.where(item))
            .containsAll(found);
      }
      assertThat(
              !whole || found(windows, item, Kind.RESTORATION).isEmpty() != binned.contains(item))
          .as("whether the restoration was told of %s", mixture.where(item))
          .isTrue();
    }
    assertThat(windows.stream().mapToInt(SourceReconciled::missing).sum())
        .isEqualTo(lost.values().stream().mapToInt(TreeSet::size).sum() + binned.size())
        .isPositive();
    assertThat(windows).allMatch(window -> window.unexpected() == 0);
    assertThat(windows).allMatch(window -> window.filled() == window.missing());

    windows = mixed.reconcile(Asked.FULL);
    int revisions =
        mixture.items().stream().mapToInt(item -> mixed.sides.board.item(item).rev()).sum();
    assertThat(windows)
        .as("a second reconciliation finds nothing")
        .allMatch(window -> window.missing() == 0 && window.unexpected() == 0);
    assertThat(windows.stream().mapToInt(window -> window.revisions().source()).sum())
        .isEqualTo(windows.stream().mapToInt(window -> window.revisions().ours()).sum())
        .isEqualTo(revisions);
    for (int item : mixture.items()) {
      assertThat(checks.known(item))
          .as("updates of %s", mixture.where(item))
          .isEqualTo(all(mixed.sides.board.item(item)));
    }
  }

  /** An event lists the first ones only; the numbers are of all. */
  private static boolean listsAll(SourceReconciled window) {
    return window.missingList().stream().mapToInt(Difference::size).sum() == window.missing();
  }

  /** What was found missing of an item, of one kind. */
  private static TreeSet<Integer> found(List<SourceReconciled> windows, int item, Kind kind) {
    TreeSet<Integer> found = new TreeSet<>();
    for (SourceReconciled window : windows) {
      for (Difference one : window.missingList()) {
        if (one.workItem().number() == item && one.kind() == kind) {
          found.addAll(IntStream.rangeClosed(one.from(), one.to()).boxed().toList());
        }
      }
    }
    return found;
  }

  private static TreeSet<Integer> all(ItemView item) {
    return IntStream.rangeClosed(1, item.updates())
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  private static void report(MixedSides mixed, Mixture mixture) {
    System.out.printf(
        "seed %d: %d changes of %d items, %d entries, %d hooks lost, %s%n",
        SEED,
        CHANGES,
        mixture.items().size(),
        mixed.count("select count(*) from eventlog.entry"),
        mixed.sides.sandbox.control().notificationsLost(),
        mixed.names());
  }
}
