package io.countersign.peers.axonjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A work item as it is now. */
@Entity
@Table(name = "work_item")
class WorkItemRow {

  @Id private String id = "";
  private int lastUpdate;
  private @Nullable String state;

  WorkItemRow() {}

  WorkItemRow(String id) {
    this.id = id;
  }

  void updated(int update) {
    lastUpdate = update;
  }

  void in(String state) {
    this.state = state;
  }

  @Override
  public String toString() {
    return "%s update %d, %s".formatted(id, lastUpdate, state);
  }
}
