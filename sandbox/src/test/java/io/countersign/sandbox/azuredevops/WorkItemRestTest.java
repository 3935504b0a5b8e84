package io.countersign.sandbox.azuredevops;

import static io.countersign.sandbox.azuredevops.Rest.childLink;
import static io.countersign.sandbox.azuredevops.Rest.rev;
import static io.countersign.sandbox.azuredevops.Rest.set;
import static io.countersign.sandbox.azuredevops.Rest.state;
import static io.countersign.sandbox.azuredevops.Rest.title;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Work items answer as the recorded service does. */
class WorkItemRestTest {

  private AzureDevOpsSandbox sandbox;
  private Rest rest;

  @BeforeEach
  void start() {
    sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults());
    rest = Rest.of(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void newItemBeginsInTheFirstStateOfItsType() {
    Rest.Got made = rest.create("Requirement", title("Pay by invoice"));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().path("id").asInt()).isEqualTo(1);
    assertThat(made.json().path("rev").asInt()).isEqualTo(1);
    assertThat(made.json().path("fields").path("System.State").asString()).isEqualTo("New");
    JsonNode by = made.json().path("fields").path("System.CreatedBy");
    assertThat(by.path("uniqueName").asString()).isEqualTo("olivia@fabrikam.example");
  }

  @Test
  void typesAndTitlesAreAskedFor() {
    assertThat(rest.create("Wish", title("x")).typeKey())
        .isEqualTo("WorkItemTypeNotFoundException");
    Rest.Got untitled = rest.create("Task", state("Active"));
    assertThat(untitled.status()).isEqualTo(400);
    assertThat(untitled.typeKey()).isEqualTo("RuleValidationException");
    assertThat(sandbox.control().items()).isEmpty();
  }

