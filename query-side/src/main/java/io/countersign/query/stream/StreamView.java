package io.countersign.query.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stream of an aggregate.
 *
 * @param id aggregate id
 * @param type kind of aggregate
 * @param entries how many entries it has
 * @param firstIndex index of its first entry
 * @param firstAt when the event of that one happened
 * @param lastIndex index of its last entry
 * @param lastAt when the event of that one happened
 */
@Schema(name = "Stream", description = "The entries of one aggregate, from the first to the last")
record StreamView(
    @Schema(example = "workitem:fabrikam:299") String id,
    @Schema(example = "workitem") String type,
    @Schema(example = "17") long entries,
    @Schema(example = "4096") long firstIndex,
    @Schema(example = "2026-11-20T10:00:00.123456Z") Instant firstAt,
    @Schema(example = "4711") long lastIndex,
    @Schema(example = "2026-11-20T16:30:00.123456Z") Instant lastAt) {

  /**
   * A page of streams.
   *
   * @param items in order of their ids, by bytes
   * @param next cursor of the next page; absent at the end
   * @param position everything up to this entry is reflected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "StreamPage", description = "A page of streams")
  record Page(List<StreamView> items, @Nullable String next, long position) {}
}
