package io.countersign.query.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Text that may have been erased.
 *
 * @param text the text; absent when it cannot be shown
 * @param erased true when its key was destroyed
 * @param unreadable true when its key or ciphertext is not what it should be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Text that may have been erased: then it says so instead of the text")
public record OpenedText(
    @Schema(example = "Customer can sign in") @Nullable String text,
    @Nullable Boolean erased,
    @Nullable Boolean unreadable) {

  @Override
  public String toString() {
    return "OpenedText[...]";
  }
}
