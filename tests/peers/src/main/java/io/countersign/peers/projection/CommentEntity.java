package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A comment, sealed. */
@Entity
@Table(name = "work_item_comment")
@IdClass(CommentEntity.Key.class)
class CommentEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable Long entryIndex;
  @Nullable String body;
  @Nullable Instant changedAt;
  @Nullable UUID changedBy;
  @Nullable String changedByName;

  CommentEntity() {}

  record Key(String workItem, Long entryIndex) {}
}
