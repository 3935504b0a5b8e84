package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A field without a column of its own. */
@Entity
@Table(name = "work_item_field")
@IdClass(FieldEntity.Key.class)
class FieldEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable String field;
  @Nullable String kind;
  @Nullable String plain;
  @Nullable String sealed;
  @Nullable UUID person;
  @Nullable Integer toldBy;

  FieldEntity() {}

  record Key(String workItem, String field) {}
}
