package io.countersign.sandbox.azuredevops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faults that are still to come, in the order in which they were asked for. */
final class Faults {

  private final List<Planned> planned = new ArrayList<>();
  private long outageUntil = System.nanoTime();

  private static final class Planned {

    private final Fault fault;
    private final Pattern path;
    private int left;

    Planned(Fault fault) {
      this.fault = fault;
      this.path = Pattern.compile(fault.path(), Pattern.CASE_INSENSITIVE);
      this.left = fault.times();
    }

    boolean befalls(Request request) {
      return (fault.method().equals("*") || fault.method().equalsIgnoreCase(request.method()))
          && path.matcher(request.path()).find();
    }
  }

  synchronized void add(Fault fault) {
    planned.add(new Planned(fault));
  }

  synchronized void clear() {
    planned.clear();
    outageUntil = System.nanoTime();
  }

  /** What is left of the faults. */
  synchronized List<Fault> left() {
    return planned.stream()
        .map(
            one ->
                new Fault(
                    one.fault.kind(),
                    one.fault.method(),
                    one.fault.path(),
                    one.left,
                    one.fault.delay()))
        .toList();
  }

  /** From now on, for a time, nothing is served. */
  synchronized void outage(Duration length) {
    outageUntil = System.nanoTime() + length.toNanos();
  }

  synchronized boolean isOut() {
    return outageUntil - System.nanoTime() > 0;
  }

  /** The fault of a request; it is used up by this. */
  synchronized @Nullable Fault take(Request request) {
    for (Planned one : planned) {
      if (one.befalls(request)) {
        one.left--;
        if (one.left == 0) {
          planned.remove(one);
        }
        return one.fault;
      }
    }
    return null;
  }
}
