package io.countersign.audit.log;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of entries in order of index. */
record EntryPage(
    List<EntryView> items,
    @Schema(description = "'from' of the next page; null on the last one", example = "50")
        @Nullable Long next) {}
