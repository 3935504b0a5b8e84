package io.countersign.query.operation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done to a projection.
 *
 * @param id who asks may choose it; asking again with it changes nothing
 * @param projection name of the projection
 * @param kind what is done
 * @param options how; what is absent is as usual
 * @param reason why, in the words of who asked
 * @param requestedBy reference of who asked
 * @param requestedAt when
 * @param state how it stands
 * @param node which node is at it, or was last; absent before one began
 * @param startedAt when a node began first; absent before
 * @param endedAt when it ended; absent before
 * @param phase what its node is at, in a word or two for people; absent before it says so
 * @param entriesDone how many entries of the log are behind in this phase
 * @param entriesAll how many it has to come to; absent while that is not known
 * @param outcome the result in a word: {@code equal}, {@code diverged}, or {@code incomplete} when
 *     both sides are equal without what was given up of dead letters, of a comparison; of all else
 *     the last event in lower case; absent while there is none
 * @param error why it failed, in a sentence; absent when it did not
 * @param result the event that the log has of it; absent while there is none
 */
@Schema(name = "ProjectionOperation", description = "Something that is done to a projection")
public record Operation(
    UUID id,
    String projection,
    OperationKind kind,
    OperationOptions options,
    String reason,
    String requestedBy,
    Instant requestedAt,
    OperationState state,
    @Nullable String node,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String phase,
    long entriesDone,
    @Nullable Long entriesAll,
    @Nullable String outcome,
    @Nullable String error,
    @Schema(type = "object") @JsonRawValue @Nullable String result) {}
