package io.countersign.audit.verify;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.Column;
import io.countersign.auditlog.Finding.ColumnMismatch;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.IndexGap;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.auditlog.LogRow;
import io.countersign.auditlog.tile.PublishedEntries;
import io.countersign.auditlog.tile.TileSource;
import io.countersign.auditlog.verdict.EntryDifference;
import io.countersign.auditlog.verdict.Placement;
import io.countersign.auditlog.verdict.Summary;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Part;
import io.countersign.eventlog.read.StoredEntry;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a part of the log in the database against what was sealed of it: each row with the leaf
 * under a signed root, payloads and metadata with the digests in the entries, columns with what the
 * entries say, what comes after the checkpoint with the chain, and whether text can still be
 * opened.
 *
 * <p>The published log itself is verified elsewhere, and before: read the checkpoint first, then
 * the database, which has only grown since.
 */
public final class StoredLogVerification {

  private final LogReader reader;
  private final Part part;
  private final long sealed;
  private final PublishedEntries published;
  private final Supplier<Erasures> erasuresNow;
  private final Collected collected = new Collected();
  private final KeyCheck keys;
  private final PayloadCheck payloads;
  private final Placement placement;
  private final ChainVerifier chain;
  private @Nullable LogRow current;
  private boolean compared;
  private boolean standsElsewhere;
  private long next;
  private long uncompared;

  private StoredLogVerification(
      LogReader reader,
      Part part,
      Sealed sealed,
      KeyStates keyStates,
      Supplier<Erasures> erasures) {
    this.reader = reader;
    this.part = part;
    this.sealed = sealed.size();
    this.published = new PublishedEntries(sealed.tiles(), sealed.size());
    Erasures said = erasures.get();
    this.keys = new KeyCheck(keyStates::of, said, collected);
    this.payloads = new PayloadCheck(said, collected);
    this.erasuresNow = erasures;
    this.placement = new Placement(published, collected);
    this.chain = chain();
    this.next = part.from();
  }

  /**
   * What was sealed.
   *
   * @param tiles of the published log
   * @param size under a checkpoint that was verified; 0 when nothing is sealed
   */
  public record Sealed(TileSource tiles, long size) {

    /** Nothing is sealed. */
    public static final Sealed NOTHING =
        new Sealed(
            path -> {
              throw new java.io.FileNotFoundException(path.toString());
            },
            0);
  }

  /**
   * What came of it.
   *
   * @param summary verdicts of the entries of the part
   * @param collected the findings
   * @param rows how many rows were read
   * @param uncompared how many of them could not be compared with their leaf, which is unreadable
   */
  public record Result(Summary summary, Collected collected, long rows, long uncompared) {}

  /**
   * Verifies.
   *
   * @param part from where to where; may end behind the last entry
   * @param progress is told now and then how many rows are done
   */
  public static Result run(
      LogReader reader,
      Part part,
      Sealed sealed,
      KeyStates keyStates,
      Supplier<Erasures> erasures,
      LongConsumer progress) {
    return new StoredLogVerification(reader, part, sealed, keyStates, erasures).run(progress);
  }

  private Result run(LongConsumer progress) {
    long end = reader.head().map(head -> head.lastIndex() + 1).orElse(0L);
    reader.scan(
        part,
        row -> {
          verify(row);
          if (chain.rows() % LogVerification.PROGRESS_EVERY == 0) {
            progress.accept(chain.rows());
          }
        });
    keys.finish(erasuresNow);
    payloads.finish(erasuresNow);
    end = Math.min(part.to(), Math.max(end, next));
    long toCompare = Math.clamp(sealed, part.from(), part.to());
    if (next < Math.min(end, toCompare)) {
      placement.absent(next, Math.min(end, toCompare) - 1);
    }
    placement.reportAbsent(Math.max(end, part.from()), toCompare, sealed);
    placement.reportChanged();
    collected.verdicts().mark(Math.max(sealed, part.from()), end - 1, Verdict.UNSEALED, "");
    long to = Math.max(part.from(), Math.max(end, toCompare));
    progress.accept(chain.rows());
    return new Result(
        collected.verdicts().summary(part.from(), to), collected, chain.rows(), uncompared);
  }

  private ChainVerifier chain() {
    ChainVerifier verifier;
    if (part.from() == 0) {
      verifier = ChainVerifier.fromTheStart(this::foundInChain);
    } else {
      Optional<StoredEntry> before = reader.entry(part.from() - 1);
      verifier =
          before.isPresent()
              ? ChainVerifier.after(Rows.of(before.get()), this::foundInChain)
              : ChainVerifier.withoutThoseBefore(part.from(), this::foundInChain);
    }
    return part.contents() ? verifier : verifier.withoutContents();
  }

  private void verify(StoredEntry stored) {
    long index = stored.index();
    LogRow row = Rows.of(stored);
    EntryHash leaf = index < sealed ? published.leaf(index).orElse(null) : null;
    if (leaf == null && index < sealed) {
      uncompared++;
    }
    compared = leaf != null;
    standsElsewhere = false;
    current = row;
    EntryHash computed = chain.accept(leaf == null ? row : withHash(row, leaf));
    if (leaf == null) {
      if (standsElsewhere) {
        placement.isDisplaced(index, row.entry(), computed);
      }
    } else if (!computed.equals(leaf)) {
      if (!placement.isDisplaced(index, row.entry(), computed)) {
        placement.changed(index, () -> field(index, row.entry()));
      }
    } else if (!Arrays.equals(row.entryHash(), leaf.bytes())) {
      collected.accept(new ColumnMismatch(index, Column.ENTRY_HASH));
    }
    if (part.contents()) {
      keys.accept(index, row.payload());
      payloads.accept(row);
    }
    next = index + 1;
  }

  /** The chain is held against what was sealed, not against what the table repeats of it. */
  private static LogRow withHash(LogRow row, EntryHash leaf) {
    return new LogRow(
        row.index(), leaf.bytes(), row.entry(), row.payload(), row.metadata(), row.columns());
  }

  private String field(long index, byte[] stored) {
    return published.entry(index).map(was -> EntryDifference.between(was, stored)).orElse("entry");
  }

  private void foundInChain(Finding finding) {
    switch (finding) {
      case HashMismatch _ when compared -> {
        // and judged by what was sealed
      }
      case ColumnMismatch column when compared && column.column() == Column.INDEX -> {
        // the same
      }
      case IndexGap gap -> gap(gap);
      case PayloadDigestMismatch _ when current != null -> payloads.differs(current);
      case ColumnMismatch column when column.column() == Column.INDEX -> {
        standsElsewhere = true;
        collected.accept(column);
      }
      default -> collected.accept(finding);
    }
  }

  /** What was sealed and does not stand here may stand elsewhere. */
  private void gap(IndexGap gap) {
    long missing = Math.max(gap.missingFrom(), part.from());
    if (missing < Math.min(gap.index(), sealed)) {
      placement.absent(missing, Math.min(gap.index(), sealed) - 1);
    }
    if (Math.max(missing, sealed) < gap.index()) {
      collected.accept(new IndexGap(Math.max(missing, sealed), gap.index()));
    }
  }
}
