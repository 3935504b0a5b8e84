package io.countersign.eventlog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogNode;
import io.countersign.eventlog.TestSerializer;
import io.countersign.eventlog.ThreadTransactions;
import java.util.ArrayList;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartGuardTest {

  private final LogDatabase database = new LogDatabase();
  private final EventLog log = LogNode.start(database);

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  private Configurer configurer() {
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> TestSerializer.create())
            .configureEventStore(c -> log.store())
            .configureCommandBus(c -> LogCommandBus.of(log));
    new StartGuard().configureModule(configurer);
    return configurer;
  }

  static final class Handler {
    @EventHandler
    void on(String event) {}
  }

  @Test
  void aFittingConfigurationStarts() {
    var configuration = configurer().start();
    configuration.shutdown();
  }

  @Test
  void aSubscribingProcessorFailsTheStart() {
    var configurer = configurer();
    configurer.eventProcessing().usingSubscribingEventProcessors();
    configurer.eventProcessing().registerEventHandler(c -> new Handler());
    assertThatThrownBy(configurer::start)
        .hasStackTraceContaining("is subscribing: it would handle events before they are stored");
  }

  @Test
  void aCommandBusWithATransactionManagerFailsTheStart() {
    var configurer =
        configurer()
            .configureCommandBus(
                c ->
                    SimpleCommandBus.builder()
                        .transactionManager(new ThreadTransactions(database.pool()))
                        .build());
    assertThatThrownBy(configurer::start).hasStackTraceContaining("has a transaction manager");
  }

  @Test
  void anUnknownCommandBusFailsTheStart() {
    var configurer =
        configurer()
            .configureCommandBus(
                c ->
                    (org.axonframework.commandhandling.CommandBus)
                        java.lang.reflect.Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {org.axonframework.commandhandling.CommandBus.class},
                            (proxy, method, args) -> null));
    assertThatThrownBy(configurer::start).hasStackTraceContaining("LogCommandBus");
  }

  @Test
  void subscribingToTheStoreIsRefusedAlsoWithoutTheGuard() {
    assertThatThrownBy(() -> log.store().subscribe(events -> {}))
        .isInstanceOf(AxonConfigurationException.class);
  }

  @Test
  void anErrorOfACommandIsItsAnswerAndIsNotThrownAtTheSender() {
    var bus = LogCommandBus.of(log);
    bus.subscribe(
        "java.lang.String",
        command -> {
          CurrentUnitOfWork.get()
              .onCommit(
                  unitOfWork -> {
                    throw new StackOverflowError("injected");
                  });
          return "done";
        });
    var answers = new ArrayList<Throwable>();
    bus.dispatch(
        GenericCommandMessage.asCommandMessage("command"),
        (message, result) -> answers.add(result.exceptionResult()));
    assertThat(answers).singleElement().isInstanceOf(StackOverflowError.class);
    assertThat(CurrentUnitOfWork.isStarted()).isFalse();
  }

  @Test
  void commandsAndEventsSentWhileAnEventIsHandledAreRefused() {
    var bus = LogCommandBus.of(log);
    bus.subscribe("java.lang.String", command -> "done");
    EventMessage<String> handled = GenericEventMessage.asEventMessage("handled");
    DefaultUnitOfWork.startAndGet(handled)
        .execute(
            () -> {
              assertThatThrownBy(
                      () -> bus.dispatch(GenericCommandMessage.asCommandMessage("command")))
                  .isInstanceOf(CommandWhileHandlingEventException.class);
              assertThatThrownBy(
                      () -> log.store().publish(GenericEventMessage.asEventMessage("event")))
                  .isInstanceOf(IllegalStateException.class);
            });
    assertThat(database.number("select count(*) from eventlog.entry")).isZero();
  }
}
