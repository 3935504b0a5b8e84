package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the button Test sends: the same made-up work item for everybody, under well-known ids and a
 * subscription id of zeros. A receiver must not take it for real.
 */
final class TestSamples {

  static final UUID NOBODY = new UUID(0, 0);

  private static final String ELSEWHERE =
      "http://fabrikam-fiber-inc.visualstudio.com/DefaultCollection/_apis/wit/workItems/5";

  private static final Map<String, String> IDS =
      Map.of(
          "workitem.updated", "27646e0e-b520-4d2b-9411-bba7524947cd",
          "workitem.created", "d2d46fb1-dba5-403c-9373-427583f19e8c",
          "workitem.commented", "fb2617ed-60df-4518-81fa-749faa6c5cd6",
          "workitem.deleted", "72da0ade-0709-40ee-beb7-104287bf7e84",
          "workitem.restored", "1ca023d6-6cff-49dd-b3d1-302b69311810");

  private TestSamples() {}

  static UUID idOf(Happening sample) {
    return UUID.fromString(IDS.getOrDefault(sample.eventType(), NOBODY.toString()));
  }

  static Happening of(EventType type) {
    var project =
        new Project(
            UUID.fromString("be9b3917-87e6-42a4-a549-2bc06a7a878f"),
            "FabrikamCloud",
            "",
            "private",
            ProcessTemplate.ALL.getFirst(),
            Instant.EPOCH,
            Instant.EPOCH);
    return new Happening(
        type.publisher(),
        type.id(),
        type.resourceVersion(),
        project,
        "test",
        "Bug #5 (A sample) as the test of a service hook shows it.",
        Instant.EPOCH,
        Map.of(),
        type.id().equals("workitem.updated") ? update() : item());
  }

  /** Its work item id is 0: the real one is only in the revision. */
  private static ObjectNode update() {
    ObjectNode json = Wire.object();
    json.put("id", 2);
    json.put("workItemId", 0);
    json.put("rev", 2);
    json.putNull("revisedBy");
    json.put("revisedDate", "0001-01-01T00:00:00");
    ObjectNode fields = json.putObject("fields");
    fields.putObject("System.Rev").put("oldValue", "1").put("newValue", "2");
    fields.putObject("System.State").put("oldValue", "New").put("newValue", "Approved");
    json.put("url", ELSEWHERE + "/updates/2");
    json.set("revision", item());
    return json;
  }

  private static ObjectNode item() {
    ObjectNode json = Wire.object();
    json.put("id", 5);
    json.put("rev", 2);
    json.putObject("fields")
        .put("System.AreaPath", "FabrikamCloud")
        .put("System.TeamProject", "FabrikamCloud")
        .put("System.WorkItemType", "Bug")
        .put("System.State", "Approved")
        .put("System.Title", "A sample")
        .put("System.ChangedBy", "Jamal Hartnett");
    json.put("url", ELSEWHERE);
    return json;
  }
}
