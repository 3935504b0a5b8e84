package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.kernel.projection.ProjectionEvent.Rebuilt;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Generation.State;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.ProcessorTokens;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.SetBased;
import io.countersign.query.projection.Table;
import io.countersign.query.replay.PartRouter;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Makes a generation: its tables without their secondary indexes, loaded in bulk to the head of the
 * log (by SQL alone where the projection offers it), then indexes and tokens, so that its processor
 * goes on from there. Each step is found as it was left when a node dies.
 */
public final class GenerationBuild {

  /** Nearer to the head than this, the rest is left to the processor. */
  private static final long NEAR = 2_000;

  private final DataSource dataSource;
  private final Serializer events;
  private final Serializer tokens;
  private final EventCatalogue catalogue;
  private final ProjectionProcessors processors;
  private final GenerationTable table;
  private final Transactions transactions;

  /**
   * In a database.
   *
   * @param events serializer of events
   * @param tokens serializer of the processors' tokens
   */
  public GenerationBuild(
      DataSource dataSource,
      Serializer events,
      Serializer tokens,
      EventCatalogue catalogue,
      ProjectionProcessors processors) {
    this.dataSource = dataSource;
    this.events = events;
    this.tokens = tokens;
    this.catalogue = catalogue;
    this.processors = processors;
    this.table = new GenerationTable(dataSource);
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Makes the generation of an operation, or goes on with it. Blocks until it follows the log.
   *
   * @throws io.countersign.query.replay.ReplayFailedException when an event cannot be folded, or a
   *     row is refused: the first one ends it
   */
  public Generation run(
      Projection<?> projection, UUID operation, OperationOptions options, ReplayProgress progress) {
    Generation generation =
        table
            .madeBy(operation, processors.versions())
            .orElseGet(
                () ->
                    transactions.run(
                        connection -> GenerationTable.in(connection).add(projection, operation)));
    if (generation.state() != State.LOADING) {
      return generation;
    }
    progress.phase("loading");
    prepare(generation);
    long to = load(generation, options, progress);
    progress.phase("making indexes");
    analyze(generation);
    Generation following = transactions.run(connection -> follow(connection, generation, to));
    processors.wake();
    return following;
  }

  private void prepare(Generation generation) {
    var schema = generation.projection().migrations().copy(generation.schema());
    var positions = new LoadPositions(generation.schema());
    boolean begun = transactions.run(connection -> !positions.read(connection).isEmpty());
    if (begun && !schema.isBehind(dataSource)) {
      return;
    }
    transactions.run(connection -> GenerationRemoval.emptied(connection, generation));
    schema.migrate(dataSource);
    transactions.run(
        connection -> {
          List<String> indexes = SecondaryIndexes.drop(connection, generation.schema());
          GenerationTable.in(connection).holdIndexes(generation, indexes);
          positions.begin(
              connection,
              generation.projection() instanceof SetBased
                  ? SetLoad.PARTS
                  : PartRouter.usualParts());
          return indexes;
        });
  }

  private long load(Generation generation, OperationOptions options, ReplayProgress progress) {
    int pace = Objects.requireNonNullElse(options.eventsPerSecond(), Integer.MAX_VALUE);
    long to = head();
    long loaded = -1;
    do {
      if (generation.projection() instanceof SetBased rows) {
        new SetLoad(dataSource, catalogue, generation, rows, pace, progress).run(to);
      } else {
        new BulkLoad(dataSource, events, catalogue, generation, pace, progress).run(to, to + 1);
      }
      loaded = to;
      to = head();
    } while (to - loaded > NEAR);
    return loaded;
  }

  private long head() {
    return transactions.run(StoredEvents::lastIndex);
  }

  private void analyze(Generation generation) {
    transactions.run(
        connection -> {
          try (var statement = connection.createStatement()) {
            for (Table one : generation.projection().tables()) {
              statement.execute("analyze %s.%s".formatted(generation.schema(), one.name()));
            }
          }
          return generation;
        });
  }

  private Generation follow(Connection connection, Generation generation, long to)
      throws SQLException {
    var generations = GenerationTable.in(connection);
    SecondaryIndexes.make(connection, generations.heldIndexes(generation));
    generations.holdIndexes(generation, List.of());
    Map<Integer, Long> segments = new HashMap<>();
    for (int segment : segmentsOfLive(connection, generation)) {
      segments.put(segment, to);
    }
    new ProcessorTokens(connection, tokens, generation.processor()).replace(segments);
    return generations.become(generation, State.FOLLOWING);
  }

  /** As many parts as the live generation has, so that splitting outlasts a rebuild. */
  private int[] segmentsOfLive(Connection connection, Generation generation) throws SQLException {
    for (Generation one : GenerationTable.in(connection).all(processors.versions())) {
      if (one.state() == State.LIVE && one.name().equals(generation.name())) {
        Map<Integer, Long> live = new ProcessorTokens(connection, tokens, one.processor()).read();
        if (!live.isEmpty()) {
          return live.keySet().stream().mapToInt(Integer::intValue).toArray();
        }
      }
    }
    return IntStream.range(0, processors.segments()).toArray();
  }

  /** What the log is told of it. */
  public Rebuilt result(Generation generation, UUID operation) {
    List<LoadPositions.Part> parts = transactions.run(new LoadPositions(generation.schema())::read);
    return new Rebuilt(
        generation.name(),
        operation,
        generation.projection().version(),
        generation.number(),
        parts.stream().mapToLong(LoadPositions.Part::position).min().orElse(-1),
        parts.stream().mapToLong(LoadPositions.Part::events).sum());
  }
}
