package io.countersign.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.azuredevops.TestKeys;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many people met for the first time at once. */
class IdentityLearningTest {

  private static final OrganizationId HERE = new OrganizationId("fabrikam");
  private static final OrganizationId REFUSED = new OrganizationId("refused");
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('countersign.identity', 0))";

  private HikariDataSource dataSource;
  private IdentityDirectory directory;
  private final Map<SourceIdentity, Object> answers = new ConcurrentHashMap<>();

  @BeforeEach
  void openDatabase() {
    dataSource = migrated();
    directory = numbering(dataSource);
  }

  @AfterEach
  void closeDatabase() {
    dataSource.close();
  }

  @Test
  void whoWaitsOnANodeIsLearnedInOneTransaction() throws Exception {
    List<SourceIdentity> people = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      people.add(identity("aad." + i, null, "p" + i + "@example.com"));
    }
    learnAtOnce(people);
    assertThat(Set.copyOf(answers.values())).hasSize(30).allMatch(SubjectId.class::isInstance);
    assertThat(number("select count(*) from identity.alias")).isEqualTo(60);
    assertThat(number("select count(distinct xmin::text) from identity.subject"))
        .as("transactions: the first one's, and one for all that came meanwhile")
        .isEqualTo(2);
  }

  @Test
  void formsOfOneIdentityThatAreToldAtOnceAreOneSubject() throws Exception {
    learnAtOnce(
        List.of(
            identity("aad.first", null, null),
            identity("aad.x", "1", "bob@example.com"),
            identity("aad.x", null, null),
            identity("aad.x", "1", null),
            identity("aad.x", null, "bob@example.com")));
    answers.remove(identity("aad.first", null, null));
    assertThat(answers).hasSize(4);
    assertThat(Set.copyOf(answers.values())).hasSize(1);
    assertThat(number("select count(*) from identity.subject")).isEqualTo(2);
  }

  @Test
  void whatTheDatabaseRefusesOfOneIsNotTheOthersFailure() throws Exception {
    execute("alter table identity.alias add constraint trip check (scope <> 'refused')");
    SourceIdentity bad = new SourceIdentity(REFUSED, null, "7", null, null);
    learnAtOnce(
        List.of(
            identity("aad.first", null, null),
            identity("aad.x", null, null),
            bad,
            identity("aad.y", null, null)));
    assertThat(answers.remove(bad)).isInstanceOf(SQLException.class);
    assertThat(Set.copyOf(answers.values())).hasSize(3).allMatch(SubjectId.class::isInstance);
    assertThat(number("select count(*) from identity.subject")).isEqualTo(3);
  }

  @Test
  void manyAtOnceAreLearnedAsIfOneAfterTheOther() throws SQLException {
    for (int seed = 0; seed < 6; seed++) {
      List<SourceIdentity> people = people(new Random(seed));
      try (HikariDataSource oneByOne = migrated();
          HikariDataSource together = migrated()) {
        IdentityDirectory slow = numbering(oneByOne);
        for (SourceIdentity person : people) {
          slow.resolve(List.of(person));
        }
        IdentityDirectory quick = numbering(together);
        quick.resolve(people.subList(0, 10));
        quick.resolve(people.subList(10, people.size()));
        assertThat(contents(together)).as("seed %d", seed).isEqualTo(contents(oneByOne));
        assertThat(contents(together)).as("seed %d", seed).contains("conflict");
      }
    }
  }

  /** People whose aliases are few, so that they meet in all combinations. */
  private static List<SourceIdentity> people(Random random) {
    Set<SourceIdentity> people = new LinkedHashSet<>();
    while (people.size() < 40) {
      String descriptor = random.nextInt(3) == 0 ? "aad." + random.nextInt(12) : null;
      String id = random.nextInt(3) == 0 ? "id" + random.nextInt(12) : null;
      String name = random.nextInt(2) == 0 ? "p" + random.nextInt(12) + "@example.com" : null;
      if (descriptor != null || id != null || name != null) {
        people.add(identity(descriptor, id, name));
      }
    }
    return List.copyOf(people);
  }

  /** The first begins and has to wait for the lock; the others come meanwhile. */
  private void learnAtOnce(List<SourceIdentity> people) throws Exception {
    try (var other = dataSource.getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(LOCK);
      Thread first = start(people.getFirst());
      eventually(
          () ->
              number("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                  > 0);
      List<Thread> later = people.stream().skip(1).map(this::start).toList();
      eventually(() -> later.stream().allMatch(one -> one.getState() == Thread.State.WAITING));
      assertThat(dataSource.getHikariPoolMXBean().getActiveConnections())
          .as("who waits holds no connection")
          .isEqualTo(2);
      other.commit();
      first.join();
      for (Thread one : later) {
        one.join();
      }
    }
  }

  private void eventually(Callable<Boolean> holds) throws Exception {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.call()) {
      assertThat(Instant.now()).as("answers so far: %s", answers).isBefore(deadline);
      Thread.sleep(5);
    }
  }

  private Thread start(SourceIdentity identity) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                answers.put(identity, directory.resolve(List.of(identity)).get(identity).subject());
              } catch (SQLException e) {
                answers.put(identity, e);
              }
            });
  }

  private static HikariDataSource migrated() {
    HikariDataSource dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 8);
    IdentityDirectory.SCHEMA.migrate(dataSource);
    return dataSource;
  }

  private static IdentityDirectory numbering(HikariDataSource dataSource) {
    var subjects = new AtomicLong();
    return new IdentityDirectory(
        dataSource,
        new TestKeys(),
        InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
        () -> new UUID(0, subjects.incrementAndGet()));
  }

  private static SourceIdentity identity(String descriptor, String id, String name) {
    return new SourceIdentity(HERE, descriptor, id, name, null);
  }

  private static String contents(HikariDataSource dataSource) throws SQLException {
    return text(
        dataSource,
        """
        select string_agg(line, E'\\n' order by line)
        from (
          select 'alias ' || encode(alias, 'hex') || ' ' || subject as line from identity.alias
          union all
          select 'subject ' || subject from identity.subject
          union all
          select concat_ws(' ', 'conflict', kept, other, kind) from identity.conflict) l
        """);
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(text(dataSource, sql));
  }

  private static String text(HikariDataSource dataSource, String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