  @Test
  void writesTestTheRevisionTheyWereMadeFor() {
    rest.create("Task", title("a"));
    assertThat(rest.change(1, rev(1), state("Active")).json().path("rev").asInt()).isEqualTo(2);
    Rest.Got late = rest.change(1, rev(1), state("Closed"));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.typeKey()).isEqualTo("TestPatchOperationFailedException");
    assertThat(late.json().path("message").asString()).contains("VS403351").contains("value 2");
    assertThat(sandbox.control().items().getFirst().state()).isEqualTo("Active");
  }

  @Test
  void documentsAreTakenWholeOrNotAtAll() {
    rest.create("Task", title("a"));
    Rest.Got refused = rest.change(1, title("b"), state("Somewhere"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.typeKey()).isEqualTo("RuleValidationException");
    assertThat(refused.json().path("customProperties").path("FieldReferenceName").asString())
        .isEqualTo("System.State");
    assertThat(sandbox.control().items().getFirst().title()).isEqualTo("a");
    assertThat(sandbox.control().items().getFirst().updates()).isEqualTo(1);
  }

  @Test
  void valuesThatAreThereAlreadyMakeNoRevision() {
    rest.create("Task", title("a"));
    assertThat(rest.change(1, title("a")).json().path("rev").asInt()).isEqualTo(1);
    assertThat(sandbox.control().items().getFirst().updates()).isEqualTo(1);
  }

  @Test
  void plainJsonIsNoPatchDocument() {
    rest.create("Task", title("a"));
    String path = "_apis/wit/workitems/1?api-version=7.1";
    Rest.Got refused = rest.send("PATCH", path, "application/json", "[" + title("b") + "]");
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.typeKey()).isEqualTo("VssRequestContentTypeNotSupportedException");
  }

  @Test
  void linksBetweenItemsMakeAnUpdateOnBothEndsAndNoRevision() {
    rest.create("Requirement", title("parent"));
    rest.create("Task", title("child"));
    Rest.Got linked = rest.change(1, childLink(2));
    assertThat(linked.json().path("rev").asInt()).isEqualTo(1);
    assertThat(linked.json().path("relations").path(0).path("attributes").path("name").asString())
        .isEqualTo("Child");
    JsonNode update = rest.get("_apis/wit/workItems/2/updates").json().path("value").path(1);
    assertThat(update.path("id").asInt()).isEqualTo(2);
    assertThat(update.path("rev").asInt()).isEqualTo(1);
    assertThat(update.path("relations").path("added").path(0).path("rel").asString())
        .isEqualTo("System.LinkTypes.Hierarchy-Reverse");
    assertThat(rest.change(1, childLink(2)).typeKey()).isEqualTo("RelationAlreadyExistsException");
    rest.change(1, "{\"op\":1,\"path\":\"/relations/0\"}");
    assertThat(rest.get("_apis/wit/workItems/2?$expand=all").json().has("relations")).isFalse();
    assertThat(rest.get("_apis/wit/reporting/workitemlinks").json().path("values")).hasSize(2);
  }

  @Test
  void linksToOtherThingsMakeARevision() {
    rest.create("Task", title("a"));
    Rest.Got linked = rest.change(1, Rest.link("Hyperlink", "https://example.org/"));
    assertThat(linked.json().path("rev").asInt()).isEqualTo(2);
  }

  @Test
  void itemsHaveOneParentAndAreNotTheirOwnAncestors() {
    rest.create("Epic", title("a"));
    rest.create("Epic", title("b"));
    rest.create("Task", title("c"));
    rest.change(1, childLink(3));
    assertThat(rest.change(2, childLink(3)).json().path("message").asString()).contains("TF201036");
    assertThat(rest.change(3, childLink(1)).json().path("message").asString()).contains("TF201035");
  }

  @Test
  void commentsAreAnUpdateToo() {
    rest.create("Task", title("a"));
    String path = "Fabrikam/_apis/wit/workItems/1/comments?api-version=7.1";
    assertThat(rest.post(path, "{\"text\":\"hm\"}").typeKey())
        .isEqualTo("VssInvalidPreviewVersionException");
    Rest.Got said =
        rest.as("Priya Patel <priya@x.example>").post(path + "-preview.4", "{\"text\":\"hm\"}");
    assertThat(said.json().path("createdBy").path("displayName").asString())
        .isEqualTo("Priya Patel");
    assertThat(rest.get("_apis/wit/workItems/1").json().path("rev").asInt()).isEqualTo(2);
    JsonNode update = rest.get("_apis/wit/workItems/1/updates/2").json();
    assertThat(update.path("fields").path("System.History").path("newValue").asString())
        .isEqualTo("hm");
    rest.change(1, title("b"));
    assertThat(rest.get("_apis/wit/workItems/1").json().path("fields").has("System.History"))
        .isFalse();
    assertThat(rest.get(path + "-preview.4").json().path("totalCount").asInt()).isEqualTo(1);
  }

  @Test
  void validationAloneKeepsNothing() {
    rest.create("Task", title("a"));
    Rest.Got dry = rest.changeWith(1, "&validateOnly=true", state("Active"));
    assertThat(dry.json().path("rev").asInt()).isEqualTo(1);
    assertThat(dry.json().path("fields").path("System.State").asString()).isEqualTo("Active");
    assertThat(rest.changeWith(1, "&validateOnly=true", state("Nowhere")).status()).isEqualTo(400);
    assertThat(sandbox.control().items().getFirst().state()).isEqualTo("New");
  }

  @Test
  void rulesAreBypassedOnlyByThoseWhoMay() {
    rest.create("Task", title("a"));
    assertThat(rest.change(1, set("System.ChangedBy", "olivia@fabrikam.example")).status())
        .isEqualTo(400);
    assertThat(rest.changeWith(1, "&bypassRules=true", state("Anything")).status()).isEqualTo(200);
    sandbox.control().deny(sandbox.control().owner(), Permission.BYPASS_RULES);
    assertThat(rest.changeWith(1, "&bypassRules=true", state("Other")).status()).isEqualTo(403);
  }

  @Test
  void fieldsHaveToBeDefinedAndPeopleToBeKnown() {
    rest.create("Task", title("a"));
    Rest.Got unknown = rest.change(1, set("Custom.CorrelationId", "7"));
    assertThat(unknown.json().path("message").asString())
        .isEqualTo("TF51535: Cannot find field Custom.CorrelationId.");
    sandbox.control().defineField("Custom.CorrelationId");
    assertThat(rest.change(1, set("Custom.CorrelationId", "7")).status()).isEqualTo(200);
    assertThat(rest.change(1, set("System.AssignedTo", "nobody@x.example")).status())
        .isEqualTo(400);
    assertThat(rest.change(1, set("System.AssignedTo", "Olivia Owner")).status()).isEqualTo(200);
  }

  @Test
  void deletedItemsAreGoneUntilTheyAreRestored() {
    rest.create("Task", title("a"));
    Rest.Got deleted = rest.send("DELETE", "_apis/wit/workitems/1?api-version=7.1", "", "");
    assertThat(deleted.json().path("deletedDate").asString())
        .matches("\\d+/\\d+/\\d{4} \\d+:\\d\\d:\\d\\d [AP]M");
    assertThat(deleted.json().path("resource").path("rev").asInt()).isEqualTo(2);
    Rest.Got gone = rest.get("_apis/wit/workitems/1");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.typeKey()).isEqualTo("WorkItemUnauthorizedAccessException");
    String bin = "_apis/wit/recyclebin/1?api-version=7.1";
    assertThat(rest.send("PATCH", bin, "application/json", "{\"isDeleted\":false}").status())
        .isEqualTo(200);
    assertThat(rest.get("_apis/wit/workitems/1").json().path("rev").asInt()).isEqualTo(3);
  }

  @Test
  void batchesHoldAtMostTwoHundredItems() {
    rest.create("Task", title("a"));
    String batch = "_apis/wit/workitemsbatch?api-version=7.1";
    assertThat(rest.post(batch, "{\"ids\":[1],\"fields\":[\"System.Title\"]}").json().path("value"))
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.path("fields").propertyNames()).containsExactly("System.Title"));
    assertThat(rest.post(batch, "{\"ids\":[1,9]}").status()).isEqualTo(404);
    assertThat(rest.post(batch, "{\"ids\":[1,9],\"errorPolicy\":\"omit\"}").json().path("value"))
        .hasSize(2);
    String many = "1,".repeat(200) + "1";
    assertThat(rest.post(batch, "{\"ids\":[" + many + "]}").json().path("message").asString())
        .contains("VS403474");
  }

  @Test
  void tagsAreAddedToThoseThatAreThereAndReplacedWhenAskedTo() {
    rest.create("Task", title("a"));
    rest.change(1, set("System.Tags", "one"));
    rest.change(1, set("System.Tags", "two; one"));
    String asked = "_apis/wit/workitems/1?fields=System.Id,System.Tags";
    JsonNode fields = rest.get(asked).json().path("fields");
    assertThat(fields.path("System.Tags").asString()).isEqualTo("one; two");
    assertThat(fields.path("System.Id").asInt()).isEqualTo(1);
    rest.change(1, set("System.Tags", "three").replace("\"add\"", "\"replace\""));
    assertThat(rest.get(asked).json().path("fields").path("System.Tags").asString())
        .isEqualTo("three");
  }

  @Test
  void parentIsAFieldAndAllIsToldWhenAllIsAskedFor() {
    rest.create("Requirement", title("parent"));
    rest.create("Task", title("child"));
    rest.change(1, childLink(2));
    JsonNode child = rest.get("_apis/wit/workitems/2").json().path("fields");
    assertThat(child.path("System.Parent").asInt()).isEqualTo(1);
    assertThat(child.has("System.Watermark")).isFalse();
    JsonNode all = rest.get("_apis/wit/workitems/2?$expand=All").json().path("fields");
    assertThat(all.path("System.Watermark").asInt()).isEqualTo(2);
    assertThat(all.path("System.AuthorizedAs").path("displayName").asString())
        .isEqualTo("Olivia Owner");
  }

  @Test
  void revisionsAreKept() {
    rest.create("Task", title("a"));
    rest.change(1, title("b"));
    assertThat(rest.get("_apis/wit/workItems/1/revisions").json().path("count").asInt())
        .isEqualTo(2);
    JsonNode first = rest.get("_apis/wit/workItems/1/revisions/1").json();
    assertThat(first.path("fields").path("System.Title").asString()).isEqualTo("a");
  }
}
