package io.countersign.query.projection;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.lifecycle.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pooled streaming processor for every generation of every projection: whole log from the
 * first entry on, rows and token in one transaction. A poisoned event is parked with what follows
 * in its sequence; any other failure stops its segment until it works. Not registered with Axon's
 * configuration, because generations come and go.
 */
public final class ProjectionProcessors implements ConfigurerModule {

  private static final TokenSchema TOKENS =
      TokenSchema.builder()
          .setTokenTable("query.token")
          .setProcessorNameColumn("processor_name")
          .setTokenTypeColumn("token_type")
          .build();

  private final List<Projection<?>> projections;
  private final Map<String, Follower> followers = new ConcurrentHashMap<>();
  private final QuerySettings settings;
  private final DataSource dataSource;
  private final ProjectionTransactions transactions;
  private final Function<String, ScheduledExecutorService> coordinators;
  private final MeterRegistry metrics;
  private final Generations generations;
  private final SegmentReleases releases;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Configuration configuration;
  private volatile boolean stopped;

  /**
   * Processors for these projections; of one name there may be several versions.
   *
   * @param coordinators makes the coordinator's executor of a processor by its name
   */
  public ProjectionProcessors(
      List<Projection<?>> projections,
      QuerySettings settings,
      DataSource dataSource,
      Function<String, ScheduledExecutorService> coordinators,
      MeterRegistry metrics) {
    this.projections = newestFirst(projections);
    this.settings = settings;
    this.dataSource = dataSource;
    this.coordinators = coordinators;
    this.metrics = metrics;
    this.releases = new SegmentReleases(dataSource);
    this.transactions = new ProjectionTransactions(dataSource, settings.connections());
    this.generations =
        new Generations(
            new GenerationTable(dataSource),
            new NodeTable(dataSource),
            this.projections,
            settings.node(),
            new Work());
  }

  private static List<Projection<?>> newestFirst(List<Projection<?>> projections) {
    List<String> names = projections.stream().<String>map(Projection::name).distinct().toList();
    return projections.stream()
        .sorted(
            Comparator.comparingInt((Projection<?> one) -> names.indexOf(one.name()))
                .thenComparing(Projection::version, Comparator.reverseOrder()))
        .toList();
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.onInitialize(
        initialized -> {
          this.configuration = initialized;
          initialized.onStart(Phase.INBOUND_EVENT_CONNECTORS, generations::start);
          initialized.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, this::stop);
        });
  }

  /** Axon waits for this only so long. */
  private CompletableFuture<?> stop() {
    stopped = true;
    generations.stop();
    return CompletableFuture.allOf(
        followers.values().stream().map(Follower::stop).toArray(CompletableFuture[]::new));
  }

  /** Starts the processors that are to run on this node, and stops all others. */
  private synchronized void fit(List<Generation> wanted) {
    if (stopped) {
      return;
    }
    Map<String, Generation> followed = new LinkedHashMap<>();
    wanted.stream()
        .filter(Generation::isFollowed)
        .forEach(one -> followed.put(one.processor(), one));
    List<Follower> superfluous =
        followers.values().stream()
            .filter(follower -> !followed.containsKey(follower.generation().processor()))
            .toList();
    superfluous.stream().map(Follower::stop).toList().forEach(CompletableFuture::join);
    superfluous.forEach(follower -> followers.remove(follower.generation().processor()));
    followed.forEach(
        (name, generation) -> {
          if (!followers.containsKey(name)) {
            follow(generation);
          }
        });
  }

  /** What this node does for the generations it knows. */
  private final class Work implements Generations.Work {

    @Override
    public void fit(List<Generation> known) {
      ProjectionProcessors.this.fit(known);
    }

    @Override
    public List<SegmentFailure> failures() {
      return followers.values().stream().flatMap(Follower::failures).toList();
    }

    @Override
    public void share(int nodes) {
      followers.values().forEach(follower -> follower.share(nodes));
      for (SegmentReleases.Wanted one : releases.of(settings.node())) {
        Follower follower = followers.get(one.processor());
        if (follower == null || follower.release(one.segment())) {
          releases.released(one.operation());
        }
      }
    }
  }

  private void follow(Generation generation) {
    String name = generation.processor();
    Follower follower =
        new Follower(
            generation,
            settings,
            transactions,
            tokenStore(axon()),
            metrics,
            new SignalingExecutor(
                settings.segments(),
                new AxonThreadFactory("projection-" + name),
                () -> listeners.forEach(listener -> listener.accept(generation.name()))),
            coordinators.apply(name));
    followers.put(name, follower); // before it claims anything
    try {
      follower.start(axon().eventStore());
    } catch (RuntimeException e) {
      followers.remove(name);
      throw e;
    }
  }

  private Configuration axon() {
    return Objects.requireNonNull(configuration, "Axon is not configured yet");
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
    Follower follower = followers.get(processor);
    if (follower != null) {
      follower.claimed(segment);
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

  /** The generation of a processor, for example of {@code work-items-v1}. */
  public Optional<Generation> ofProcessor(String processor) {
    return generations().stream().filter(one -> one.processor().equals(processor)).findFirst();
  }

  /** The newest version of a projection by its name, for example {@code work-items}. */
  public Optional<Projection<?>> projection(String name) {
    return projections.stream().filter(projection -> projection.name().equals(name)).findFirst();
  }

  /** Names of all projections. */
  public List<String> names() {
    return projections.stream().<String>map(Projection::name).distinct().toList();
  }

  /** All versions of all projections, of each name the newest first. */
  public List<Projection<?>> versions() {
    return projections;
  }

  /** The generations as this node knows them. */
  List<Generation> generations() {
    return generations.known();
  }

  /** There may be something new about generations. */
  public void wake() {
    generations.wake();
  }

  /** How many parts a projection has that starts now. */
  public int segments() {
    return settings.segments();
  }

  /** What stops segments on this node, as it is now, and on others, as they said last. Blocks. */
  List<SegmentFailure> failures() {
    List<SegmentFailure> failures = new ArrayList<>(new NodeTable(dataSource).failures());
    followers.values().stream().flatMap(Follower::failures).forEach(failures::add);
    return failures;
  }

  /** Names of the nodes that show life. Blocks. */
  Set<String> nodes() {
    return new NodeTable(dataSource).alive();
  }

  /** Calls a listener with a projection's name when a processor of it may have advanced. */
  void onAdvance(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Axon's configuration, once there is one. */
  Optional<Configuration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** A processor of this node. */
  Optional<StreamingEventProcessor> processor(String name) {
    return Optional.ofNullable(followers.get(name)).flatMap(Follower::processor);
  }
}
