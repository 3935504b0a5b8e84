package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A work item as it is now. */
@Entity
@Table(name = "work_item")
class WorkItemEntity extends TableRow {

  @Id @Nullable String id;
  @Nullable String organization;
  @Nullable Integer number;
  @Nullable String project;
  @Nullable String type;
  @Nullable String state;
  @Nullable String sourceState;
  @Nullable String process;
  @Nullable String title;
  @Nullable UUID assignedTo;
  @Nullable String assignedToName;
  @Nullable UUID createdBy;
  @Nullable String createdByName;
  boolean deleted;
  boolean violated;

  @ColumnTransformer(read = "cast(gaps as text)", write = "cast(? as int4multirange)")
  String gaps = "{}";

  @ColumnTransformer(read = "cast(filled as text)", write = "cast(? as int4multirange)")
  String filled = "{}";

  @Nullable Integer lastUpdateId;
  @Nullable Integer revision;
  @Nullable Instant changedAt;
  @Nullable UUID changedBy;
  @Nullable String changedByName;
  @Nullable Long registeredIndex;

  WorkItemEntity() {}
}
