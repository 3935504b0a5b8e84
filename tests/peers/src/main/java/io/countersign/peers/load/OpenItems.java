package io.countersign.peers.load;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Work items whose lives go on. One that is taken belongs to its taker until it is given back, so
 * notifications of one work item are sent in order. Lives begin as others end: all steps of a life
 * are equally frequent at any time.
 */
public final class OpenItems {

  private static final int OPEN = 256;

  private final Corpus corpus;
  private final ConcurrentLinkedQueue<Turn> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();

  /** The beginning, the same for every competitor. */
  public OpenItems(Corpus corpus) {
    this.corpus = corpus;
    for (int i = 0; i < OPEN; i++) {
      // the first ones live shorter, so that they do not end together
      open.add(new Turn(begun.getAndIncrement(), 0, 1 + i % Corpus.STEPS));
    }
  }

  /**
   * What to send next of a work item.
   *
   * @param item the work item
   * @param step of its life
   * @param end the step that is no longer sent
   */
  record Turn(int item, int step, int end) {}

  /** The next to send; nothing when the corpus is used up. */
  @Nullable Turn take() {
    if (taken.getAndIncrement() % Corpus.STEPS == 0) {
      return begin();
    }
    Turn next = open.poll();
    return next == null ? begin() : next;
  }

  private @Nullable Turn begin() {
    int item = begun.getAndIncrement();
    return item < corpus.items() ? new Turn(item, 0, Corpus.STEPS) : open.poll();
  }

  /** It was accepted: the life goes on. */
  void accepted(Turn turn) {
    if (turn.step() + 1 < turn.end()) {
      open.add(new Turn(turn.item(), turn.step() + 1, turn.end()));
    }
  }

  /** It was not: the same has to be sent again. */
  void refused(Turn turn) {
    open.add(turn);
  }

  /** How many work items have begun. */
  public int begun() {
    return Math.min(begun.get(), corpus.items());
  }
}
