package io.countersign.query.projection;

import io.countersign.eventlog.processing.SteadyClock;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Registers a pooled streaming processor for every projection: whole log from the first entry on,
 * rows and token in one transaction. A poisoned event is parked with what follows in its sequence;
 * any other failure stops its segment until it works.
 */
public final class ProjectionProcessors implements ConfigurerModule {

  private static final TokenSchema TOKENS =
      TokenSchema.builder()
          .setTokenTable("query.token")
          .setProcessorNameColumn("processor_name")
          .setTokenTypeColumn("token_type")
          .build();

  private final Map<String, Projection<?>> projections = new LinkedHashMap<>();
  private final Map<String, ProjectionEventHandler<?>> handlers = new LinkedHashMap<>();
  private final Map<String, ScheduledExecutorService> workers = new ConcurrentHashMap<>();
  private final QuerySettings settings;
  private final DataSource dataSource;
  private final ProjectionTransactions transactions;
  private final Function<String, ScheduledExecutorService> coordinators;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Configuration configuration;

  /**
   * Processors for these projections.
   *
   * @param coordinators makes the coordinator's executor of a processor by its name
   */
  public ProjectionProcessors(
      List<Projection<?>> projections,
      QuerySettings settings,
      DataSource dataSource,
      Function<String, ScheduledExecutorService> coordinators,
      MeterRegistry metrics) {
    this.settings = settings;
    this.dataSource = dataSource;
    this.coordinators = coordinators;
    this.transactions = new ProjectionTransactions(dataSource, settings.connections());
    for (Projection<?> projection : projections) {
      this.projections.put(projection.processor(), projection);
      this.handlers.put(projection.processor(), handler(projection, metrics));
    }
  }

  private ProjectionEventHandler<?> handler(Projection<?> projection, MeterRegistry metrics) {
    String processor = projection.processor();
    var live =
        new LiveRows(
            projection,
            projection.schema(),
            new Parking(processor, projection.name()),
            settings.deadLetters());
    return new ProjectionEventHandler<>(
        projection,
        live,
        transactions,
        (token, segment) ->
            configuration()
                .orElseThrow()
                .eventProcessingConfiguration()
                .tokenStore(processor)
                .storeToken(token, processor, segment),
        metrics);
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.onInitialize(
        initialized -> {
          this.configuration = initialized;
          initialized.onShutdown(
              () -> workers.values().forEach(ScheduledExecutorService::shutdown));
        });
    handlers.forEach((name, handler) -> register(configurer.eventProcessing(), name, handler));
  }

  private void register(
      EventProcessingConfigurer processing, String name, ProjectionEventHandler<?> handler) {
    processing
        .registerEventHandler(_ -> handler)
        .assignHandlerInstancesMatching(name, candidate -> candidate == handler)
        .assignProcessingGroup(name, name)
        .registerTokenStore(name, this::tokenStore)
        .registerTransactionManager(name, _ -> transactions)
        .registerListenerInvocationErrorHandler(name, _ -> PropagatingErrorHandler.instance())
        .registerSequencingPolicy(name, _ -> ProjectionProcessors::sequence)
        .registerPooledStreamingEventProcessor(
            name, Configuration::eventStore, (_, builder) -> configure(name, builder));
  }

  private PooledStreamingEventProcessor.Builder configure(
      String name, PooledStreamingEventProcessor.Builder builder) {
    ScheduledExecutorService workPackages =
        new SignalingExecutor(
            settings.segments(),
            new AxonThreadFactory("projection-" + name),
            () -> listeners.forEach(listener -> listener.accept(name)));
    ScheduledExecutorService coordinator = coordinators.apply(name);
    workers.put(name, workPackages);
    workers.put(name + " coordinator", coordinator);
    return builder
        .clock(new SteadyClock(Instant.now()))
        .initialSegmentCount(settings.segments())
        .batchSize(settings.batchSize())
        .initialToken(StreamableMessageSource::createTailToken)
        .tokenClaimInterval(Math.min(5_000, settings.claimTimeout().toMillis() / 6))
        .claimExtensionThreshold(settings.claimTimeout().toMillis() / 3)
        .enableCoordinatorClaimExtension()
        .workerExecutor(workPackages)
        .coordinatorExecutor(coordinator);
  }

  /** A purge comes after the event it is about, and so in the order of that event's aggregate. */
  static @Nullable Object sequence(EventMessage<?> event) {
    return event.getPayloadType() == PayloadPurged.class
        ? ((PayloadPurged) event.getPayload()).aggregate()
        : SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event);
  }

  /** Which events an event must not overtake; one of no aggregate is a sequence of its own. */
  public static String sequenceName(EventMessage<?> event) {
    Object sequence = sequence(event);
    return sequence == null ? event.getIdentifier() : sequence.toString();
  }

  private TokenStore tokenStore(Configuration axon) {
    return new SurvivedTokens(
        JdbcTokenStore.builder()
            .connectionProvider(transactions.joiningConnections())
            .serializer(axon.serializer())
            .schema(TOKENS)
            .contentType(byte[].class)
            .claimTimeout(settings.claimTimeout())
            .nodeId(settings.node()),
        transactions::connection,
        axon.serializer(),
        this::claimed);
  }

  private void claimed(String processor, int segment) {
    ProjectionEventHandler<?> handler = handlers.get(processor);
    if (handler != null) {
      handler.claimed(segment);
    }
  }

  /** What waits of a processor's events. Blocks. */
  Parking.Count deadLetters(String processor) {
    try (Connection connection = dataSource.getConnection()) {
      return Parking.count(connection, processor);
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "dead_letter", e.getSQLState());
    }
  }

  /** The projection of a processor, for example of {@code work-items-v1}. */
  public Optional<Projection<?>> ofProcessor(String processor) {
    return Optional.ofNullable(projections.get(processor));
  }

  /** Processors of projections by name. */
  Map<String, Projection<?>> projections() {
    return projections;
  }

  /** A projection by its name, for example {@code work-items}. */
  public Optional<Projection<?>> projection(String name) {
    return projections.values().stream()
        .<Projection<?>>map(projection -> projection)
        .filter(projection -> projection.name().equals(name))
        .findFirst();
  }

  /** Names of all projections. */
  public List<String> names() {
    return projections.values().stream().<String>map(Projection::name).toList();
  }

  /** What stopped segments of a projection on this node. */
  Map<Integer, ProjectionEventHandler.Failure> failures(String processor) {
    ProjectionEventHandler<?> handler = handlers.get(processor);
    return handler == null ? Map.of() : handler.failures();
  }

  /** Calls a listener with a processor's name when that processor may have advanced. */
  void onAdvance(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Axon's configuration, once there is one. */
  Optional<Configuration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** A processor of this node. */
  Optional<StreamingEventProcessor> processor(String name) {
    return configuration()
        .flatMap(
            axon ->
                axon.eventProcessingConfiguration()
                    .eventProcessor(name, StreamingEventProcessor.class));
  }
}
