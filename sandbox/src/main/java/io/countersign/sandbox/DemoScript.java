package io.countersign.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the demo's project, in the order it is delivered: a story that goes the way of
 * the agile process, with one update that comes late, and one that goes straight from New to
 * Closed.
 */
final class DemoScript {

  static final SandboxProject PROJECT = new SandboxProject("demo", "Shop");

  /** Number of the story that keeps the rules. */
  static final int KEEPS = 101;

  /** Number of the story that breaks one. */
  static final int BREAKS = 102;

  private static final SandboxPerson ANN = new SandboxPerson("Ann Analyst", "ann@example.org");
  private static final SandboxPerson BEN = new SandboxPerson("Ben Builder", "ben@example.org");

  private final List<Step> steps = new ArrayList<>();
  private Instant now;

  /**
   * A delivery of the story.
   *
   * @param what in words
   * @param notification what is sent
   */
  record Step(String what, Notification notification) {}

  private DemoScript(Instant start) {
    this.now = start;
  }

  /** All deliveries, in the order they are sent. */
  static List<Step> steps(Instant start) {
    var script = new DemoScript(start);
    script.write();
    return List.copyOf(script.steps);
  }

  private void write() {
    var subscriptions = new Subscriptions(PROJECT);
    var kept = new WorkItemLife(subscriptions, KEEPS, "User Story");
    add(KEEPS, "created by Ann", kept.created(later(), ANN, "Pay by invoice", "New"));
    add(KEEPS, "given to Ben", kept.assigned(later(), ANN, BEN));
    add(KEEPS, "New to Active", kept.movedTo(later(), BEN, "Active"));
    for (Notification told : kept.commented(later(), BEN, "Which countries?")) {
      add(KEEPS, "commented by Ben", told);
    }
    add(KEEPS, "Active to Resolved", kept.movedTo(later(), BEN, "Resolved"));
    add(KEEPS, "Resolved back to Active: the tests failed", kept.movedTo(later(), ANN, "Active"));

    var broken = new WorkItemLife(subscriptions, BREAKS, "User Story");
    add(BREAKS, "created by Ben", broken.created(later(), BEN, "Refund at once", "New"));

    Notification overtaken = kept.changed(later(), ANN, only("Microsoft.VSTS.Common.Priority", 1));
    Notification first =
        kept.changed(later(), ANN, only("System.Title", "Pay by invoice in 27 countries"));
    add(KEEPS, "title changed; overtook the update before it", first);
    add(KEEPS, "priority raised; comes late", overtaken);

    add(BREAKS, "straight from New to Closed", broken.movedTo(later(), BEN, "Closed"));
    add(KEEPS, "Active to Resolved", kept.movedTo(later(), BEN, "Resolved"));
    add(KEEPS, "Resolved to Closed", kept.movedTo(later(), ANN, "Closed"));
  }

  private void add(int number, String what, Notification notification) {
    steps.add(new Step("#%d %s".formatted(number, what), notification));
  }

  private Instant later() {
    now = now.plus(Duration.ofMinutes(7)).plusMillis(123);
    return now;
  }

  private static Map<String, @Nullable Object> only(String field, Object value) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put(field, value);
    return changes;
  }
}
