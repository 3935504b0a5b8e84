package io.countersign.audit.log;

import io.countersign.eventlog.read.LogHead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log.
 *
 * @param size number of entries
 * @param lastIndex index of the last entry, from 0; null when the log is empty
 * @param entryHash its hash in hexadecimal; null when the log is empty
 * @param recordedAt when it was committed; null when the log is empty
 */
record LogHeadView(
    @Schema(description = "Number of entries", example = "7") long size,
    @Schema(description = "Index of the last entry, from 0", example = "6")
        @Nullable Long lastIndex,
    @Schema(
            description = "Its hash: RFC 6962 leaf hash of the entry bytes",
            example = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")
        @Nullable String entryHash,
    @Schema(description = "When it was committed") @Nullable Instant recordedAt) {

  static final LogHeadView EMPTY = new LogHeadView(0, null, null, null);

  static LogHeadView of(LogHead head) {
    return new LogHeadView(
        head.lastIndex() + 1,
        head.lastIndex(),
        HexFormat.of().formatHex(head.entryHash()),
        head.recordedAt());
  }
}
