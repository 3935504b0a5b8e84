package io.countersign.peers.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What one sender saw: parallel arrays, times in microseconds since the epoch. */
public final class Sent {

  private UUID[] notifications = new UUID[1_024];
  private long[] due = new long[1_024];
  private long[] answered = new long[1_024];
  private int count;
  private int refused;
  private final List<Long> missed = new ArrayList<>();

  Sent() {}

  void add(UUID notification, long dueAt, long answeredAt) {
    if (count == due.length) {
      notifications = Arrays.copyOf(notifications, 2 * count);
      due = Arrays.copyOf(due, 2 * count);
      answered = Arrays.copyOf(answered, 2 * count);
    }
    notifications[count] = notification;
    due[count] = dueAt;
    answered[count] = answeredAt;
    count++;
  }

  /** It was due and never accepted: it has waited this long, at least. */
  void miss(long dueAt, long now) {
    missed.add(Math.max(0, now - dueAt));
  }

  void refuse() {
    refused++;
  }

  /** Sees each accepted notification. */
  public interface Visitor {

    /** One of them. */
    void accepted(UUID notification, long due, long answered);
  }

  /** Visits what was accepted, in order. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < count; i++) {
      visitor.accepted(notifications[i], due[i], answered[i]);
    }
  }

  /** How many were accepted. */
  public int count() {
    return count;
  }

  /** Microseconds that those had waited that were due and not accepted when the time was up. */
  public List<Long> missed() {
    return missed;
  }

  /** How many answers were no acceptance, lost connections among them. */
  public int refused() {
    return refused;
  }
}
