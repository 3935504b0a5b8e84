package io.countersign.peers.axonjpa;

import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** The projection: rows and position commit together. */
@Component
@ProcessingGroup("work-items")
class WorkItemRows {

  private final EntityManager entities;

  WorkItemRows(EntityManager entities) {
    this.entities = entities;
  }

  @EventHandler
  void on(UpdateRecorded event) {
    row(event.workItem()).updated(event.update());
    entities.persist(new UpdateRow(event));
  }

  @EventHandler
  void on(StateChanged event) {
    row(event.workItem()).in(event.to());
  }

  private WorkItemRow row(String id) {
    WorkItemRow row = entities.find(WorkItemRow.class, id);
    if (row == null) {
      row = new WorkItemRow(id);
      entities.persist(row);
    }
    return row;
  }
}
