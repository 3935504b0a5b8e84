package io.countersign.query.projection;

import io.countersign.query.projection.Generation.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code query.generation}. Blocks. */
public final class GenerationTable {

  private final JdbcClient jdbc;

  /** In this database. */
  public GenerationTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** In the transaction of a connection. */
  public static GenerationTable in(Connection connection) {
    return new GenerationTable(new SingleConnectionDataSource(connection, true));
  }

  /** Makes the first generation of a projection live, unless there is any. */
  void first(Projection<?> projection) {
    Generation first = Generation.first(projection);
    jdbc.sql(
            """
            insert into query.generation (projection, version, number, tables, processor, state, live_since)
            select :projection, :version, 1, :tables, :processor, 'live', now()
            where not exists (select from query.generation where projection = :projection)
            on conflict do nothing
            """)
        .param("projection", projection.name())
        .param("version", projection.version())
        .param("tables", first.schema())
        .param("processor", first.processor())
        .update();
  }

  /** The generations of these projections, those of other versions left out. */
  public List<Generation> all(Collection<? extends Projection<?>> projections) {
    return jdbc
        .sql("select projection, version, number, state, paused from query.generation")
        .query((row, _) -> generation(row, projections))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparingInt((Generation one) -> place(projections, one))
                .thenComparing(Generation::number))
        .toList();
  }

  private static int place(Collection<? extends Projection<?>> projections, Generation one) {
    return List.copyOf(projections).indexOf(one.projection());
  }

  private static Optional<Generation> generation(
      ResultSet row, Collection<? extends Projection<?>> projections) throws SQLException {
    String name = row.getString("projection");
    int version = row.getInt("version");
    Projection<?> projection =
        projections.stream()
            .<Projection<?>>map(one -> one)
            .filter(one -> one.name().equals(name) && one.version() == version)
            .findFirst()
            .orElse(null);
    return projection == null
        ? Optional.empty()
        : Optional.of(
            new Generation(
                projection,
                row.getInt("number"),
                State.of(row.getString("state")),
                row.getBoolean("paused")));
  }

  /** What an operation made, when it has made one. */
  public Optional<Generation> madeBy(
      UUID operation, Collection<? extends Projection<?>> projections) {
    return jdbc.sql(
            """
            select projection, version, number, state, paused from query.generation where operation = :operation
            """)
        .param("operation", operation)
        .query((row, _) -> generation(row, projections))
        .optional()
        .flatMap(found -> found);
  }

  /** Adds the next generation of a projection, to be loaded. */
  public Generation add(Projection<?> projection, UUID operation) {
    int last =
        jdbc.sql(
                """
                select coalesce(max(number), 0) from query.generation where projection = :name and version = :version
                """)
            .param("name", projection.name())
            .param("version", projection.version())
            .query(Integer.class)
            .single();
    var added = new Generation(projection, last + 1, State.LOADING, false);
    jdbc.sql(
            """
            insert into query.generation (projection, version, number, tables, processor, state, operation)
            values (:projection, :version, :number, :tables, :processor, 'loading', :operation)
            """)
        .param("projection", projection.name())
        .param("version", projection.version())
        .param("number", added.number())
        .param("tables", added.schema())
        .param("processor", added.processor())
        .param("operation", operation)
        .update();
    return added;
  }

  /** A generation from now on has this state. */
  public Generation become(Generation generation, State state) {
    jdbc.sql("update query.generation set state = :state where tables = :tables")
        .param("state", state.word())
        .param("tables", generation.schema())
        .update();
    return new Generation(generation.projection(), generation.number(), state, generation.paused());
  }

  /** The live generation of a projection, of whatever version, is kept from now on. */
  public void unseat(String projection) {
    jdbc.sql("update query.generation set state = 'kept' where projection = ? and state = 'live'")
        .param(projection)
        .update();
  }

  /** The one that was live last before this one. */
  public Optional<Generation> lastBefore(
      Generation generation, Collection<? extends Projection<?>> projections) {
    return jdbc.sql(
            """
            select projection, version, number, state, paused from query.generation
            where projection = :projection and tables <> :tables and state = 'kept'
            order by live_since desc nulls last limit 1
            """)
        .param("projection", generation.name())
        .param("tables", generation.schema())
        .query((row, _) -> generation(row, projections))
        .optional()
        .flatMap(found -> found);
  }

  /** Queries read a generation from now on, because of an operation. */
  public void seat(Generation generation, UUID operation) {
    jdbc.sql(
            """
            update query.generation set state = 'live', live_since = now(), switched_by = :operation
            where tables = :tables
            """)
        .param("operation", operation)
        .param("tables", generation.schema())
        .update();
  }

  /** A projection's generation that was about to be read is not, after all. */
  public void standDown(String projection) {
    jdbc.sql(
            """
            update query.generation set state = case when live_since is null then 'following' else 'kept' end
            where projection = :projection and state = 'ready'
            """)
        .param("projection", projection)
        .update();
  }

  /** Whether it is because of this operation that queries read a generation. */
  public boolean isSwitchedBy(UUID operation, Generation generation) {
    return jdbc.sql(
            """
            select exists (
              select from query.generation
              where tables = :tables and state = 'live' and switched_by = :operation)
            """)
        .param("tables", generation.schema())
        .param("operation", operation)
        .query(Boolean.class)
        .single();
  }

  /** A generation's processor is to stand still, or to go on. */
  public Generation pause(Generation generation, boolean paused) {
    jdbc.sql("update query.generation set paused = :paused where tables = :tables")
        .param("paused", paused)
        .param("tables", generation.schema())
        .update();
    return new Generation(generation.projection(), generation.number(), generation.state(), paused);
  }

  /** The definitions of the indexes that are still to be made. */
  public List<String> heldIndexes(Generation generation) {
    return jdbc.sql("select held_indexes from query.generation where tables = :tables")
        .param("tables", generation.schema())
        .query((row, _) -> Arrays.asList((String[]) row.getArray(1).getArray()))
        .single();
  }

  /** Keeps the definitions of indexes that are to be made later. */
  public void holdIndexes(Generation generation, List<String> definitions) {
    jdbc.sql("update query.generation set held_indexes = :held where tables = :tables")
        .param("held", definitions.toArray(String[]::new))
        .param("tables", generation.schema())
        .update();
  }

  /** Forgets a generation, its positions included. */
  public void remove(Generation generation) {
    for (String sql :
        List.of(
            "delete from query.load_position where tables = :tables",
            "delete from query.token where processor_name = :processor",
            "delete from query.segment_position where processor_name = :processor",
            "delete from query.parked_sequence where processor_name = :processor",
            "delete from query.eviction where processor_name = :processor",
            "delete from query.segment_release where processor_name = :processor",
            "delete from query.generation where tables = :tables")) {
      var statement = jdbc.sql(sql);
      (sql.contains(":tables")
              ? statement.param("tables", generation.schema())
              : statement.param("processor", generation.processor()))
          .update();
    }
  }
}
