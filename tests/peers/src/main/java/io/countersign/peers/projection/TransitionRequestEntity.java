package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A transition asked of us. */
@Entity
@Table(name = "work_item_transition_request")
@IdClass(TransitionRequestEntity.Key.class)
class TransitionRequestEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable Long entryIndex;
  @Nullable String kind;
  @Nullable String fromState;
  @Nullable String toState;
  @Nullable String rule;
  @Nullable String reason;
  @Nullable String actor;

  TransitionRequestEntity() {}

  record Key(String workItem, Long entryIndex) {}
}
