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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After an erasure nothing leads from what a source calls somebody to what was recorded before. */
class ForgettingTest {

  private static final OrganizationId HERE = new OrganizationId("fabrikam");
  private static final SourceIdentity ADA =
      new SourceIdentity(HERE, "aad.ada", "77", "ada@example.com", "Ada Lovelace");
  private static final SourceIdentity BOB =
      new SourceIdentity(HERE, "aad.bob", "78", "bob@example.com", "Bob");

  private final TestKeys keys = new TestKeys();
  private HikariDataSource dataSource;
  private IdentityDirectory directory;

  @BeforeEach
  void openDatabase() {
    dataSource = TestPostgres.pool(TestPostgres.newDatabase(), 4);
    IdentityDirectory.SCHEMA.migrate(dataSource);
    directory = node();
  }

  @AfterEach
  void closeDatabase() {
    dataSource.close();
  }

  @Test
  void whoIsToldOfAgainIsSomebodyElseWithoutAName() throws SQLException {
    SubjectId before = person(ADA).id();
    erase(before);
    Person after = person(ADA);
    assertThat(after.id()).isNotEqualTo(before);
    assertThat(after.name()).isNull();
    assertThat(person(ADA)).as("the same from then on").isEqualTo(after);
    assertThat(person(new SourceIdentity(HERE, null, null, "ada@example.com", "Ada Lovelace")))
        .as("by each of the aliases")
        .isEqualTo(after);
  }

  @Test
  void nothingInTheDirectoryNamesTheErasedSubject() throws SQLException {
    SubjectId ada = person(ADA).id();
    SubjectId byName = person(new SourceIdentity(HERE, null, null, "old@example.com", null)).id();
    person(new SourceIdentity(HERE, "aad.ada", null, "old@example.com", null));
    assertThat(number("select count(*) from identity.conflict")).isOne();
    erase(ada);
    assertThat(
            number(
                """
                select (select count(*) from identity.subject where subject = '%1$s')
                  + (select count(*) from identity.alias where subject = '%1$s')
                  + (select count(*) from identity.conflict where '%1$s' in (kept, other))
                """
                    .formatted(ada)))
        .isZero();
    assertThat(directory.isKnown(ada)).isFalse();
    assertThat(directory.isKnown(byName)).isTrue();
    assertThat(number("select count(*) from identity.alias where created_at = 'epoch'"))
        .as("no time tells which erasure an alias is from")
        .isEqualTo(
            number(
                "select count(*) from identity.alias a join identity.subject s using (subject) where s.forgotten"))
        .isPositive();
  }

  @Test
  void aNodeThatRemembersTheErasedSubjectDropsItWhenKeysWereDestroyed() throws SQLException {
    IdentityDirectory other = node();
    SubjectId before = other.resolve(List.of(ADA)).get(ADA).subject();
    assertThat(other.settled(ADA)).isNotNull();
    erase(before);
    assertThat(other.settled(ADA)).isNull();
    assertThat(other.resolve(List.of(ADA)).get(ADA))
        .satisfies(met -> assertThat(met.forgotten()).isTrue())
        .satisfies(met -> assertThat(met.subject()).isNotEqualTo(before));
  }

  @Test
  void othersKeepWhatTheyAre() throws SQLException {
    Person bob = person(BOB);
    erase(person(ADA).id());
    assertThat(person(BOB)).isEqualTo(bob);
    assertThat(bob.name()).isNotNull();
  }

  @Test
  void forgettingAgainChangesNothing() throws SQLException {
    SubjectId before = person(ADA).id();
    erase(before);
    SubjectId after = person(ADA).id();
    directory.forget(before);
    assertThat(person(ADA).id()).isEqualTo(after);
    assertThat(number("select count(*) from identity.subject")).isOne();
  }

  @Test
  void officersFindSubjectsByWhatASourceCallsThem() throws SQLException {
    SubjectId ada = person(ADA).id();
    assertThat(directory.find(null, " ADA@example.com "))
        .containsExactly(new Sought(ada, false, Set.of("unique-name")));
    assertThat(directory.find(null, "aad.ada"))
        .containsExactly(new Sought(ada, false, Set.of("descriptor")));
    assertThat(directory.find(HERE, "77")).containsExactly(new Sought(ada, false, Set.of("id")));
    assertThat(directory.find(null, "77")).isEmpty();
    SubjectId shown = person(new SourceIdentity(HERE, null, null, null, "Jamal Hartnett")).id();
    assertThat(directory.find(HERE, "jamal hartnett"))
        .containsExactly(new Sought(shown, false, Set.of("display")));
    erase(ada);
    assertThat(directory.find(null, "ada@example.com"))
        .singleElement()
        .satisfies(found -> assertThat(found.forgotten()).isTrue())
        .satisfies(found -> assertThat(found.subject()).isNotEqualTo(ada));
  }

  /** As the automation does it: aliases first. */
  private void erase(SubjectId subject) throws SQLException {
    directory.forget(subject);
    keys.destroy(subject.keyOwner());
  }

  private Person person(SourceIdentity identity) throws SQLException {
    return new PeopleResolver(directory, keys).resolve(List.of(identity)).person(identity);
  }

  private IdentityDirectory node() {
    return new IdentityDirectory(
        dataSource,
        keys,
        InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
        UUID::randomUUID);
  }

  private long number(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
