package io.countersign.eventlog.append;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What one unit of work appends: all of it or nothing. */
final class AppendRequest {

  /** Most bytes of one request, far under what the protocol carries in one message. */
  static final long MAX_WEIGHT = 64L << 20;

  private final List<NewEntry> entries;
  private final List<byte[]> bytes;
  private final Set<UUID> eventIds = new HashSet<>();
  private final Set<UUID> keys = new HashSet<>();
  private final long weight;
  private final long createdNanos;
  private final CompletableFuture<AppendResult> future = new CompletableFuture<>();

  AppendRequest(List<NewEntry> entries, long nowNanos) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a request has events");
    }
    this.entries = List.copyOf(entries);
    this.bytes = this.entries.stream().map(OpenEntry::encode).toList();
    this.createdNanos = nowNanos;
    long sum = 0;
    for (NewEntry entry : this.entries) {
      eventIds.add(entry.eventId());
      keys.addAll(entry.keys());
      sum += entry.weight();
    }
    this.weight = sum;
    if (sum > MAX_WEIGHT) {
      throw new EntryRefusedException(
          "the events of a unit of work are larger than " + MAX_WEIGHT + " bytes");
    }
  }

  List<NewEntry> entries() {
    return entries;
  }

  /** Entry bytes of each; their place is written into them when they are sent. */
  List<byte[]> bytes() {
    return bytes;
  }

  Set<UUID> eventIds() {
    return eventIds;
  }

  Set<UUID> keys() {
    return keys;
  }

  long weight() {
    return weight;
  }

  long createdNanos() {
    return createdNanos;
  }

  CompletableFuture<AppendResult> future() {
    return future;
  }

  void fail(Throwable cause) {
    future.completeExceptionally(cause);
  }
}
