package io.countersign.eventlog.command;

import io.countersign.eventlog.store.LogEventStore;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * A cache of aggregates that cannot keep one that differs from the log. Reading takes the entry
 * out; it comes back only after the root unit of work has committed. Whatever goes wrong before, in
 * whatever phase, be it an exception or an Error, leaves the entry out.
 */
public final class CheckOutCache implements Cache {

  private static final AtomicLong CACHES = new AtomicLong();

  private final String returning = CheckOutCache.class.getName() + CACHES.incrementAndGet();
  private final Map<Object, Object> entries = new LinkedHashMap<>();
  private final int capacity;

  /**
   * Empty.
   *
   * @param capacity entries kept; the ones unused for longest go first
   */
  public CheckOutCache(int capacity) {
    this.capacity = capacity;
  }

  /** Takes the entry out. Outside a unit of work there is nothing to be had. */
  @Override
  @SuppressWarnings("unchecked") // Axon's interface leaves the type to the caller
  public <K, V> @Nullable V get(K key) {
    if (!CurrentUnitOfWork.isStarted()) {
      return null;
    }
    Object entry = take(key);
    if (entry instanceof AggregateCacheEntry<?> aggregate) {
      CheckedOut.record(CurrentUnitOfWork.get(), key.toString(), version(aggregate));
    }
    return (V) entry;
  }

  private static <T> long version(AggregateCacheEntry<T> entry) {
    // entries of this JVM hold the living aggregate and ask for nothing to recreate it from
    Long version = entry.recreateAggregate(null, null, null, null).version();
    return version == null ? -1 : version;
  }

  /** Keeps the entry in mind until the root unit of work has committed. */
  @Override
  public void put(Object key, Object value) {
    if (!CurrentUnitOfWork.isStarted()) {
      return;
    }
    UnitOfWork<?> root = CurrentUnitOfWork.get().root();
    root.<Map<Object, Object>>getOrComputeResource(
            returning,
            name -> {
              var pending = new HashMap<Object, Object>();
              root.afterCommit(committed -> putBack(committed, pending));
              return pending;
            })
        .put(key, value);
  }

  private void putBack(UnitOfWork<?> committed, Map<Object, Object> pending) {
    if (LogEventStore.wasStoredBefore(committed)) {
      return;
    }
    synchronized (entries) {
      entries.putAll(pending);
      for (Iterator<Object> oldest = entries.keySet().iterator(); entries.size() > capacity; ) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  private @Nullable Object take(Object key) {
    synchronized (entries) {
      return entries.remove(key);
    }
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    if (containsKey(key)) {
      return false;
    }
    put(key, value);
    return true;
  }

  /** Forgets the entry, also one that was about to come back. */
  @Override
  public boolean remove(Object key) {
    boolean pending = false;
    if (CurrentUnitOfWork.isStarted()) {
      Map<Object, Object> coming = CurrentUnitOfWork.get().root().getResource(returning);
      pending = coming != null && coming.remove(key) != null;
    }
    return take(key) != null || pending;
  }

  @Override
  public void removeAll() {
    synchronized (entries) {
      entries.clear();
    }
  }

  @Override
  public boolean containsKey(Object key) {
    synchronized (entries) {
      return entries.containsKey(key);
    }
  }

  /** Nothing is reported to listeners. */
  @Override
  public Registration registerCacheEntryListener(EntryListener cacheEntryListener) {
    return () -> true;
  }

  /** Entries are not changed in place. */
  @Override
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    throw new UnsupportedOperationException("entries are checked out, not changed in place");
  }
}
