package io.countersign.eventlog.command;

import io.countersign.eventlog.store.LogEventStore;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Looks twice at what a cached aggregate refused or ignored. A stale aggregate that stores an event
 * meets a conflict; one that stores none would refuse wrongly and nobody would notice, once another
 * node has moved on. So its version is compared with the log; when it is behind, the command fails
 * with a transient {@link ConcurrencyException}, the aggregate stays out of the cache, and a retry
 * decides anew.
 */
public final class StaleRefusals implements MessageHandlerInterceptor<CommandMessage<?>> {

  private final LogEventStore store;

  /** Compares with this store. */
  public StaleRefusals(LogEventStore store) {
    this.store = store;
  }

  @Override
  public @Nullable Object handle(
      UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain interceptorChain)
      throws Exception {
    Object result;
    try {
      result = interceptorChain.proceed();
    } catch (ConcurrencyException e) {
      throw e;
    } catch (Exception e) {
      check(unitOfWork, e);
      throw e;
    }
    check(unitOfWork, null);
    return result;
  }

  private void check(UnitOfWork<?> unitOfWork, @Nullable Exception refusal) {
    for (Map.Entry<String, Long> taken : CheckedOut.of(unitOfWork).entrySet()) {
      if (refusal == null && store.hasStaged(taken.getKey())) {
        continue; // the append compares
      }
      long stored = store.storedSequence(taken.getKey()).orElse(-1L);
      if (stored != taken.getValue()) {
        throw new ConcurrencyException(
            "decided on version " + taken.getValue() + ", the log has " + stored, refusal);
      }
    }
  }
}
