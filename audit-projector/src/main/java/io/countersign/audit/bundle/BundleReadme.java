package io.countersign.audit.bundle;

import io.countersign.auditlog.note.Checkpoint;
import java.util.Locale;
import java.util.SortedSet;

/** What tells a person without our program what to do with a bundle. */
final class BundleReadme {

  private BundleReadme() {}

  static String text(
      Checkpoint checkpoint, BundleRequest request, SortedSet<Long> indexes, long complete) {
    String about =
        request.aggregate() != null
            ? "all entries of `%s` that are sealed: %d"
                .formatted(request.aggregate(), indexes.size())
            : "entries %d to %d: %d"
                .formatted(
                    request.from(), Math.min(request.to(), checkpoint.size()) - 1, indexes.size());
    String completeness =
        complete < 0
            ? "Nothing in here shows that these are all entries of anything."
            : "The head map in `head-map/` shows that these are all of them below index %d."
                .formatted(complete);
    String example =
        indexes.isEmpty()
            ? "entries/0000000000000000000"
            : BundleNames.of(BundleNames.ENTRIES, indexes.first(), "");
    return """
    # Evidence from the log `%s`

    %s. The log had %d entries under the checkpoint in here. %s

    ## What is in here

    | file | what |
    |---|---|
    | `checkpoint` | signed note (C2SP tlog-checkpoint): origin, number of entries, root of the tree |
    | `entries/N.entry` | the bytes of entry N: its SHA-256 with a zero byte before is its leaf |
    | `entries/N.payload`, `entries/N.metadata` | as stored, ciphertext included; their SHA-256 is in the entry |
    | `entries/N.tlog-proof` | that entry N is in the log (C2SP tlog-proof), with the checkpoint |
    | `older-checkpoint`, `consistency-proof` | that the log grew from the older one, where one was given |
    | `head-map/` | an entry that records the head map, its proof, and the place of the aggregate in it |
    | `erasures.json`, `erasures/` | whose text cannot be read any more or was removed, and the entries that say so |
    | `log/` | keys, and what anchors answered, as they were published |
    | `manifest.json` | the list of all files with SHA-256 |

    Nothing in here has to be believed. What has to be known from elsewhere is the log's verifier key: `log/vkey` came from
    the same hand as the rest.

    ## With our program, without network

        countersign audit verify bundle.zip --vkey KEY [--since CHECKPOINT-YOU-KEPT] \\
          [--tsa-trust CERTIFICATES-OF-THE-AUTHORITY]

    ## With other tools

    The payload belongs to the entry (its digest stands at byte 90 of the entry):

        sha256sum %s.payload
        dd if=%s.entry bs=1 skip=90 count=32 status=none | xxd -p -c 32

    The leaf of the entry:

        (printf '\\000'; cat %s.entry) | sha256sum

    The signature of the checkpoint, and the path from the leaf to its root, with Go (golang.org/x/mod/sumdb):

        verifier, _ := note.NewVerifier(vkey)
        signed, _ := note.Open(checkpoint, note.VerifierList(verifier))
        err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry))

    Programs of a page each that do this with Go and with npm's @sigstore/verify are in `tests/foreign` of our source:

        tlogverify -vkey KEY -entry %s.entry -proof %s.tlog-proof
        node verify.js KEY-FILE %s.entry %s.tlog-proof

    A time-stamp (RFC 3161) over an older checkpoint, where `log/anchors` has one; the `consistency-proof` beside it leads from
    there to `checkpoint`, so entries below its size were there at its time:

        openssl ts -verify -in log/anchors/SIZE-NAME.tsr -data log/anchors/SIZE-NAME.checkpoint \\
          -CAfile CERTIFICATES-OF-THE-AUTHORITY
    """
        .formatted(
            checkpoint.origin(),
            about.substring(0, 1).toUpperCase(Locale.ROOT) + about.substring(1),
            checkpoint.size(),
            completeness,
            example,
            example,
            example,
            example,
            example,
            example,
            example);
  }
}
