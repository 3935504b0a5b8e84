package io.countersign.query.workitem;

import static io.countersign.query.workitem.Verdict.ALLOWED;
import static io.countersign.query.workitem.Verdict.DEFERRED;

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

  /** Reason of a deferral, as the command side records it. */
  private static final String UPDATES_MISSING = "updates-missing";

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

  /**
   * The history with its judgements.
   *
   * @param incomplete whether updates are missing still
   */
  static List<StateChange> history(String json, boolean incomplete, Opening opening) {
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
                    judgement(row, incomplete)))
        .toList();
  }

  /**
   * What waited for missing updates was judged when the last of them came. Only what broke a rule
   * is an event then, so a row that says anything else broke none.
   */
  private static @Nullable Judgement judgement(History row, boolean incomplete) {
    boolean judgedLater =
        UPDATES_MISSING.equals(row.reason()) && DEFERRED.word().equals(row.verdict());
    boolean judgedAtOnce =
        row.verdict() == null && row.sourceFrom() != null && row.sourceTo() != null;
    if (!incomplete && (judgedLater || judgedAtOnce)) {
      return new Judgement(ALLOWED.word(), null, null);
    }
    return row.verdict() == null ? null : new Judgement(row.verdict(), row.rule(), row.reason());
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
