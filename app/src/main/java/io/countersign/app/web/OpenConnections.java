package io.countersign.app.web;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All connections of the port; knows which have waited longest without a whole request. */
final class OpenConnections {

  private final int limit;
  private final Set<Channel> waiting = new LinkedHashSet<>();
  private final AtomicLong cut = new AtomicLong();
  private int open;

  OpenConnections(int limit) {
    this.limit = limit;
  }

  /** A new one, which waits. Beyond the limit the one that waited longest has to go. */
  void opened(Channel channel) {
    Channel victim = null;
    synchronized (this) {
      open++;
      waiting.add(channel);
      if (open > limit) {
        victim = eldest();
      }
    }
    if (victim != null) {
      cut.incrementAndGet();
      victim.close();
    }
  }

  private @Nullable Channel eldest() {
    Iterator<Channel> order = waiting.iterator();
    if (!order.hasNext()) {
      return null;
    }
    Channel eldest = order.next();
    order.remove();
    return eldest;
  }

  /** A request came in, or was answered. */
  synchronized void waits(Channel channel, boolean waits) {
    if (waits) {
      waiting.add(channel);
    } else {
      waiting.remove(channel);
    }
  }

  synchronized void closed(Channel channel) {
    open--;
    waiting.remove(channel);
  }

  /** One was closed because it was too slow. */
  void countCut() {
    cut.incrementAndGet();
  }

  synchronized int count() {
    return open;
  }

  long cut() {
    return cut.get();
  }
}
