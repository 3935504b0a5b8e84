package io.countersign.command.automation;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** A node on the real log that runs automations. */
public final class RealAutomations implements AutoCloseable {

  private final EventLog log;
  private final Configuration axon;
  private final Dispatcher dispatcher;
  private final IntentDesk desk;

  /**
   * Starts.
   *
   * @param table the database; its log is made when it is not there
   * @param handlers of intents, for what sends commands
   */
  RealAutomations(
      IntentTable table,
      InstantSource clock,
      List<Automation> automations,
      List<ConfigurerModule> aggregates,
      Function<AutomationBench.Parts, List<IntentHandler>> handlers) {
    this(table, clock, automations, aggregates, IntentTable.SETTINGS, table.keys, handlers);
  }

  /**
   * Starts, with keys that texts can be sealed under.
   *
   * @param table the database; its log is made when it is not there
   * @param handlers of intents, for what sends commands and reads events
   */
  public RealAutomations(
      IntentTable table,
      InstantSource clock,
      List<Automation> automations,
      List<ConfigurerModule> aggregates,
      AutomationSettings settings,
      KeyRing keys,
      BiFunction<CommandSender, EventStore, List<IntentHandler>> handlers) {
    this(
        table,
        clock,
        automations,
        aggregates,
        settings,
        keys,
        parts -> handlers.apply(parts.sender(), parts.log().store()));
  }

  private RealAutomations(
      IntentTable table,
      InstantSource clock,
      List<Automation> automations,
      List<ConfigurerModule> aggregates,
      AutomationSettings settings,
      KeyRing keys,
      Function<AutomationBench.Parts, List<IntentHandler>> handlers) {
    var cipher = new AesTextCipher(keys, new SecureRandom());
    var events = CatalogueSerializer.of(Events.CATALOGUE, cipher);
    var general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    log =
        new EventLog(
                table.address,
                table.dataSource,
                events,
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS,
                NoOpEventUpcaster.INSTANCE,
                new SnapshotRules(general, new CurrentSnapshots(Map.of())))
            .start();
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEventSerializer(_ -> events)
            .configureSerializer(_ -> general)
            .configureTransactionManager(_ -> NoTransactionManager.INSTANCE)
            .configureEventBus(_ -> log.store())
            .configureCommandBus(_ -> bus());
    aggregates.forEach(module -> module.configureModule(configurer));
    var store = new IntentStore(table.dataSource, clock, settings.maxAttempts());
    var wake = new Runnable[1];
    new Automations(
            automations, table.dataSource, store, clock, settings.node(), () -> wake[0].run())
        .configureModule(configurer);
    var runner =
        new IntentRunner(
            store,
            handlers.apply(new AutomationBench.Parts(log, sender())),
            IntentTable.backoff(),
            clock);
    desk = new IntentDesk(table.dataSource, store, () -> wake[0].run());
    dispatcher = new Dispatcher(table.dataSource, store, runner, clock, settings);
    wake[0] = dispatcher::wake;
    axon = configurer.start();
    dispatcher.start();
  }

  private CommandBus bus() {
    var bus = LogCommandBus.of(log);
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(
            List.of(new SimpleCorrelationDataProvider(Provenance.ACTOR))));
    return bus;
  }

  private Configuration started() {
    return axon;
  }

  /** Sends commands to its aggregates, once it has started. */
  public CommandSender sender() {
    return (command, id, metadata) ->
        new GatewaySender(started().commandGateway()).send(command, id, metadata);
  }

  /** Its log. */
  public EventLog log() {
    return log;
  }

  /** Its intents. */
  public IntentDesk desk() {
    return desk;
  }

  StreamingEventProcessor processor(String name) {
    return axon.eventProcessingConfiguration()
        .eventProcessor(name, StreamingEventProcessor.class)
        .orElseThrow();
  }

  @Override
  public void close() {
    dispatcher.stop();
    axon.shutdown();
    log.close();
  }
}
