package io.countersign.auditlog.verdict;

import io.countersign.auditlog.Finding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a single finding says about entries.
 *
 * @param first the first entry it is about
 * @param last the last
 * @param verdict what it says about them
 * @param detail which field
 */
record Judgement(long first, long last, Verdict verdict, String detail) {

  /** The verdict of a finding about entries; null of one about a file, which entries outlive. */
  static @Nullable Judgement of(Finding finding) {
    long index = finding.index();
    return switch (finding) {
      case Finding.HashMismatch _ -> tampered(index, "entry");
      case Finding.Unreadable _ -> tampered(index, "entry");
      case Finding.PreviousHashMismatch _ -> tampered(index, "previous_hash");
      case Finding.AggregateLinkMismatch _ -> tampered(index, "aggregate_previous");
      case Finding.SequenceMismatch _ -> tampered(index, "sequence");
      case Finding.RecordedAtBackwards _ -> tampered(index, "recorded_at");
      case Finding.LogIdMismatch _ -> tampered(index, "log_id");
      case Finding.PayloadDigestMismatch _ -> tampered(index, "payload");
      case Finding.MetadataDigestMismatch _ -> tampered(index, "metadata");
      case Finding.ColumnMismatch column ->
          column.column() == Finding.Column.INDEX
              ? one(index, Verdict.REORDERED, "")
              : tampered(index, column.column().name().toLowerCase(Locale.ROOT));
      case Finding.LeafMismatch _ -> tampered(index, "leaf");
      case Finding.OtherThanSealed other ->
          new Judgement(index, other.last(), Verdict.TAMPERED, other.field());
      case Finding.IndexGap gap -> new Judgement(gap.missingFrom(), index - 1, Verdict.MISSING, "");
      case Finding.IndexRepeated repeated ->
          one(index, index == repeated.after() ? Verdict.INSERTED : Verdict.REORDERED, "");
      case Finding.Displaced displaced ->
          one(index, Verdict.REORDERED, "sealed as " + displaced.sealedAt());
      case Finding.Inserted _ -> one(index, Verdict.INSERTED, "");
      case Finding.RolledBack back ->
          new Judgement(index, back.sealed() - 1, Verdict.ROLLED_BACK, "");
      case Finding.KeyUnavailable _ -> one(index, Verdict.KEY_UNAVAILABLE, "");
      case Finding.UnsignedErasure _ ->
          one(index, Verdict.KEY_UNAVAILABLE, "destroyed without an entry that says so");
      case Finding.FileUnreadable file ->
          file.entries() == 0
              ? null
              : new Judgement(index, index + file.entries() - 1, Verdict.MISSING, file.file());
      case Finding.TileMismatch _, Finding.RootMismatch _ -> null;
    };
  }

  private static Judgement tampered(long index, String field) {
    return one(index, Verdict.TAMPERED, field);
  }

  private static Judgement one(long index, Verdict verdict, String detail) {
    return new Judgement(index, index, verdict, detail);
  }
}
