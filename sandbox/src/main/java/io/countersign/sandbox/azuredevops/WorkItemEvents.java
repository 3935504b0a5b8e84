package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** What becomes known of work items through service hooks. */
final class WorkItemEvents {

  private final WorkItemJson items;
  private final UpdateJson updates;
  private final Consumer<Happening> telling;

  WorkItemEvents(WorkItemJson items, UpdateJson updates, Consumer<Happening> telling) {
    this.items = items;
    this.updates = updates;
    this.telling = telling;
  }

  void created(WorkItem item, SandboxPerson by, Instant at) {
    tell(item, "created", by, at, "", items.told(item.project(), item.now(), "workItems/"));
  }

  void updated(WorkItem item, Update update) {
    String changed = String.join(",", update.fields().keySet());
    tell(item, "updated", update.by(), update.at(), changed, updates.told(item, update));
  }

  void commented(WorkItem item, SandboxPerson by, Instant at) {
    tell(item, "commented", by, at, "", items.told(item.project(), item.now(), "workItems/"));
  }

  void deleted(WorkItem item, SandboxPerson by, Instant at) {
    tell(item, "deleted", by, at, "", items.told(item.project(), item.now(), "recyclebin/"));
  }

  void restored(WorkItem item, SandboxPerson by, Instant at) {
    tell(item, "restored", by, at, "", items.told(item.project(), item.now(), "workItems/"));
  }

  private void tell(
      WorkItem item,
      String what,
      SandboxPerson by,
      Instant at,
      String changedFields,
      ObjectNode resource) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("workItemType", item.type());
    facts.put("areaPath", item.text("System.AreaPath"));
    facts.put("tag", item.text("System.Tags"));
    facts.put("changedFields", changedFields);
    facts.put("commentPattern", item.text(WorkItem.HISTORY));
    String sentence =
        "%s #%d (%s) %s by %s."
            .formatted(item.type(), item.id(), item.text("System.Title"), what, by.name());
    telling.accept(
        new Happening(
            "tfs",
            "workitem." + what,
            "1.0",
            item.project(),
            "workitem/" + item.id(),
            sentence,
            at,
            facts,
            resource));
  }
}
