package io.countersign.peers.projection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Which entry a delivery led to first. */
@Entity
@Table(name = "work_item_delivery")
@IdClass(DeliveryEntity.Key.class)
class DeliveryEntity extends TableRow {

  @Id @Nullable String workItem;
  @Id @Nullable String delivery;
  @Nullable Long firstIndex;

  DeliveryEntity() {}

  record Key(String workItem, String delivery) {}
}
