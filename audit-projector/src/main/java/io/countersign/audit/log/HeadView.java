package io.countersign.audit.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.eventlog.read.LogHead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log. Everything but the size is absent while the log is empty.
 *
 * @param size how many entries there are
 * @param index index of the last entry
 * @param entryHash its hash, 64 hexadecimal digits
 * @param recordedAt when it was recorded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "LogHead", description = "The end of the log")
public record HeadView(
    @Schema(description = "How many entries there are", example = "42") long size,
    @Schema(description = "Index of the last entry; absent while the log is empty", example = "41")
        @Nullable Long index,
    @Schema(
            description = "RFC 6962 leaf hash of the last entry: fixes everything before it",
            example = "5d2f6a3b0c1e4f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a")
        @Nullable String entryHash,
    @Nullable Instant recordedAt) {

  static HeadView of(Optional<LogHead> head) {
    return head.map(
            last ->
                new HeadView(
                    last.lastIndex() + 1,
                    last.lastIndex(),
                    HexFormat.of().formatHex(last.entryHash()),
                    last.recordedAt()))
        .orElseGet(() -> new HeadView(0, null, null, null));
  }
}
