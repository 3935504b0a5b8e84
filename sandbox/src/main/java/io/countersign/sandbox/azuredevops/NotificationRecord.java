package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A notification of a subscription and what became of it. Guarded by the lock of {@link Hooks}. */
final class NotificationRecord {

  private final int id;
  private final UUID subscriptionId;
  private final UUID eventId;
  private final Instant createdAt;
  private ObjectNode event = Wire.object();
  private Instant modifiedAt;
  private Result result = Result.PENDING;
  private int attempts;
  private int lastStatus;
  private String lastBody = "";
  private @Nullable String error;

  /** How it ended. */
  enum Result {
    PENDING("queued", "pending"),
    SUCCEEDED("completed", "succeeded"),
    FAILED("completed", "failed");

    private final String status;
    private final String wire;

    Result(String status, String wire) {
      this.status = status;
      this.wire = wire;
    }

    String status() {
      return status;
    }

    String wire() {
      return wire;
    }
  }

  NotificationRecord(int id, UUID subscriptionId, UUID eventId, Instant at) {
    this.id = id;
    this.subscriptionId = subscriptionId;
    this.eventId = eventId;
    this.createdAt = at;
    this.modifiedAt = at;
  }

  void is(ObjectNode envelope) {
    event = envelope;
  }

  /** Notes an attempt; the answer's body is shortened. */
  void tried(int status, String body, Instant at) {
    attempts++;
    lastStatus = status;
    lastBody = body.length() > 1000 ? body.substring(0, 1000) : body;
    modifiedAt = at;
  }

  void ended(Result how, @Nullable String message, Instant at) {
    result = how;
    error = message;
    modifiedAt = at;
  }

  int id() {
    return id;
  }

  UUID subscriptionId() {
    return subscriptionId;
  }

  UUID eventId() {
    return eventId;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant modifiedAt() {
    return modifiedAt;
  }

  ObjectNode event() {
    return event;
  }

  Result result() {
    return result;
  }

  int attempts() {
    return attempts;
  }

  int lastStatus() {
    return lastStatus;
  }

  String lastBody() {
    return lastBody;
  }

  @Nullable String error() {
    return error;
  }
}
