package io.countersign.sandbox.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A place for one work item at a time: when its notifications are sent, the next one begins. Used
 * by one thread at a time, so the notifications of a work item follow each other.
 */
final class Slot {

  /** So many before the end of a script, the next one is begun to be written. */
  private static final int AHEAD = 4;

  private final TrafficPlan plan;
  private final Executor writer;
  private final long most;
  private final Deque<Planned> script = new ArrayDeque<>();
  private int number;
  private @Nullable CompletableFuture<Deque<Planned>> following;
  private long given;

  /**
   * A place whose first script is being written.
   *
   * @param index from 0
   * @param writer writes scripts
   */
  Slot(TrafficPlan plan, int index, Executor writer) {
    this.plan = plan;
    this.writer = writer;
    this.number = index + 1;
    long even = plan.count() / plan.workItems();
    this.most =
        plan.count() == 0
            ? Long.MAX_VALUE
            : even + (index < plan.count() % plan.workItems() ? 1 : 0);
    this.following = isDone() ? null : write();
  }

  boolean isDone() {
    return given == most;
  }

  /** What is sent next. */
  Planned next() {
    if (script.isEmpty()) {
      CompletableFuture<Deque<Planned>> written = following == null ? write() : following;
      script.addAll(written.join());
      following = null;
    }
    if (script.size() == AHEAD && following == null) {
      following = write();
    }
    given++;
    return script.remove();
  }

  /** Waits until the first script is written. */
  void ready() {
    if (following != null) {
      following.join();
    }
  }

  private CompletableFuture<Deque<Planned>> write() {
    int which = number;
    number = Math.addExact(number, plan.workItems());
    return CompletableFuture.supplyAsync(() -> new ArrayDeque<>(Script.of(plan, which)), writer);
  }
}
