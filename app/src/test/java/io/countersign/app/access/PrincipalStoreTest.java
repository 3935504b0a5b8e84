package io.countersign.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.database.SchemaMigration;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.kernel.access.Role;
import io.countersign.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrincipalStoreTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private static DatabaseAddress address;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final PrincipalStore store = new PrincipalStore(() -> address.connect("test"), now::get);

  @TempDir Path folder;

  @BeforeAll
  static void migrate() {
    address = TestPostgres.newDatabase();
    SchemaMigration.migrate(address, List.of(PrincipalStore.SCHEMA));
  }

  @Test
  void onlyTheHashOfATokenIsStored() throws SQLException {
    String token = store.add(principal("ann", Optional.empty()), "cli").orElseThrow();
    assertThat(token).matches("cs_[A-Za-z0-9_-]{43}");
    try (var connection = address.connect("test");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select p::text from principal.principal p where name = 'ann'")) {
      rows.next();
      assertThat(rows.getString(1)).doesNotContain(token.substring(3));
    }
    assertThat(new TokenLookup(store, now::get).find(new Token(token)).orElseThrow().name())
        .isEqualTo("ann");
  }

  @Test
  void anExpiredTokenIsRefusedFromThatInstantOnEvenWhenTheAnswerWasKept() {
    Instant end = START.plus(Duration.ofSeconds(1));
    String token = store.add(principal("ben", Optional.of(end)), "cli").orElseThrow();
    var lookup = new TokenLookup(store, now::get);
    assertThat(lookup.find(new Token(token))).isPresent();
    now.set(end);
    assertThat(lookup.find(new Token(token))).isEmpty();
  }

  @Test
  void aRevokedTokenIsRefusedOnceTheKeptAnswerIsOld() {
    String token = store.add(principal("cid", Optional.empty()), "cli").orElseThrow();
    var lookup = new TokenLookup(store, now::get);
    assertThat(lookup.find(new Token(token))).isPresent();
    assertThat(store.revoke("cid")).isTrue();
    assertThat(lookup.find(new Token(token))).isPresent();
    now.set(START.plus(TokenLookup.KEPT));
    assertThat(lookup.find(new Token(token))).isEmpty();
  }

  @Test
  void aClockSetBackDoesNotKeepARevokedTokenAlive() {
    String token = store.add(principal("eve", Optional.empty()), "cli").orElseThrow();
    var lookup = new TokenLookup(store, now::get);
    assertThat(lookup.find(new Token(token))).isPresent();
    assertThat(store.revoke("eve")).isTrue();
    now.set(START.minus(Duration.ofMinutes(10)));
    assertThat(lookup.find(new Token(token))).isEmpty();
  }

  @Test
  void revokingTwiceKeepsTheFirstTimeAndANameIsNeverGivenAgain() {
    store.add(principal("dan", Optional.empty()), "cli");
    store.revoke("dan");
    now.set(START.plusSeconds(60));
    assertThat(store.revoke("dan")).isTrue();
    assertThat(store.revoke("nobody")).isFalse();
    assertThat(store.list())
        .filteredOn(row -> row.name().equals("dan"))
        .singleElement()
        .satisfies(row -> assertThat(row.revokedAt()).isEqualTo(START));
    assertThat(store.add(principal("dan", Optional.empty()), "cli")).isEmpty();
  }

  @Test
  void theFirstStartMakesAnOperatorAndTheSecondChangesNothing() {
    DatabaseAddress fresh = TestPostgres.newDatabase();
    SchemaMigration.migrate(fresh, List.of(PrincipalStore.SCHEMA));
    var principals = new PrincipalStore(() -> fresh.connect("test"), now::get);
    DataDirectory directory = new DataDirectory(folder);
    FirstStart.prepare(directory, principals);
    String token = directory.operatorToken().read().orElseThrow();
    assertThat(new TokenLookup(principals, now::get).find(new Token(token)).orElseThrow().roles())
        .containsExactly(Role.OPERATOR);

    FirstStart.prepare(directory, principals);
    assertThat(directory.operatorToken().read()).contains(token);
    assertThat(principals.list()).hasSize(1);
  }

  @Test
  void expiriesAreDatesTimesOrDays() {
    assertThat(Expiry.parse("90d", START)).isEqualTo(START.plus(Duration.ofDays(90)));
    assertThat(Expiry.parse("2027-01-01", START)).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(Expiry.parse("2027-01-01T06:00:00Z", START)).isEqualTo("2027-01-01T06:00:00Z");
    assertThatThrownBy(() -> Expiry.parse("soon", START)).hasMessageContaining("90d");
    assertThatThrownBy(() -> Expiry.parse("2026-11-20", START)).hasMessageContaining("past");
  }

  private static NewPrincipal principal(String name, Optional<Instant> expiresAt) {
    return new NewPrincipal(name, Set.of(Role.VIEWER), expiresAt);
  }
}
