package io.countersign.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.azuredevops.TestKeys;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityDirectoryTest {

  private static final OrganizationId HERE = new OrganizationId("fabrikam");
  private static final OrganizationId ELSEWHERE = new OrganizationId("contoso");
  private static final String ID = "968df890-725c-49a7-807c-37a98a6ab1f1";

  private final TestKeys keys = new TestKeys();
  private HikariDataSource dataSource;
  private IdentityDirectory directory;

  @BeforeEach
  void openDatabase() {
    dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 16);
    IdentityDirectory.SCHEMA.migrate(dataSource);
    directory = newDirectory();
  }

  @AfterEach
  void closeDatabase() {
    dataSource.close();
  }

  @Test
  void everyFormOfAnIdentityLeadsToTheSameSubject() throws SQLException {
    SubjectId subject = resolve(identity("aad.x", ID, "Bob@example.com", "Bob"));
    assertThat(resolve(identity("aad.x", null, null, null))).isEqualTo(subject);
    assertThat(resolve(identity(null, ID.toUpperCase(), null, "B."))).isEqualTo(subject);
    assertThat(resolve(identity(null, null, "BOB@EXAMPLE.COM", "Bob"))).isEqualTo(subject);
    assertThat(newDirectory().resolve(List.of(identity("aad.x", null, null, null))).values())
        .containsExactly(new Met(subject, false));
  }

  @Test
  void whoWasResolvedIsRememberedByAllThatWasToldAndOnlyOnThisNode() throws SQLException {
    SourceIdentity bob = identity("aad.x", ID, "bob@example.com", "Bob");
    assertThat(directory.settled(bob)).isNull();
    SubjectId subject = resolve(bob);
    assertThat(directory.settled(bob)).isEqualTo(new Met(subject, false));
    assertThat(directory.settled(identity("aad.x", null, "new@example.com", "Bob")))
        .as("an alias the directory must still learn")
        .isNull();
    assertThat(newDirectory().settled(bob)).isNull();
  }

  @Test
  void strongerAliasesJoinASubjectFirstMetByAWeakerOne() throws SQLException {
    SubjectId subject = resolve(identity(null, null, "bob@example.com", "Bob"));
    assertThat(resolve(identity("aad.x", ID, "bob@example.com", "Bob"))).isEqualTo(subject);
    assertThat(resolve(identity("aad.x", null, null, null))).isEqualTo(subject);
    assertThat(conflicts()).isZero();
  }

  @Test
  void aNameGivenToAnotherAccountMeansAnotherPerson() throws SQLException {
    SubjectId first = resolve(identity("aad.x", null, "bob@example.com", "Bob"));
    SubjectId second = resolve(identity("aad.y", null, "bob@example.com", "Bob"));
    assertThat(second).isNotEqualTo(first);
    assertThat(resolve(identity("aad.y", null, "bob@example.com", "Bob"))).isEqualTo(second);
    assertThat(resolve(identity(null, null, "bob@example.com", "Bob"))).isEqualTo(first);
    assertThat(conflicts()).isOne();
  }

  @Test
  void whenAliasesOfTwoSubjectsAreToldTheStrongestDecidesAndNothingIsMerged() throws SQLException {
    SubjectId byDescriptor = resolve(identity("aad.x", null, "x@example.com", null));
    SubjectId byName = resolve(identity(null, null, "y@example.com", null));
    assertThat(resolve(identity("aad.x", null, "y@example.com", null))).isEqualTo(byDescriptor);
    assertThat(resolve(identity(null, null, "y@example.com", null))).isEqualTo(byName);
    assertThat(conflicts()).isOne();
  }

  @Test
  void displayNamesAndAccountNamesMeanSomebodyInTheirOrganizationOnly() throws SQLException {
    SubjectId here = resolve(identity(null, null, null, "Jamal Hartnett"));
    assertThat(resolve(identity(null, null, null, "Jamal Hartnett"))).isEqualTo(here);
    assertThat(resolve(new SourceIdentity(ELSEWHERE, null, null, null, "Jamal Hartnett")))
        .isNotEqualTo(here);
    assertThat(resolve(identity(null, null, "j@example.com", "Jamal Hartnett"))).isNotEqualTo(here);
    SubjectId account = resolve(identity(null, null, "FABRIKAM\\jamal", null));
    assertThat(resolve(new SourceIdentity(ELSEWHERE, null, null, "FABRIKAM\\jamal", null)))
        .isNotEqualTo(account);
  }

  @Test
  void concurrentResolversAgree() throws Exception {
    int workers = 8;
    CyclicBarrier start = new CyclicBarrier(workers);
    List<Callable<Map<SourceIdentity, Met>>> calls = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      IdentityDirectory node = newDirectory();
      calls.add(
          () -> {
            start.await();
            return node.resolve(
                List.of(
                    identity("aad.x", ID, "bob@example.com", "Bob"),
                    identity("aad.y", null, "eve@example.com", "Eve")));
          });
    }
    Set<Map<SourceIdentity, Met>> answers = new HashSet<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Map<SourceIdentity, Met>> answer : executor.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(count("select count(*) from identity.subject")).isEqualTo(2);
  }

  @Test
  void theDatabaseHoldsNoNames() throws SQLException {
    resolve(identity("aad.x", ID, "bob@example.com", "Bob"));
    resolve(identity(null, null, null, "Jamal Hartnett"));
    assertThat(
            count(
                """
                select count(*)
                from identity.alias
                where encode(alias, 'escape') ilike any (array['%bob%', '%aad%', '%jamal%'])
                """))
        .isZero();
    assertThat(identity("aad.x", ID, "bob@example.com", "Bob").toString()).doesNotContain("ob");
  }

  @Test
  void anErasedPersonKeepsTheIdAndNeverGetsANameAgain() throws SQLException {
    PeopleResolver resolver = new PeopleResolver(directory, keys);
    SourceIdentity bob = identity("aad.x", null, null, "Bob");
    Person before = resolver.resolve(List.of(bob)).person(bob);
    assertThat(before.name()).isNotNull();
    keys.destroy(before.id().keyOwner());
    Person after = resolver.resolve(List.of(bob)).person(bob);
    assertThat(after).isEqualTo(new Person(before.id(), null));
  }

  private IdentityDirectory newDirectory() {
    return new IdentityDirectory(
        dataSource,
        keys,
        InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
        UUID::randomUUID);
  }

  private SubjectId resolve(SourceIdentity identity) throws SQLException {
    return directory.resolve(List.of(identity)).get(identity).subject();
  }

  private static SourceIdentity identity(String descriptor, String id, String name, String shown) {
    return new SourceIdentity(HERE, descriptor, id, name, shown);
  }

  private long conflicts() throws SQLException {
    return count("select count(*) from identity.conflict");
  }

  private long count(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
