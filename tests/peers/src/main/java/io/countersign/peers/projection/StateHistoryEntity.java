package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of a work item's state history. */
@Entity
@Table(name = "work_item_state_history")
@IdClass(StateHistoryEntity.Key.class)
class StateHistoryEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable Integer revision;
  @Id @Nullable Integer updateId;
  @Id @Nullable Integer step;
  @Nullable String kind;
  @Nullable String fromState;
  @Nullable String toState;
  @Nullable String sourceFrom;
  @Nullable String sourceTo;
  @Nullable Instant changedAt;
  @Nullable UUID changedBy;
  @Nullable String changedByName;
  @Nullable String verdict;
  @Nullable String rule;
  @Nullable String reason;
  @Nullable Long entryIndex;

  StateHistoryEntity() {}

  record Key(String workItem, Integer revision, Integer updateId, Integer step) {}
}
