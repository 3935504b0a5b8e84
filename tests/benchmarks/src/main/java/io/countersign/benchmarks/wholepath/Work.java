package io.countersign.benchmarks.wholepath;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Subscriptions;
import io.countersign.sandbox.WorkItemLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Notifications of realistic work item lives, made before anything is measured. The lives of a
 * group go on side by side; each life in its own order.
 */
final class Work {

  /** Notifications of one life. */
  static final int PER_ITEM = 9;

  private static final int SIDE_BY_SIDE = 20;
  private static final List<SandboxPerson> PEOPLE =
      java.util.stream.IntStream.range(0, 40)
          .mapToObj(n -> new SandboxPerson("Person " + n, "person" + n + "@fabrikam.example"))
          .toList();

  private final SandboxProject project;
  private final Instant start = Instant.parse("2026-11-20T08:00:00Z");

  Work(SandboxProject project) {
    this.project = project;
  }

  /**
   * One notification.
   *
   * @param workItem id as the API knows it
   * @param news whether it tells something that the one before it did not: a comment is told twice
   */
  record Item(String workItem, boolean news, byte[] body) {}

  /** At least so many notifications about work items with numbers from {@code first} on. */
  List<Item> make(int first, int atLeast) {
    var subscriptions = new Subscriptions(new SandboxProject(project.organization(), name(first)));
    List<Item> made = new ArrayList<>();
    for (int number = first; made.size() < atLeast; number += SIDE_BY_SIDE) {
      List<List<Notification>> lives = new ArrayList<>();
      for (int i = 0; i < SIDE_BY_SIDE; i++) {
        lives.add(life(subscriptions, number + i));
      }
      for (int step = 0; step < PER_ITEM; step++) {
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
          String id = "workitem:%s:%d".formatted(project.collectionId(), number + i);
          Notification one = lives.get(i).get(step);
          boolean news = !one.eventType().equals("workitem.commented");
          made.add(new Item(id, news, one.bytes()));
        }
      }
    }
    return made;
  }

  /** Subscriptions count per project: each sender has one of its own, so that no id comes twice. */
  private String name(int first) {
    return project.name() + " " + first;
  }

  private List<Notification> life(Subscriptions subscriptions, int number) {
    var life = new WorkItemLife(subscriptions, number, number % 3 == 0 ? "Bug" : "User Story");
    SandboxPerson author = person(number);
    SandboxPerson worker = person(number * 7 + 3);
    List<Notification> told = new ArrayList<>();
    told.add(life.created(at(0), author, "Let customers change order " + number, "New"));
    told.add(life.assigned(at(10), author, worker));
    told.add(life.movedTo(at(20), worker, "Active"));
    told.addAll(life.commented(at(30), worker, "Looked into it: the cache of order " + number));
    told.add(life.changed(at(40), worker, Map.of("Microsoft.VSTS.Common.Priority", 1)));
    told.add(life.movedTo(at(50), worker, "Resolved"));
    told.add(life.assigned(at(60), worker, author));
    told.add(life.movedTo(at(70), author, "Closed"));
    return told;
  }

  private Instant at(int minutes) {
    return start.plusSeconds(minutes * 60L);
  }

  private static SandboxPerson person(int number) {
    return PEOPLE.get(number % PEOPLE.size());
  }
}
