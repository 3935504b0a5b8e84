package io.countersign.command.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators see of deliveries. Never content, unless it was asked for by name. */
final class DeliveryView {

  private DeliveryView() {}

  /**
   * One delivery in a list.
   *
   * @param position arrival order; also the cursor of lists
   * @param status received (waits), handled, ignored, quarantined, duplicate or evicted
   * @param code of the last outcome; while it waits, why the last attempt failed
   * @param attempts made so far
   * @param digest SHA-256 of the ciphertext as stored
   * @param contentKept whether the whole body was kept (not when it was oversized)
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Summary(
      UUID id,
      long position,
      Instant receivedAt,
      String status,
      @Nullable String code,
      @Nullable String detail,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable String eventType,
      @Nullable UUID subscriptionId,
      @Nullable Long notificationId,
      @Nullable UUID eventId,
      String lane,
      long size,
      String digest,
      boolean contentKept) {}

  /**
   * A page of a list, newest first.
   *
   * @param items newest first
   * @param next pass it as {@code after} for the next page; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Summary> items, @Nullable String next) {}

  /** One delivery with everything but its content. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Detail(
      Summary delivery,
      List<String> aggregates,
      List<Step> history,
      List<Operation> operations,
      @Nullable Content content) {}

  /** What became of it at one time. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      Instant at, int attempt, String status, @Nullable String code, @Nullable String detail) {}

  /** What somebody did by hand. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Operation(Instant at, String kind, String principal, @Nullable String reason) {}

  /**
   * The content as received.
   *
   * @param encoding {@code utf-8}, or {@code base64} when the bytes are not valid UTF-8
   */
  record Content(Map<String, String> headers, String encoding, String body) {

    @Override
    public String toString() {
      return "Content[" + encoding + "]";
    }
  }
}
