package io.countersign.audit.verify;

import io.countersign.audit.verify.Problem.Code;
import io.countersign.audit.verify.StoredLogVerification.Sealed;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.PartialOrFull;
import io.countersign.auditlog.tile.PublishedLogVerifier;
import io.countersign.auditlog.tile.PublishedPartVerifier;
import io.countersign.auditlog.tile.TileNodes;
import io.countersign.auditlog.tile.TileSource;
import io.countersign.auditlog.verdict.Summary;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that can be verified of a log at once: the signature of its newest checkpoint, that it grew
 * from an older one that was kept, everything published under it, and the database beside it.
 */
public final class LogAudit {

  private final Published published;
  private final Trust trust;
  private final Options options;
  private final Progress progress;
  private final List<Problem> problems = new ArrayList<>();
  private final Collected ofPublished = new Collected();

  private LogAudit(Published published, Trust trust, Options options, Progress progress) {
    this.published = new Published(new PartialOrFull(published.tiles()), published.checkpoint());
    this.trust = trust;
    this.options = options;
    this.progress = progress;
  }

  /**
   * A published log.
   *
   * @param tiles its tiles and bundles
   * @param checkpoint the newest, as published
   */
  public record Published(TileSource tiles, byte[] checkpoint) {}

  /** Who may sign checkpoints of this log. */
  @FunctionalInterface
  public interface Trust {

    /** The checkpoint of a note, when it is signed as it must be. */
    Checkpoint checkpoint(SignedNote note) throws NoteRefusedException, NoteFormatException;
  }

  /**
   * The database behind it.
   *
   * @param reader of the rows
   * @param keys of what they hold
   * @param erasures that the log says were done: asked at the beginning, and again at the end when
   *     a key was destroyed that none named at the beginning
   */
  public record Database(LogReader reader, KeyStates keys, Supplier<Erasures> erasures) {}

  /**
   * How much.
   *
   * @param kept an older checkpoint of this log; null for none
   * @param onlyGrown only what came after the kept one
   * @param from first index to verify
   * @param to index after the last; {@link Long#MAX_VALUE} for all there is
   * @param contents whether payloads and metadata in the database are read
   */
  public record Options(
      byte @Nullable [] kept, boolean onlyGrown, long from, long to, boolean contents) {

    /** Everything. */
    public static final Options WHOLE = new Options(null, false, 0, Long.MAX_VALUE, true);
  }

  /** Verifies a published log, and the database behind it where one is given. */
  public static AuditReport run(
      Published published,
      Trust trust,
      @Nullable Database database,
      Options options,
      Progress progress) {
    return new LogAudit(published, trust, options, progress).run(database);
  }

  private AuditReport run(@Nullable Database database) {
    Checkpoint now = read(published.checkpoint(), Code.CHECKPOINT_REFUSED, "the checkpoint");
    if (now == null) {
      return new AuditReport(
          null, problems, ofPublished, null, new Collected().verdicts().summary(0, 0), 0);
    }
    long from = options.from();
    if (options.kept() != null) {
      Checkpoint kept =
          read(options.kept(), Code.KEPT_CHECKPOINT_REFUSED, "the checkpoint that was kept");
      if (kept != null) {
        compareWithKept(kept, now);
        from = options.onlyGrown() && problems.isEmpty() ? Math.max(from, kept.size()) : from;
      }
    }
    progress.total(Math.max(0, Math.min(options.to(), now.size()) - from));
    verifyPublished(now, from);
    long to = Math.max(from, Math.min(options.to(), now.size()));
    Summary summary = ofPublished.verdicts().summary(from, to);
    if (database == null) {
      return new AuditReport(now, problems, ofPublished, null, summary, 0);
    }
    progress.total(Math.max(0, Math.min(options.to(), now.size()) - from));
    var part = new Part(from, Math.max(from, options.to()), options.contents());
    StoredLogVerification.Result stored =
        StoredLogVerification.run(
            database.reader(),
            part,
            new Sealed(published.tiles(), now.size()),
            database.keys(),
            database.erasures(),
            rows -> progress.reached(rows, ofPublished.count()));
    return new AuditReport(
        now, problems, ofPublished, stored.collected(), stored.summary(), stored.uncompared());
  }

  private @Nullable Checkpoint read(byte[] note, Code otherwise, String what) {
    try {
      return trust.checkpoint(SignedNote.parse(note));
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add(new Problem(otherwise, what + " is refused: " + e.getMessage()));
      return null;
    }
  }

  /** The older checkpoint needs no folder of its own: the newer tree holds all of its nodes. */
  private void compareWithKept(Checkpoint kept, Checkpoint now) {
    if (kept.size() > now.size()) {
      problems.add(
          new Problem(
              Code.ROLLED_BACK,
              "%d entries were sealed, now there are %d".formatted(kept.size(), now.size())));
    } else if (kept.size() > 0) {
      try {
        new Tree(new TileNodes(published.tiles(), now.size()), now.size())
            .consistencyFrom(kept.size())
            .verify(kept.root(), now.root());
      } catch (ProofRefusedException e) {
        problems.add(
            new Problem(Code.FORKED, "the log did not grow from what was kept: " + e.getMessage()));
      } catch (IOException e) {
        problems.add(
            new Problem(
                Code.GROWTH_UNREADABLE,
                "whether the log grew from what was kept cannot be read from its tiles"));
      }
    }
  }

  private void verifyPublished(Checkpoint now, long from) {
    if (from == 0 && options.to() >= now.size()) {
      PublishedLogVerifier.verify(
          published.tiles(), now, ofPublished, done -> progress.reached(done, ofPublished.count()));
    } else if (from < Math.min(options.to(), now.size())) {
      PublishedPartVerifier.verify(
          published.tiles(),
          now,
          from,
          Math.min(options.to(), now.size()),
          ofPublished,
          done -> progress.reached(done, ofPublished.count()));
    }
  }
}
