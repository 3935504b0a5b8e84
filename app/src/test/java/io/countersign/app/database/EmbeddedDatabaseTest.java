package io.countersign.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.EmbeddedSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster for all of these, because making one takes seconds; hence the order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EmbeddedDatabaseTest {

  private static final EmbeddedSettings SETTINGS = new EmbeddedSettings(0, 20);

  @TempDir static Path folder;

  /** With a space, because people have them. */
  private static DataDirectory directory() {
    return new DataDirectory(folder.resolve("data dir")).prepared();
  }

  @Test
  @Order(1)
  void startsDurablyBehindAPasswordAndKeepsItsPortAndWhatWasCommitted()
      throws SQLException, IOException {
    DatabaseAddress first;
    try (var database = EmbeddedDatabase.start(directory(), SETTINGS)) {
      first = database.address();
      assertThat(ask(first, "show fsync")).isEqualTo("on");
      assertThat(ask(first, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(first, "show full_page_writes")).isEqualTo("on");
      var superuser = new DatabaseAddress(first.url(), "postgres", first.password());
      assertThat(ask(superuser, "show unix_socket_directories")).isEmpty();
      assertThat(ask(first, "show server_encoding")).isEqualTo("UTF8");
      assertThat(
              ask(first, "select datcollate from pg_database where datname = current_database()"))
          .isEqualTo("C");
      assertThat(ask(first, "select rolsuper from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      var wrong = new DatabaseAddress(first.url(), first.user(), "guess");
      assertThatThrownBy(() -> ask(wrong, "select 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      run(first, "create table kept (what text)");
      run(first, "insert into kept values ('this')");
    }
    try (var unpacked = Files.walk(directory().binaries())) {
      assertThat(unpacked.filter(file -> !Files.isSymbolicLink(file)))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .doesNotContain(
                          PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
    }
    assertThat(Files.getPosixFilePermissions(directory().databasePassword().path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var database = EmbeddedDatabase.start(directory(), SETTINGS)) {
      assertThat(database.address()).isEqualTo(first);
      assertThat(ask(database.address(), "select what from kept")).isEqualTo("this");
    }
  }

  @Test
  @Order(2)
  void startedForReadingItRefusesToWrite() {
    try (var database = EmbeddedDatabase.startReadOnly(directory())) {
      assertThatThrownBy(() -> run(database.address(), "insert into kept values ('that')"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }

  @Test
  @Order(3)
  void aServerLeftBehindByAKilledProcessIsStopped() throws IOException, SQLException {
    var left = EmbeddedDatabase.start(directory(), SETTINGS);
    long pid =
        Long.parseLong(
            Files.readAllLines(directory().cluster().resolve("postmaster.pid")).getFirst());
    assertThat(ProcessHandle.of(pid)).isPresent();

    OrphanPostmaster.stop(directory());

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    left.close();
  }

  @Test
  @Order(4)
  void aTakenPortIsAvoidedUnlessItWasConfigured() throws IOException {
    try (var database = EmbeddedDatabase.start(directory(), SETTINGS);
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(database.address().url()).doesNotContain(":" + other.getLocalPort() + "/");
    }
    int last = Integer.parseInt(Files.readString(directory().databasePortFile()).strip());
    try (var other = new ServerSocket(last, 1, InetAddress.getLoopbackAddress());
        var database = EmbeddedDatabase.start(directory(), SETTINGS)) {
      assertThat(database.address().url()).doesNotContain(":" + other.getLocalPort() + "/");
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory(), new EmbeddedSettings(last, 20)))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("port " + last)
          .hasMessageContaining("countersign.database.embedded.port");
    }
  }

  @Test
  @Order(5)
  void aServerWithOtherFilesIsRecognizedAsForeign() {
    assertThatThrownBy(() -> EmbeddedDatabase.checkIsOurs(folder, directory().cluster(), 5432))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("not the one in");
  }

  @Test
  @Order(6)
  void aDirectoryWithoutItsPasswordIsRefusedAndNothingIsChanged() throws IOException {
    Path password = directory().databasePassword().path();
    Path away = password.resolveSibling("away");
    Files.move(password, away);
    assertThatThrownBy(() -> EmbeddedDatabase.start(directory(), SETTINGS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("postgres.password is missing");
    assertThat(password).doesNotExist();
    Files.move(away, password);
  }

  @Test
  @Order(7)
  void filesOfAnotherMajorAreRefusedWithTheSteps() throws IOException {
    Path version = directory().cluster().resolve("PG_VERSION");
    String before = Files.readString(version);
    assertThat(before.strip()).isEqualTo(EmbeddedDatabase.MAJOR);
    Files.writeString(version, "15\n");
    assertThatThrownBy(() -> EmbeddedDatabase.start(directory(), SETTINGS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("made by PostgreSQL 15")
        .hasMessageContaining("pg_dump");
    Files.writeString(version, before);
  }

  @Test
  @Order(8)
  void aDatabaseWithoutTheRecordOfItsFirstStartIsRefusedAndKept() throws IOException {
    Files.delete(directory().databasePortFile());
    assertThatThrownBy(() -> EmbeddedDatabase.start(directory(), SETTINGS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("postgres.port");
    assertThat(directory().cluster().resolve("PG_VERSION")).exists();
  }

  @Test
  @Order(9)
  void anInterruptedFirstStartIsBegunAnew() throws IOException, SQLException {
    Files.writeString(directory().unfinishedFile(), "");
    Files.delete(directory().cluster().resolve("postgresql.conf"));
    try (var database = EmbeddedDatabase.start(directory(), SETTINGS)) {
      assertThat(ask(database.address(), "select to_regclass('kept') is null")).isEqualTo("t");
    }
    assertThat(directory().unfinishedFile()).doesNotExist();
    assertThat(directory().databasePortFile()).exists();
  }

  @Test
  @Order(10)
  void aServerLeftBehindIsStoppedThroughALinkToTheDirectoryToo() throws IOException {
    var left = EmbeddedDatabase.start(directory(), SETTINGS);
    var pid = Files.readAllLines(directory().cluster().resolve("postmaster.pid")).getFirst();
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory().path());

    OrphanPostmaster.stop(new DataDirectory(link));

    assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
    left.close();
  }

  private static String ask(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = address.connect("test");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void run(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = address.connect("test");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
