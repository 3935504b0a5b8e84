package io.countersign.audit.verify;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.auditlog.LogRow;
import io.countersign.auditlog.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Tells payloads whose text was purged, as the log says, from payloads that somebody changed. */
final class PayloadCheck {

  /** Beyond that many changed payloads nobody asks whether one of them was purged just now. */
  private static final int MOST_WAITING = 10_000;

  private final Erasures erasures;
  private final Collected collected;
  private final List<Other> unexplained = new ArrayList<>();

  PayloadCheck(Erasures erasures, Collected collected) {
    this.erasures = erasures;
    this.collected = collected;
  }

  /** A payload is not the one its entry vouches for. */
  void differs(LogRow row) {
    try {
      var other = new Other(EntryCodec.decode(row.entry()), ContentDigest.of(row.payload()));
      if (explained(other, erasures)) {
        return;
      }
      if (unexplained.size() < MOST_WAITING) {
        unexplained.add(other);
        return;
      }
    } catch (EntryFormatException _) {
      // reported as well, where the entry is read
    }
    collected.accept(new PayloadDigestMismatch(row.index()));
  }

  /** Notes an entry whose payload is to be purged, and is still there. */
  void accept(LogRow row) {
    OptionalLong by = erasures.purgeOf(row.index());
    if (by.isEmpty()) {
      return;
    }
    try {
      if (EntryCodec.decode(row.entry()).payloadDigest().equals(ContentDigest.of(row.payload()))) {
        collected.notYetPurged(row.index(), by.getAsLong());
      }
    } catch (EntryFormatException _) {
      // reported where the entry is read
    }
  }

  /** Looks once more at what nothing explained, with what the log says by now. */
  void finish(Supplier<Erasures> now) {
    if (!unexplained.isEmpty()) {
      Erasures later = now.get();
      for (Other other : unexplained) {
        if (!explained(other, later)) {
          collected.accept(new PayloadDigestMismatch(other.entry().index().value()));
        }
      }
      unexplained.clear();
    }
  }

  private boolean explained(Other other, Erasures said) {
    OptionalLong by = said.ofPayload(other.entry(), other.stored());
    by.ifPresent(
        entry -> collected.verdicts().erased(other.entry().index().value(), Verdict.PURGED, entry));
    return by.isPresent();
  }

  /** An entry with another payload than it was written with. */
  private record Other(Entry entry, ContentDigest stored) {}
}
