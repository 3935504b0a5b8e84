package io.countersign.query.workitem;

import io.countersign.query.reading.Opening;
import io.countersign.query.workitem.WorkItemDetail.DeliveryEntries;
import io.countersign.query.workitem.WorkItemDetail.FieldView;
import io.countersign.query.workitem.WorkItemDetail.Judgement;
import io.countersign.query.workitem.WorkItemDetail.LinkView;
import io.countersign.query.workitem.WorkItemDetail.StateChange;
import io.countersign.query.workitem.WorkItemDetail.TransitionRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Rows beside a work item's own, as JSON arrays of the database. */
final class DetailRows {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record History(
      @Nullable String kind,
      @Nullable String fromState,
      @Nullable String toState,
      @Nullable String sourceFrom,
      @Nullable String sourceTo,
      int updateId,
      int revision,
      @Nullable Instant changedAt,
      @Nullable UUID changedBy,
      @Nullable String changedByName,
      @Nullable String verdict,
      @Nullable String rule,
      @Nullable String reason,
      @Nullable Long entryIndex) {}

  private record Field(
      String field, @Nullable String plain, @Nullable String sealed, @Nullable UUID person) {}

  private record Request(
      String kind,
      String fromState,
      String toState,
      @Nullable String rule,
      @Nullable String reason,
      String actor,
      long entryIndex) {}

  private DetailRows() {}

  static List<StateChange> history(String json, Opening opening) {
    return Arrays.stream(JSON.readValue(json, History[].class))
        .map(
            row ->
                new StateChange(
                    row.kind() == null ? "changed" : row.kind(),
                    row.fromState(),
                    row.toState(),
                    row.sourceFrom(),
                    row.sourceTo(),
                    "late".equals(row.kind()),
                    row.updateId() == 0 ? null : row.updateId(),
                    row.revision(),
                    row.changedAt(),
                    opening.person(row.changedBy(), row.changedByName()),
                    row.entryIndex(),
                    row.verdict() == null
                        ? null
                        : new Judgement(row.verdict(), row.rule(), row.reason())))
        .toList();
  }

  static List<DeliveryEntries> deliveries(String json) {
    return List.of(JSON.readValue(json, DeliveryEntries[].class));
  }

  static List<LinkView> links(String json) {
    return List.of(JSON.readValue(json, LinkView[].class));
  }

  static List<FieldView> fields(String json, Opening opening) {
    return Arrays.stream(JSON.readValue(json, Field[].class))
        .map(
            row ->
                new FieldView(
                    row.field(),
                    row.plain(),
                    row.person() == null ? opening.text(row.sealed()) : null,
                    opening.person(row.person(), row.sealed())))
        .toList();
  }

  static List<TransitionRequest> requests(String json) {
    return Arrays.stream(JSON.readValue(json, Request[].class))
        .map(
            row ->
                new TransitionRequest(
                    row.kind(),
                    row.fromState(),
                    row.toState(),
                    row.rule(),
                    row.reason(),
                    row.actor(),
                    row.entryIndex()))
        .toList();
  }
}
