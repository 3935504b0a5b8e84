package io.countersign.audit.halt;

import io.countersign.audit.key.KeyBook;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Sealing;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.read.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads how the log stands, from the folder and the database: on any node with the role audit. */
final class AuditStatus {

  private final Sealing sealing;
  private final PublishedLog published;
  private final LogReader reader;
  private final Halts halts;
  private final Clock clock;

  AuditStatus(Sealing sealing, PublishedLog published, LogReader reader, Halts halts, Clock clock) {
    this.sealing = sealing;
    this.published = published;
    this.reader = reader;
    this.halts = halts;
    this.clock = clock;
  }

  AuditStatusView view() throws IOException, SQLException {
    Checkpoint sealed = sealed();
    KeyPolicy policy = policy();
    long size = sealed == null ? 0 : sealed.size();
    long stored = reader.head().map(head -> head.lastIndex() + 1).orElse(0L);
    return new AuditStatusView(
        sealing.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        sealed != null ? sealed.origin() : policy == null ? null : policy.origin(),
        published.folder().toString(),
        size,
        Math.max(0, stored - size),
        age(),
        policy == null ? List.of() : keys(policy),
        halts.current().map(AuditStatus::halted).orElse(null));
  }

  private static List<AuditStatusView.Key> keys(KeyPolicy policy) {
    return policy.lines().stream()
        .map(line -> new AuditStatusView.Key(line.key().toString(), line.first(), line.last()))
        .toList();
  }

  private static AuditStatusView.Halted halted(Halt halt) {
    return new AuditStatusView.Halted(
        halt.reason(), halt.index(), halt.words(), halt.node(), halt.since());
  }

  /** What cannot be read here is what the halt is about. */
  private @Nullable Checkpoint sealed() throws IOException {
    try {
      SignedNote note = published.checkpoint().orElse(null);
      return note == null ? null : Checkpoint.parse(note.text());
    } catch (NoteFormatException _) {
      return null;
    }
  }

  private @Nullable KeyPolicy policy() throws IOException {
    try {
      String text = published.read(KeyBook.POLICY).orElse(null);
      return text == null ? null : KeyPolicy.parse(text);
    } catch (NoteFormatException _) {
      return null;
    }
  }

  private @Nullable Double age() throws IOException {
    Path file = published.folder().resolve("checkpoint");
    return Files.exists(file)
        ? Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant()).toMillis()
            / 1_000.0
        : null;
  }
}
