package io.countersign.eventlog.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.ThreadTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;

/** An event store on two nodes, which may be one, and ways to use it. */
abstract class EventStoreFixture {

  protected final LogDatabase database = new LogDatabase();
  protected final ThreadTransactions transactions = new ThreadTransactions(database.pool());

  /** The event store of one of two nodes, which may be the same one. */
  abstract EventStore node(int number);

  /** What belongs to the unit of work of a command here. */
  void attach(UnitOfWork<?> unitOfWork) {}

  /** Looks at the store from outside. */
  abstract void checkInvariants();

  @AfterEach
  void check() {
    checkInvariants();
    database.close();
  }

  /** Publishes in the unit of work of a command. */
  void command(int node, EventMessage<?>... events) {
    command(() -> node(node).publish(List.of(events)));
  }

  void command(Runnable handler) {
    var unitOfWork = DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage("do"));
    attach(unitOfWork);
    unitOfWork.execute(handler);
  }

  List<DomainEventMessage<?>> aggregate(int node, String id) {
    var events = new ArrayList<DomainEventMessage<?>>();
    node(node).readEvents(id).forEachRemaining(events::add);
    return events;
  }

  List<TrackedEventMessage<?>> stream(int node, TrackingToken from, int count) {
    var events = new ArrayList<TrackedEventMessage<?>>();
    try (BlockingStream<TrackedEventMessage<?>> stream = node(node).openStream(from)) {
      while (events.size() < count && stream.hasNextAvailable(20, TimeUnit.SECONDS)) {
        assertThat(stream.peek()).isPresent();
        events.add(stream.nextAvailable());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return events;
  }

  static List<Object> payloads(List<? extends EventMessage<?>> events) {
    return events.stream().<Object>map(EventMessage::getPayload).toList();
  }

  static <T> T elsewhere(java.util.concurrent.Callable<T> task) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(task).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
