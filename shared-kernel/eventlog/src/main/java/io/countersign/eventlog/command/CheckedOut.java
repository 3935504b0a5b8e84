package io.countersign.eventlog.command;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The aggregates that a root unit of work took from a cache, with the version they had there. */
final class CheckedOut {

  private static final String KEY = CheckedOut.class.getName();

  private CheckedOut() {}

  static void record(UnitOfWork<?> unitOfWork, String aggregateId, long version) {
    unitOfWork
        .root()
        .<Map<String, Long>>getOrComputeResource(KEY, key -> new HashMap<>())
        .put(aggregateId, version);
  }

  static Map<String, Long> of(UnitOfWork<?> unitOfWork) {
    return unitOfWork.root().getOrDefaultResource(KEY, Map.<String, Long>of());
  }
}
