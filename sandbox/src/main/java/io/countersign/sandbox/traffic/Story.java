package io.countersign.sandbox.traffic;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.PipelineLife;
import io.countersign.sandbox.PullRequestLife;
import io.countersign.sandbox.RepositoryLife;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Subscriptions;
import io.countersign.sandbox.WorkItemLife;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One work item's life with the push, the pull request, the build and the release around it, in the
 * order it happens. Derives from seed and number alone.
 */
final class Story {

  /** More notifications of one event type than any story has: their numbers never meet. */
  static final int NUMBERS = 64;

  private final List<Planned> notifications = new ArrayList<>();
  private final SplittableRandom random;
  private final TrafficMix mix;
  private final Subscriptions subscriptions;
  private final Process process;
  private final WorkItemLife life;
  private final ItemWriter item;
  private final RepositoryLife repository;
  private final int number;
  private Instant now;

  private Story(TrafficPlan plan, int number) {
    this.random = random(plan.seed(), number);
    this.mix = plan.mix();
    this.number = number;
    int which = random.nextInt(3);
    SandboxProject project = Cast.project(plan.seed(), which);
    this.subscriptions = new Subscriptions(project, number * NUMBERS);
    this.process = Process.of(which, random);
    this.life = new WorkItemLife(subscriptions, number, process.type());
    this.item = new ItemWriter(project, number);
    this.repository = new RepositoryLife(subscriptions, project.name() + "-main");
    this.now = plan.baseDate().plus(Duration.ofMinutes(3L * number));
  }

  static SplittableRandom random(long seed, int number) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + scattered(number));
  }

  /** Far apart for neighbours: generators that begin close to each other run alike. */
  private static long scattered(int number) {
    return new SplittableRandom(number).split().nextLong();
  }

  /** All notifications of the life, in order. */
  static List<Planned> notifications(TrafficPlan plan, int number) {
    Story story = new Story(plan, number);
    story.tell();
    return story.notifications;
  }

  private void tell() {
    SandboxPerson owner = someone();
    SandboxPerson worker = someone();
    String first = process.states().getFirst();
    String title = Cast.title(random);
    tell(item.created(life.created(later(), owner, title, first), first, title));
    assign(owner, worker);
    some(2, () -> change(owner));
    if (likely(0.3)) {
      tell(
          item.linked(
              life.linked(
                  later(),
                  owner,
                  "System.LinkTypes.Hierarchy-Reverse",
                  1 + random.nextInt(Math.max(1, number)))));
    }
    List<String> states = process.states();
    for (int state = 1; state < states.size(); state++) {
      move(state == states.size() - 1 ? owner : worker, states.get(state));
      if (state == 1) {
        work(owner, worker);
      } else if (state < states.size() - 1 && likely(0.2)) {
        move(owner, states.get(state - 1));
        comment(owner);
        move(worker, states.get(state));
      }
    }
    end(owner);
  }

  private void work(SandboxPerson owner, SandboxPerson worker) {
    some(2, () -> comment(owner));
    if (likely(0.15)) {
      assign(owner, someone());
    }
    if (likely(0.2)) {
      String title = Cast.title(random) + " " + (1 + random.nextInt(9));
      tell(item.retitled(life.changed(later(), owner, only("System.Title", title)), title));
    }
    if (likely(mix.pullRequests())) {
      pullRequest(owner, worker);
    }
    some(2, () -> change(worker));
    if (likely(0.1)) {
      assign(owner, null);
      assign(owner, worker);
    }
  }

  private void pullRequest(SandboxPerson owner, SandboxPerson worker) {
    String branch = "refs/heads/work/" + number;
    String commit = Cast.commit(random);
    String title = "Solves #" + number;
    other(
        repository.pushed(
            later(), worker, number * 4, branch, RepositoryLife.NOTHING, commit, title));
    var request = new PullRequestLife(repository, number, worker, title, branch, commit, later());
    other(request.created(owner));
    if (likely(0.5)) {
      String next = Cast.commit(random);
      other(repository.pushed(later(), worker, number * 4 + 1, branch, commit, next, "Review"));
      other(request.pushed(later(), next));
    }
    if (likely(0.5)) {
      other(request.commented(later(), owner, Cast.remark(random)));
    }
    other(request.voted(later(), owner, 10));
    String merge = Cast.commit(random);
    other(request.merged(later(), owner, merge));
    if (likely(mix.builds())) {
      var pipeline = new PipelineLife(repository, number, worker);
      Instant queued = later();
      other(pipeline.built(queued, later(), merge, likely(0.9) ? "succeeded" : "failed"));
      if (likely(mix.releases())) {
        other(pipeline.released(later()));
        other(pipeline.deploying(later()));
        other(pipeline.deployed(later()));
      }
    }
  }

  private void end(SandboxPerson owner) {
    if (likely(0.12)) {
      tell(item.deleted(life.deleted(later(), owner)));
      if (likely(0.6)) {
        tell(item.restored(life.restored(later(), owner)));
        comment(owner);
      }
    }
  }

  private void assign(SandboxPerson by, @Nullable SandboxPerson to) {
    if (item.isAssignedTo(to)) {
      return;
    }
    tell(item.assigned(life.assigned(later(), by, to), to));
  }

  private void move(SandboxPerson by, String state) {
    tell(item.moved(life.movedTo(later(), by, state), state));
  }

  private void comment(SandboxPerson by) {
    List<Notification> told = life.commented(later(), by, Cast.remark(random));
    tell(item.commentedAsUpdate(told.getFirst()));
    tell(item.commented(told.getLast()));
  }

  /** Values that never repeat, so that every change is one. */
  private void change(SandboxPerson by) {
    Map<String, @Nullable Object> changes =
        switch (random.nextInt(4)) {
          case 0 -> only("Microsoft.VSTS.Scheduling.StoryPoints", 1 + notifications.size());
          case 1 ->
              only(
                  "System.Description",
                  "<div>" + Cast.remark(random) + notifications.size() + "</div>");
          case 2 -> only("System.IterationPath", "Sprint " + (2 + notifications.size()));
          default -> only("System.Tags", "tag-" + notifications.size());
        };
    tell(item.changed(life.changed(later(), by, changes)));
  }

  private void tell(Planned planned) {
    notifications.add(planned);
  }

  private void other(Notification notification) {
    notifications.add(ItemWriter.other(notification));
  }

  private void some(int most, Runnable what) {
    for (int times = random.nextInt(most + 1); times > 0; times--) {
      what.run();
    }
  }

  private boolean likely(double share) {
    return random.nextDouble() < share;
  }

  private SandboxPerson someone() {
    return Cast.person(random);
  }

  private Instant later() {
    now = now.plusSeconds(20 + random.nextInt(3_600)).plusMillis(random.nextInt(1_000));
    return now;
  }

  private static Map<String, @Nullable Object> only(String field, Object value) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put(field, value);
    return changes;
  }
}
