package io.countersign.audit.headmap;

import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadMapProof;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a head map says about an aggregate, and everything to check it with.
 *
 * @param aggregateId asked for
 * @param present whether the log had an entry of it
 * @param sequence of its last entry; absent when there is none
 * @param index of its last entry; absent when there is none
 * @param map which map
 * @param proof that the map says so, as text (docs/audit-log-format.md)
 * @param recorded the entry that records the map
 */
record HeadView(
    String aggregateId,
    boolean present,
    @Nullable Long sequence,
    @Nullable Long index,
    MapView map,
    String proof,
    RecordedView recorded) {

  /**
   * A head map.
   *
   * @param size entries of the log it stands over
   * @param root in base64
   * @param aggregates how many heads it has
   */
  record MapView(long size, String root, long aggregates) {

    static MapView of(HeadMapRecorded said) {
      return new MapView(said.size(), said.root(), said.aggregates());
    }
  }

  /**
   * An entry that records a head map.
   *
   * @param index of the entry
   * @param entry its bytes, base64
   * @param payload its stored payload, base64: the digest in the entry is over it
   * @param inclusion that it is in the log: a C2SP tlog-proof with the checkpoint
   */
  record RecordedView(long index, String entry, String payload, String inclusion) {}

  static HeadView of(
      String aggregateId,
      @Nullable Head head,
      HeadMapProof proof,
      RecordedHeadMap recorded,
      ProofFile inclusion) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new HeadView(
        aggregateId,
        head != null,
        head == null ? null : Long.valueOf(head.sequence()),
        head == null ? null : Long.valueOf(head.index()),
        MapView.of(recorded.said()),
        proof.toString(),
        new RecordedView(
            recorded.index(),
            base64.encodeToString(recorded.entry()),
            base64.encodeToString(recorded.payload()),
            new String(inclusion.bytes(), StandardCharsets.UTF_8)));
  }
}
