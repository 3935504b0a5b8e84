package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A relation. */
@Entity
@Table(name = "work_item_link")
@IdClass(LinkEntity.Key.class)
class LinkEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable String link;
  @Nullable String relation;
  @Nullable String target;
  @Nullable Boolean removed;
  @Nullable Integer toldBy;

  LinkEntity() {}

  record Key(String workItem, String link) {}
}
