package io.countersign.peers.load;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Subscriptions;
import io.countersign.sandbox.WorkItemLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lives of work items as the sandbox tells them, the same for every competitor: created, assigned,
 * moved, commented, planned, resolved, reopened, resolved again, closed. Made when first asked for
 * and kept, so that all but the first competitor's senders do no work for them.
 */
public final class Corpus {

  /** Notifications of one life. */
  public static final int STEPS = 9;

  private static final SandboxProject PROJECT = new SandboxProject("fabrikam", "Harbour");
  private static final List<SandboxPerson> PEOPLE =
      List.of(
          new SandboxPerson("Ada Brandt", "ada.brandt@fabrikam.example"),
          new SandboxPerson("Bo Chen", "bo.chen@fabrikam.example"),
          new SandboxPerson("Carmen Diaz", "carmen.diaz@fabrikam.example"),
          new SandboxPerson("Dele Eze", "dele.eze@fabrikam.example"),
          new SandboxPerson("Eva Fischer", "eva.fischer@fabrikam.example"),
          new SandboxPerson("Femi Goto", "femi.goto@fabrikam.example"));

  private static final Instant BEGIN = Instant.parse("2026-11-02T08:00:00Z");

  private final Subscriptions subscriptions = new Subscriptions(PROJECT);
  private final AtomicReferenceArray<Told @Nullable []> lives;
  private int made;

  /** Room for so many work items. */
  public Corpus(int items) {
    lives = new AtomicReferenceArray<>(items);
  }

  /**
   * One notification.
   *
   * @param id its id
   * @param body its bytes on the wire
   */
  public record Told(UUID id, byte[] body) {}

  /** How many work items there are. */
  public int items() {
    return lives.length();
  }

  /** Makes the lives of all work items before this one. In order: notifications are counted. */
  public synchronized void prepare(int end) {
    while (made < Math.min(end, lives.length())) {
      lives.set(made, live(made));
      made++;
    }
  }

  /** A step of a work item's life. */
  public Told told(int item, int step) {
    return life(item)[step];
  }

  /** Mean length of the bodies of a life. */
  public int meanBytes() {
    int sum = 0;
    for (Told told : life(0)) {
      sum += told.body().length;
    }
    return sum / STEPS;
  }

  private Told[] life(int item) {
    if (lives.get(item) == null) {
      prepare(item + 1);
    }
    return Objects.requireNonNull(lives.get(item));
  }

  private Told[] live(int item) {
    int number = 1_000 + item;
    SandboxPerson author = PEOPLE.get(item % PEOPLE.size());
    SandboxPerson developer = PEOPLE.get((item + 1) % PEOPLE.size());
    SandboxPerson tester = PEOPLE.get((item + 2) % PEOPLE.size());
    Instant at = BEGIN.plusSeconds(item);
    var life = new WorkItemLife(subscriptions, number, "User Story");
    var steps = new ArrayList<Notification>();
    String title = "Berth " + number + " can be reserved before the ship arrives";
    steps.add(life.created(at, author, title, "New"));
    steps.add(life.assigned(at.plusSeconds(60), author, developer));
    steps.add(life.movedTo(at.plusSeconds(120), developer, "Active"));
    steps.add(
        life.commented(at.plusSeconds(180), tester, "What happens when two ships come at once?")
            .getFirst());
    steps.add(
        life.changed(
            at.plusSeconds(240),
            author,
            Map.of(
                "Microsoft.VSTS.Common.Priority", 1, "Microsoft.VSTS.Scheduling.StoryPoints", 5)));
    steps.add(life.movedTo(at.plusSeconds(300), developer, "Resolved"));
    steps.add(life.movedTo(at.plusSeconds(360), tester, "Active"));
    steps.add(life.movedTo(at.plusSeconds(420), developer, "Resolved"));
    steps.add(life.movedTo(at.plusSeconds(480), tester, "Closed"));
    return steps.stream().map(step -> new Told(step.id(), step.bytes())).toArray(Told[]::new);
  }
}
