package io.countersign.audit.verify;

import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Sealer;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A sealed log of {@value #ENTRIES} entries that says of some that their text goes. None has lost
 * it yet: {@link #replace} does that, past the database, which would refuse most of it.
 */
public final class PurgedLog implements AutoCloseable {

  public static final int ENTRIES = 30;

  /** A comment, and the entry that says of it rightly that its text goes. */
  public static final int COMMENT = 5;

  public static final int BY = 20;

  /** A comment of which nothing is said. */
  public static final int OTHER_COMMENT = 6;

  /** Said of a payload it never had. */
  public static final int OTHER_DIGEST = 9;

  /** Said of what is no text. */
  public static final int NO_TEXT = 10;

  /** Said, and approved by one other only. */
  public static final int ONE_APPROVAL = 11;

  public static final String LEFT = "{\"text\":{\"sealed\":\"\"}}";

  private final StoredLog stored = new StoredLog(ENTRIES, PurgedLog::payload, PurgedLog::name);
  private final NoteSigner signer = SealedLog.signer(SealedLog.ORIGIN);

  public Path seal(Path folder) throws Exception {
    var published = new PublishedLog(folder);
    Sealer sealer =
        Sealer.resume(new JdbcLogReader(stored.dataSource()), published, LogKeys.of(signer));
    while (sealer.seal() > 0) {
      // until all is sealed
    }
    return folder;
  }

  /** What the database's function does, and others would like to do. */
  public void replace(int index, String payload) {
    stored.execute(
        "update eventlog.entry set payload = convert_to('%s', 'UTF8') where index = %d"
            .formatted(payload, index));
  }

  public DataSource dataSource() {
    return stored.dataSource();
  }

  public JdbcLogReader reader() {
    return new JdbcLogReader(stored.dataSource());
  }

  public LogAudit.Trust trust() {
    return note ->
        new NoteVerifier(List.of(signer.verifierKey())).checkpoint(note, SealedLog.ORIGIN);
  }

  AuditReport audit(Path folder, Supplier<Erasures> erasures) throws IOException {
    var published = new PublishedLog(folder);
    return LogAudit.run(
        new LogAudit.Published(published, Files.readAllBytes(folder.resolve("checkpoint"))),
        trust(),
        new LogAudit.Database(reader(), new KeyStates(dataSource()), erasures),
        LogAudit.Options.WHOLE,
        Progress.SILENT);
  }

  private static String name(int index) {
    return switch (index) {
      case COMMENT, OTHER_COMMENT, OTHER_DIGEST, ONE_APPROVAL -> "workitem.Commented";
      case BY, BY + 1, BY + 2, BY + 3 -> PurgeStatement.NAME;
      default -> "workitem.Restored";
    };
  }

  private static String payload(int index) {
    String two = "\"principal:ben\",\"principal:cleo\"";
    return switch (index) {
      case BY -> said(COMMENT, digest(COMMENT), two);
      case BY + 1 -> said(OTHER_DIGEST, digest(COMMENT), two);
      case BY + 2 -> said(NO_TEXT, digest(NO_TEXT), two);
      case BY + 3 ->
          said(ONE_APPROVAL, digest(ONE_APPROVAL), "\"principal:ben\",\"principal:ann\"");
      default -> "{\"n\":%d,\"text\":{\"sealed\":\"\",\"was\":\"a secret\"}}".formatted(index);
    };
  }

  private static String said(int index, String digest, String approvedBy) {
    return "{\"index\":%d,\"digest\":\"%s\",\"remains\":\"%s\",\"requestedBy\":\"principal:ann\",\"approvedBy\":[%s]}"
        .formatted(index, digest, LEFT.replace("\"", "\\\""), approvedBy);
  }

  private static String digest(int index) {
    return ContentDigest.of(payload(index).getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Override
  public void close() {
    stored.close();
  }
}
