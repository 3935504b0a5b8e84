package io.countersign.eventlog.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.encryption.KeyHolders.Standing;
import io.countersign.eventlog.encryption.KeyRing.DataKey;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes say which destroyed keys they no longer hold. */
class KeyHolderTest {

  private static final KeyOwner ADA = new KeyOwner("person:00000000-0000-4000-8000-00000000000a");
  private static final UUID HERE = new UUID(0, 1);
  private static final UUID THERE = new UUID(0, 2);

  private final LogDatabase database = new LogDatabase();
  private final SettableClock clock = new SettableClock();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @TempDir Path directory;
  private KeyHolders holders;
  private JdbcKeyRing here;
  private JdbcKeyRing there;

  @BeforeEach
  void start() {
    holders = new KeyHolders(database.pool());
    here = ring();
    there = ring();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    database.close();
  }

  @Test
  void aNodeThatHasNotLookedSinceIsBehindEvenWhenItUsesNoKey() throws SQLException {
    KeyHolder first = holder(here, HERE);
    KeyHolder second = holder(there, THERE);
    first.look();
    second.look();
    there.keyFor(ADA, "identity");
    here.destroy(ADA);
    long destructions = here.destructions();

    assertThat(holders.standing(destructions)).isEqualTo(new Standing(0, List.of(HERE, THERE)));
    first.look();
    assertThat(holders.standing(destructions)).isEqualTo(new Standing(1, List.of(THERE)));
    assertThat(holders.standing(destructions).isComplete()).isFalse();
    second.look();
    assertThat(holders.standing(destructions)).isEqualTo(new Standing(2, List.of()));
    assertThat(holders.standing(destructions).isComplete()).isTrue();
  }

  @Test
  void keysAreDroppedBeforeItIsAnnounced() throws SQLException {
    KeyHolder holder = holder(here, HERE);
    holder.look();
    DataKey key = here.keyFor(ADA, "identity");
    there.destroy(ADA);
    // the clock stands still: the key ring itself would serve the key from memory
    assertThat(here.find(key.id())).isInstanceOf(KeyRing.Lookup.Found.class);
    holder.look();
    assertThat(holders.standing(there.destructions()).isComplete()).isTrue();
    assertThat(here.find(key.id())).isEqualTo(new KeyRing.Lookup.Destroyed(key.id()));
  }

  @Test
  void aNodeThatEndedHoldsNothingAndWithoutAnyNodeNothingIsComplete() throws SQLException {
    KeyHolder killed = holder(here, HERE);
    killed.look();
    there.destroy(ADA);
    long destructions = there.destructions();
    assertThat(holders.standing(destructions)).isEqualTo(new Standing(0, List.of(HERE)));
    database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'countersign-key-holder'");
    await(() -> holders.standing(destructions).behind().isEmpty());
    assertThat(holders.standing(destructions).isComplete()).as("nobody spoke").isFalse();
    assertThat(database.number("select count(*) from eventlog.key_holder")).isZero();
  }

  @Test
  void aStartedNodeFollowsByItselfComesBackAfterALostSessionAndLeavesWithItsRow() {
    KeyHolder holder = new KeyHolder(database.address(), here, Clock.systemUTC(), HERE);
    holder.start();
    there.destroy(ADA);
    await(() -> holders.standing(there.destructions()).isComplete());
    database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'countersign-key-holder'");
    there.destroy(ADA);
    await(() -> holders.standing(there.destructions()).isComplete());
    holder.close();
    assertThat(database.number("select count(*) from eventlog.key_holder")).isZero();
  }

  @Test
  void destroyedKeysAreListedAndTheMarkOfAnOwnerWithoutKeysIsNone() {
    DataKey identity = here.keyFor(ADA, "identity");
    DataKey content = here.keyFor(ADA, "content");
    assertThat(here.destroyed(ADA)).isEmpty();
    here.destroy(ADA);
    assertThat(here.destroyed(ADA))
        .containsExactlyInAnyOrder(
            new DestroyedKey(identity.id(), ADA, "identity"),
            new DestroyedKey(content.id(), ADA, "content"));
    KeyOwner nobody = new KeyOwner("workitem:fabrikam:9");
    here.destroy(nobody);
    assertThat(here.destroyed(nobody)).isEmpty();
  }

  private KeyHolder holder(JdbcKeyRing keys, UUID node) {
    var holder = new KeyHolder(database.address(), keys, clock, node);
    opened.add(holder);
    return holder;
  }

  private JdbcKeyRing ring() {
    var random = new SecureRandom();
    MasterKey master =
        new MasterKeyFile(directory.resolve("master.key")).open(database.pool(), clock, random);
    var ring = new JdbcKeyRing(database.address(), master, clock, random);
    opened.add(ring);
    return ring;
  }

  private static void await(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
