package io.countersign.eventlog.command;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An aggregate to test with. It counts what it has applied, not what is stored. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
class Account {

  record Add(@TargetAggregateIdentifier String id, long amount, Consumer<UnitOfWork<?>> trouble) {

    Add(String id, long amount) {
      this(id, amount, unitOfWork -> {});
    }
  }

  record AddUnserializable(@TargetAggregateIdentifier String id) {}

  record Spend(@TargetAggregateIdentifier String id, long amount) {}

  record SpendOrThrow(@TargetAggregateIdentifier String id, long amount) {}

  record Added(String id, long amount) {}

  record Spent(String id, long amount) {}

  /** Holds itself, so that serializing it never ends. */
  static final class Endless {
    public Endless getSelf() {
      return new Endless();
    }
  }

  @AggregateIdentifier private String id;
  private long total;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  long handle(Add add) {
    apply(new Added(add.id(), add.amount()));
    add.trouble().accept(CurrentUnitOfWork.get());
    return total;
  }

  @CommandHandler
  void handle(AddUnserializable add) {
    apply(new Added(add.id(), 1_000));
    apply(new Endless());
  }

  @CommandHandler
  String handle(Spend spend) {
    if (total < spend.amount()) {
      return "refused";
    }
    apply(new Spent(spend.id(), spend.amount()));
    return "spent";
  }

  @CommandHandler
  void handle(SpendOrThrow spend) {
    if (total < spend.amount()) {
      throw new IllegalArgumentException("refused");
    }
    apply(new Spent(spend.id(), spend.amount()));
  }

  @EventSourcingHandler
  void on(Added added) {
    id = added.id();
    total += added.amount();
  }

  @EventSourcingHandler
  void on(Spent spent) {
    total -= spent.amount();
  }
}
