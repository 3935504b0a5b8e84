package io.countersign.peers.axonjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One line of a work item's history. */
@Entity
@Table(name = "work_item_update")
class UpdateRow {

  @Id private String notification = "";
  private String workItem = "";
  private int updateNumber;

  UpdateRow() {}

  UpdateRow(UpdateRecorded event) {
    this.notification = event.notification();
    this.workItem = event.workItem();
    this.updateNumber = event.update();
  }

  @Override
  public String toString() {
    return "%s update %d by %s".formatted(workItem, updateNumber, notification);
  }
}
