package io.countersign.audit.verify;

import io.countersign.audit.headmap.RecordedHeadMap;
import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Growing;
import io.countersign.audit.seal.Sealer;
import io.countersign.audit.verify.LogAudit.Options;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A log in a database and as it is published, written once: {@value #ENTRIES} entries of which
 * {@value #SEALED} are sealed, and a checkpoint of {@value #KEPT} that an auditor kept. Whoever
 * changes something works on a copy of the files, and has the database put back afterwards.
 */
public final class SealedLog implements AutoCloseable {

  public static final int ENTRIES = 300;
  public static final int SEALED = 280;
  public static final int KEPT = 100;
  public static final int ERASURE = 250;
  public static final int HEAD_MAP = 270;
  public static final int MAPPED = 260;
  public static final UUID ERASED_KEY = new UUID(0x4000L, 0x8000_0000_0000_0001L);
  public static final UUID HELD_KEY = new UUID(0x4000L, 0x8000_0000_0000_0002L);
  public static final String ORIGIN = "example.com/log";

  private final StoredLog stored = new StoredLog(ENTRIES, SealedLog::payload, SealedLog::name);
  private final NoteSigner signer = signer(ORIGIN);
  private final Path sealed;
  private final byte[] kept;

  public SealedLog(Path scratch) throws Exception {
    sealed = scratch.resolve("sealed");
    var growing = new Growing(new JdbcLogReader(stored.dataSource()));
    growing.size = KEPT;
    Sealer.resume(growing, new PublishedLog(sealed), LogKeys.of(signer)).seal();
    kept = Files.readAllBytes(sealed.resolve("checkpoint"));
    growing.size = SEALED;
    Sealer.resume(growing, new PublishedLog(sealed), LogKeys.of(signer)).seal();
    key(ERASED_KEY, "now()");
    key(HELD_KEY, "null");
    stored.execute("create table kept_entry as select * from eventlog.entry");
    stored.execute("create table kept_key as select * from eventlog.data_key");
  }

  public static NoteSigner signer(String origin) {
    try {
      return new NoteSigner(
          origin,
          SignatureType.ED25519,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String payload(int index) {
    return switch (index) {
      case 20, 42 -> sealedText(index, ERASED_KEY);
      case 60 -> sealedText(index, HELD_KEY);
      case ERASURE -> "{\"keys\":[{\"id\":\"%s\"}]}".formatted(ERASED_KEY);
      case HEAD_MAP ->
          "{\"origin\":\"%s\",\"size\":%d,\"root\":\"%s\",\"aggregates\":2}"
              .formatted(ORIGIN, MAPPED, headMap());
      default -> "{\"n\":%d}".formatted(index);
    };
  }

  private static String headMap() {
    return HeadMap.of(
            MAPPED,
            List.of(
                Head.of("workitem:fabrikam:1", MAPPED / 2 - 1, MAPPED - 2),
                Head.of("workitem:fabrikam:2", MAPPED / 2 - 1, MAPPED - 1)))
        .root()
        .base64();
  }

  private static String sealedText(int index, UUID key) {
    return "{\"n\":%d,\"title\":{\"key\":\"%s\",\"at\":\"t\",\"sealed\":\"AAAA\"}}"
        .formatted(index, key);
  }

  private static String name(int index) {
    return switch (index) {
      case ERASURE -> RecordedErasures.NAME;
      case HEAD_MAP -> RecordedHeadMap.NAME;
      default -> "workitem.Restored";
    };
  }

  private void key(UUID id, String destroyedAt) {
    stored.execute(
        """
        insert into eventlog.data_key (id, owner, purpose, wrapped, created_at, destroyed_at)
        values ('%s', 'person:%s', 'content', case when %s is null then '\\x00'::bytea end, now(), %s)
        """
            .formatted(id, id, destroyedAt, destroyedAt));
  }

  public NoteSigner signer() {
    return signer;
  }

  public DataSource dataSource() {
    return stored.dataSource();
  }

  public byte[] kept() {
    return kept.clone();
  }

  public void execute(String sql) {
    stored.execute(sql);
  }

  /** The database as it was written. */
  public void putBack() {
    stored.execute("truncate eventlog.entry");
    stored.execute("insert into eventlog.entry select * from kept_entry");
    stored.execute("delete from eventlog.data_key");
    stored.execute("insert into eventlog.data_key select * from kept_key");
  }

  /** A copy of the published folder. */
  public Path copyTo(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(sealed)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(sealed.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return folder;
  }

  /**
   * Hashes everything from an entry on anew, as somebody who knows the format would after changing
   * what it states.
   *
   * @param payload of the first; null to leave it
   * @param logId of all of them
   */
  void hashAgain(int from, int to, @Nullable String payload, @Nullable UUID logId) {
    var reader = new JdbcLogReader(stored.dataSource());
    EntryHash previous =
        from == 0
            ? EntryHash.NONE
            : EntryHash.fromBytes(reader.entry(from - 1).orElseThrow().entryHash());
    for (int index = from; index < to; index++) {
      StoredEntry row = reader.entry(index).orElseThrow();
      byte[] entry = row.entry();
      byte[] content = row.payload();
      if (index == from && payload != null) {
        content = payload.getBytes(StandardCharsets.UTF_8);
        byte[] digest = ContentDigest.of(content).bytes();
        System.arraycopy(digest, 0, entry, 90, digest.length);
      }
      EntryCodec.place(
          entry,
          logId == null ? new UUID(6, 9) : logId,
          index,
          previous,
          index < 2 ? -1 : index - 2,
          ChronoUnit.MICROS.between(Instant.EPOCH, row.recordedAt()));
      previous = EntryHash.of(entry);
      write(index, entry, previous, content);
    }
  }

  private void write(int index, byte[] entry, EntryHash hash, byte[] payload) {
    try (var connection = stored.dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "update eventlog.entry set entry = ?, entry_hash = ?, payload = ? where index = ?")) {
      statement.setBytes(1, entry);
      statement.setBytes(2, hash.bytes());
      statement.setBytes(3, payload);
      statement.setLong(4, index);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an auditor with the key and a kept checkpoint finds, in the files and the database. */
  AuditReport audit(Path folder, boolean database, byte @Nullable [] keptOnes) throws IOException {
    return audit(folder, database, new Options(keptOnes, false, 0, Long.MAX_VALUE, true));
  }

  AuditReport audit(Path folder, boolean database, Options options) throws IOException {
    var reader = new JdbcLogReader(stored.dataSource());
    return audit(folder, database, options, () -> RecordedErasures.in(reader));
  }

  AuditReport audit(Path folder, boolean database, Options options, Supplier<Erasures> erasures)
      throws IOException {
    var published = new PublishedLog(folder);
    var reader = new JdbcLogReader(stored.dataSource());
    return LogAudit.run(
        new LogAudit.Published(published, Files.readAllBytes(folder.resolve("checkpoint"))),
        note -> new NoteVerifier(List.of(signer.verifierKey())).checkpoint(note, ORIGIN),
        database
            ? new LogAudit.Database(reader, new KeyStates(stored.dataSource()), erasures)
            : null,
        options,
        Progress.SILENT);
  }

  @Override
  public void close() {
    stored.close();
  }
}
