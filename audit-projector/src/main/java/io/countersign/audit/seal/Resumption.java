package io.countersign.audit.seal;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.housekeeping.Intent;
import io.countersign.audit.key.KeyBook;
import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.Epochs;
import io.countersign.audit.publish.Epochs.Epoch;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.SealingHaltedException.Reason;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what sealing goes on from, and stops the whole log where it may not. Only for who holds the
 * folder's lock, but for {@link #standing}.
 */
final class Resumption {

  private final LogReader reader;
  private final PublishedLog published;
  private final Epochs epochs;
  private final KeyBook keyBook;
  private final AuditEntries entries;
  private final Halts halts;
  private final String node;

  Resumption(
      LogReader reader,
      PublishedLog published,
      Epochs epochs,
      KeyBook keyBook,
      AuditEntries entries,
      Halts halts,
      String node) {
    this.reader = reader;
    this.published = published;
    this.epochs = epochs;
    this.keyBook = keyBook;
    this.entries = entries;
    this.halts = halts;
    this.node = node;
  }

  /** What stops the log now. */
  Optional<Halt> standing() throws SQLException {
    return halts.current();
  }

  /**
   * The same, after removing what was decided since: by bringing the key back, or by a restart that
   * did not get as far.
   */
  Optional<Halt> undecided() throws IOException, SealingHaltedException, SQLException {
    Halt standing = halts.current().orElse(null);
    if (standing == null) {
      return Optional.empty();
    }
    Epoch current = epochs.current();
    published.moveTo(current.folder());
    boolean isOfKey = standing.reason().startsWith("KEY_");
    if (isOfKey) {
      keys(current.origin());
    }
    if (isOfKey || !standing.origin().equals(current.origin())) {
      halts.clear();
      return Optional.empty();
    }
    return Optional.of(standing);
  }

  /** What can be told without changing anything: throws where the log has to stop. */
  Sealer inspected() throws IOException, SealingHaltedException {
    Epoch epoch = epoch();
    LogKeys keys = keys(epoch.origin()).orElse(null);
    return keys == null
        ? Sealer.fromTheStart(reader, published)
        : Sealer.resume(reader, published, keys);
  }

  /** Where sealing goes on; what was decided and not recorded yet is recorded now. */
  Sealer prepared() throws IOException, SealingHaltedException {
    Sealer found = inspected();
    Epoch epoch = epoch();
    Intent restart = restart().orElse(null);
    if (restart != null && published.read(KeyBook.POLICY).isEmpty()) {
      entries.append(restart.event(), restart.actor(), restart.id());
    }
    try {
      found.use(keyBook.open(epoch.origin(), found.size()));
    } catch (LogKeyException e) {
      throw new SealingHaltedException(e);
    }
    return found;
  }

  /** Stops appends and intake on every node. */
  void halt(SealingHaltedException e) throws IOException, SQLException {
    halts.set(e.reason().name(), epochs.current().origin(), e.index(), words(e), node);
  }

  /** For people: what is wrong, and what can be done. */
  static String words(SealingHaltedException e) {
    return e.getMessage() + ". What can be done: " + e.reason().advice();
  }

  /** Goes on after what was wrong is sound again: everything is checked before. */
  String resume(Halt standing, String reason, Actor actor)
      throws IOException, SealingHaltedException, SQLException {
    Sealer sealer = inspected();
    int sealed = Sealer.PAGE;
    while (sealer.hasKeys() && (sealed == Sealer.PAGE || sealer.size() <= standing.index())) {
      sealed = sealer.seal();
      if (sealed == 0) {
        break;
      }
    }
    halts.clear();
    entries.append(
        new AuditEvent.SealingResumed(
            epochs.current().origin(), standing.reason(), standing.index(), reason),
        actor);
    return "the log is sound again, and goes on with %,d entries sealed".formatted(sealer.size());
  }

  /**
   * Goes on from what the database holds, under another origin and in another folder. The decision
   * is made when its file is on the disk; {@link #prepared} does the rest, now or after a crash.
   */
  String restart(Halt standing, String reason, Actor actor) throws IOException, SQLException {
    SealingHaltedException why;
    try {
      inspected();
      throw new DecisionRefusedException(
          "what was signed is in the database, there is nothing to begin anew: "
              + standing.words());
    } catch (SealingHaltedException e) {
      why = e;
    }
    if (!why.reason().allowsRestart()) {
      throw new DecisionRefusedException("this is not begun anew: " + words(why));
    }
    boolean isMissing = why.reason() == Reason.PUBLISHED_MISSING;
    Epoch former = isMissing ? epochs.newest(entries.origins()) : epochs.current();
    Epoch next = epochs.next(entries.origins());
    var event =
        new AuditEvent.LogRestarted(
            next.origin(),
            former.origin(),
            isMissing ? null : checkpoint(),
            isMissing ? 0 : why.index(),
            reason);
    published.moveTo(next.folder());
    published.write(Epochs.RESTART, Intent.of(event, actor).text());
    halts.clear();
    return "the log goes on as %s in %s; %,d entries are the same as before. Give auditors its new key line"
        .formatted(next.origin(), next.folder(), event.keptSize());
  }

  private @Nullable String checkpoint() throws IOException {
    try {
      return published.checkpoint().map(Object::toString).orElse(null);
    } catch (NoteFormatException _) {
      return null;
    }
  }

  private Epoch epoch() throws IOException, SealingHaltedException {
    Epoch current = epochs.current();
    published.moveTo(current.folder());
    Epoch newest = epochs.newest(entries.origins());
    if (newest.number() > current.number()) {
      throw new SealingHaltedException(Reason.PUBLISHED_MISSING, 0, newest.folder().toString());
    }
    if (published.read(KeyBook.POLICY).isEmpty() && entries.isIntroduced(current.origin())) {
      throw new SealingHaltedException(
          Reason.PUBLISHED_MISSING, 0, current.folder().resolve(KeyBook.POLICY).toString());
    }
    return current;
  }

  private Optional<LogKeys> keys(String origin) throws IOException, SealingHaltedException {
    try {
      return keyBook.check(origin);
    } catch (LogKeyException e) {
      throw new SealingHaltedException(e);
    }
  }

  private Optional<Intent> restart() throws IOException {
    String text = published.read(Epochs.RESTART).orElse(null);
    return text == null ? Optional.empty() : Optional.of(Intent.parse(text));
  }
}
