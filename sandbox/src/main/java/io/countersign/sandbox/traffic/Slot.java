package io.countersign.sandbox.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A place for one work item at a time: when its notifications are sent, the next one begins. Used
 * by one thread at a time, so the notifications of a work item follow each other.
 *
 * <p>A script takes memory while its life waits for its next turn. So only as many places keep
 * theirs as the heap has room for; the others make it anew for each notification, which takes about
 * a millisecond and gives the same bytes.
 */
final class Slot {

  /** So many before the end of a script, the next one is begun to be written. */
  private static final int AHEAD = 4;

  /** More than a script takes. */
  private static final long SCRIPT_BYTES = 64 * 1_024L;

  /** Scripts may take one part of so many of the heap. */
  private static final long PART_OF_HEAP = 3;

  private final TrafficPlan plan;
  private final @Nullable Executor writer;
  private final long most;
  private final @Nullable Deque<Planned> script;
  private int number;
  private int sent;
  private @Nullable CompletableFuture<Deque<Planned>> following;
  private long given;

  /**
   * A place; its first script is being written when it keeps scripts.
   *
   * @param index from 0
   * @param writer writes scripts; absent when the place keeps none
   */
  Slot(TrafficPlan plan, int index, @Nullable Executor writer) {
    this.plan = plan;
    this.writer = writer;
    this.script = writer == null ? null : new ArrayDeque<>();
    this.number = index + 1;
    long even = plan.count() / plan.workItems();
    this.most =
        plan.count() == 0
            ? Long.MAX_VALUE
            : even + (index < plan.count() % plan.workItems() ? 1 : 0);
    this.following = isDone() || writer == null ? null : write(writer);
  }

  /**
   * The places of a plan.
   *
   * @param writer writes scripts
   * @param heap how much memory there is, in bytes
   */
  static List<Slot> all(TrafficPlan plan, Executor writer, long heap) {
    long kept = Math.max(1, heap / PART_OF_HEAP / SCRIPT_BYTES);
    return IntStream.range(0, plan.workItems())
        .mapToObj(index -> new Slot(plan, index, index < kept ? writer : null))
        .toList();
  }

  boolean isDone() {
    return given == most;
  }

  /** Whether it keeps its script. */
  boolean keeps() {
    return script != null;
  }

  /** What is sent next. */
  Planned next() {
    given++;
    return script == null || writer == null ? made() : kept(script, writer);
  }

  private Planned made() {
    List<Planned> whole = Script.of(plan, number);
    Planned next = whole.get(sent++);
    if (sent == whole.size()) {
      sent = 0;
      number = Math.addExact(number, plan.workItems());
    }
    return next;
  }

  private Planned kept(Deque<Planned> rest, Executor executor) {
    if (rest.isEmpty()) {
      CompletableFuture<Deque<Planned>> written = following == null ? write(executor) : following;
      rest.addAll(written.join());
      following = null;
    }
    if (rest.size() == AHEAD && following == null) {
      following = write(executor);
    }
    return rest.remove();
  }

  /** Waits until the first script is written, where it is kept. */
  void ready() {
    if (following != null) {
      following.join();
    }
  }

  private CompletableFuture<Deque<Planned>> write(Executor executor) {
    int which = number;
    number = Math.addExact(number, plan.workItems());
    return CompletableFuture.supplyAsync(() -> new ArrayDeque<>(Script.of(plan, which)), executor);
  }
}
