package io.countersign.query.reading;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param subject random id, stays after erasure
 * @param name display name, where the source told one
 */
@Schema(description = "A person: a random id that stays, and a name that can be erased")
public record PersonView(UUID subject, @Nullable OpenedText name) {}
