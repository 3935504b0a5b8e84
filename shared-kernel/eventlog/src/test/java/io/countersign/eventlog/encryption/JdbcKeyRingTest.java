package io.countersign.eventlog.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogLock;
import io.countersign.eventlog.encryption.KeyRing.DataKey;
import io.countersign.eventlog.encryption.KeyRing.Lookup;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcKeyRingTest {

  private static final KeyOwner ADA = new KeyOwner("person:00000000-0000-4000-8000-00000000000a");
  private static final KeyOwner ITEM = new KeyOwner("workitem:fabrikam:1");

  private final LogDatabase database = new LogDatabase();
  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final List<JdbcKeyRing> rings = new ArrayList<>();

  @TempDir Path directory;
  private JdbcKeyRing node;

  @BeforeEach
  void start() {
    node = ring();
  }

  @AfterEach
  void close() {
    rings.forEach(JdbcKeyRing::close);
    database.close();
  }

  @Test
  void anOwnerHasOneKeyAPurposeOnEveryNodeAndAfterARestart() {
    DataKey key = node.keyFor(ADA, "identity");
    assertThat(node.keyFor(ADA, "identity")).isEqualTo(key);
    assertThat(ring().keyFor(ADA, "identity")).isEqualTo(key);
    assertThat(ring().find(key.id())).isEqualTo(new Lookup.Found(key));
    assertThat(node.keyFor(ADA, "content").id()).isNotEqualTo(key.id());
    assertThat(node.keyFor(ITEM, "identity").id()).isNotEqualTo(key.id());
    assertThat(key.secret().getEncoded()).hasSize(32);
  }

  @Test
  void nodesThatAskAtOnceGetTheSameKey() throws Exception {
    JdbcKeyRing other = ring();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 10; round++) {
        KeyOwner owner = new KeyOwner("workitem:fabrikam:" + (100 + round));
        List<Callable<UUID>> asks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          JdbcKeyRing asked = i % 2 == 0 ? node : other;
          asks.add(() -> asked.keyFor(owner, "content").id());
        }
        Set<UUID> ids = new HashSet<>();
        for (Future<UUID> id : threads.invokeAll(asks)) {
          ids.add(id.get());
        }
        assertThat(ids).hasSize(1);
      }
    }
    assertThat(number("select count(*) from eventlog.data_key")).isEqualTo(10);
  }

  @Test
  void aKeyIsDurableEvenWhenTheCallersTransactionRollsBack() throws SQLException {
    UUID id;
    try (var connection = database.pool().getConnection()) {
      connection.setAutoCommit(false);
      id = node.keyFor(ADA, "identity").id();
      connection.rollback();
    }
    assertThat(ring().find(id)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void destroyingWipesTheWrappedBytesAndTheOwnerNeverGetsAKeyAgain() {
    UUID identity = node.keyFor(ADA, "identity").id();
    UUID content = node.keyFor(ADA, "content").id();
    UUID item = node.keyFor(ITEM, "content").id();
    assertThat(node.destroy(ADA)).isEqualTo(2);
    assertThat(node.destroy(ADA)).isZero();
    assertThat(node.find(identity)).isEqualTo(new Lookup.Destroyed(identity));
    assertThat(node.find(content)).isEqualTo(new Lookup.Destroyed(content));
    assertThat(node.find(item)).isInstanceOf(Lookup.Found.class);
    assertThat(number("select count(*) from eventlog.data_key where wrapped is not null"))
        .isEqualTo(1);
    for (String purpose : List.of("identity", "content", "never-used")) {
      assertThatExceptionOfType(KeyDestroyedException.class)
          .isThrownBy(() -> node.keyFor(ADA, purpose));
      assertThatExceptionOfType(KeyDestroyedException.class)
          .isThrownBy(() -> ring().keyFor(ADA, purpose));
    }
  }

  @Test
  void anOwnerDestroyedBeforeTheFirstKeyGetsNoneEither() {
    assertThat(node.destroy(ITEM)).isZero();
    assertThatExceptionOfType(KeyDestroyedException.class)
        .isThrownBy(() -> ring().keyFor(ITEM, "content"));
  }

  @Test
  void aKeyDestroyedOnAnotherNodeIsNoLongerServedAfterTheStatedTime() {
    UUID id = node.keyFor(ADA, "identity").id();
    assertThat(ring().destroy(ADA)).isEqualTo(1);
    clock.advance(JdbcKeyRing.STALENESS);
    assertThat(node.find(id)).isEqualTo(new Lookup.Destroyed(id));
    assertThatExceptionOfType(KeyDestroyedException.class)
        .isThrownBy(() -> node.keyFor(ADA, "identity"));
  }

  @Test
  void withinTheStatedTimeNothingIsAskedOfTheDatabase() {
    DataKey key = node.keyFor(ADA, "identity");
    database.execute("update eventlog.data_key set wrapped = null, destroyed_at = now()");
    clock.advance(JdbcKeyRing.STALENESS.minus(Duration.ofMillis(1)));
    assertThat(node.keyFor(ADA, "identity")).isEqualTo(key);
  }

  @Test
  void destroyingWaitsForTheLockOfTheLog() throws Exception {
    node.keyFor(ADA, "identity");
    try (var append = database.pool().getConnection();
        var statement = append.createStatement()) {
      append.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LogLock.KEY + ")");
      CompletableFuture<Integer> destroyed = CompletableFuture.supplyAsync(() -> node.destroy(ADA));
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> destroyed.get(300, TimeUnit.MILLISECONDS));
      append.commit();
      assertThat(destroyed.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void ownersThatComeMeanwhileGetTheirKeysInOneTransaction() throws Exception {
    Map<KeyOwner, UUID> ids = new ConcurrentHashMap<>();
    try (var destroying = locked(ADA)) {
      Thread first = start(() -> ids.put(ADA, node.keyFor(ADA, "content").id()));
      awaitBlocked();
      List<Thread> later = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        var owner = new KeyOwner("workitem:fabrikam:" + (i % 20));
        later.add(start(() -> ids.put(owner, node.keyFor(owner, "content").id())));
      }
      awaitState(later, Thread.State.WAITING);
      destroying.rollback();
      first.join();
      for (Thread one : later) {
        one.join();
      }
    }
    assertThat(Set.copyOf(ids.values())).hasSize(21);
    ids.forEach((owner, id) -> assertThat(ring().keyFor(owner, "content").id()).isEqualTo(id));
    assertThat(number("select count(*) from eventlog.data_key")).isEqualTo(21);
    assertThat(number("select count(distinct xmin::text) from eventlog.data_key")).isEqualTo(2);
  }

  @Test
  void whoIsDestroyedWhileAKeyIsMadeGetsNoneAndTheOthersGetTheirs() throws Exception {
    Map<KeyOwner, Object> answers = new ConcurrentHashMap<>();
    var bystander = new KeyOwner("workitem:fabrikam:2");
    try (var destroying = locked(ADA);
        var statement = destroying.createStatement()) {
      statement.execute(
          """
          insert into eventlog.data_key (id, owner, purpose, created_at, destroyed_at)
          values (gen_random_uuid(), '%s', 'none', now(), now())
          """
              .formatted(ADA.value()));
      List<Thread> asking = new ArrayList<>();
      asking.add(start(() -> answers.put(ITEM, node.keyFor(ITEM, "content"))));
      for (KeyOwner owner : List.of(ADA, bystander)) {
        asking.add(
            start(
                () -> {
                  try {
                    answers.put(owner, node.keyFor(owner, "identity"));
                  } catch (KeyDestroyedException e) {
                    answers.put(owner, e);
                  }
                }));
      }
      awaitBlocked();
      destroying.commit();
      for (Thread one : asking) {
        one.join();
      }
    }
    assertThat(answers.get(ADA)).isInstanceOf(KeyDestroyedException.class);
    assertThat(answers.get(ITEM)).isInstanceOf(DataKey.class);
    assertThat(answers.get(bystander)).isInstanceOf(DataKey.class);
    assertThat(number("select count(*) from eventlog.data_key where wrapped is not null"))
        .isEqualTo(2);
  }

  /** A transaction that holds what destroying an owner's keys holds. */
  private Connection locked(KeyOwner owner) throws SQLException {
    Connection connection = database.pool().getConnection();
    connection.setAutoCommit(false);
    DataKeyTable.lockOwner(connection, owner);
    return connection;
  }

  private void awaitBlocked() {
    await(() -> number("select count(*) from pg_locks where not granted") > 0);
  }

  private static void awaitState(List<Thread> threads, Thread.State state) {
    await(() -> threads.stream().allMatch(one -> one.getState() == state));
  }

  private static void await(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  private static Thread start(Runnable run) {
    return Thread.ofPlatform().start(run);
  }

  @Test
  void changedRowsOpenNothing() {
    UUID ada = node.keyFor(ADA, "identity").id();
    UUID item = node.keyFor(ITEM, "identity").id();
    database.execute(
        """
        update eventlog.data_key k set wrapped = o.wrapped
        from eventlog.data_key o where o.owner <> k.owner
        """);
    JdbcKeyRing fresh = ring();
    assertThat(fresh.find(ada)).isEqualTo(new Lookup.Unknown(ada));
    assertThat(fresh.find(item)).isEqualTo(new Lookup.Unknown(item));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> fresh.keyFor(ADA, "identity"))
        .withMessageContaining(ada.toString());
  }

  @Test
  void unknownKeysAreUnknownAndPurposesAreWords() {
    UUID nobody = new UUID(1, 2);
    assertThat(node.find(nobody)).isEqualTo(new Lookup.Unknown(nobody));
    assertThatIllegalArgumentException().isThrownBy(() -> node.keyFor(ADA, "In|box"));
  }

  private JdbcKeyRing ring() {
    MasterKey master =
        new MasterKeyFile(directory.resolve("master.key")).open(database.pool(), clock, random);
    var ring = new JdbcKeyRing(database.address(), master, clock, random);
    rings.add(ring);
    return ring;
  }

  private long number(String sql) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
