package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is there already is not written. */
final class WorkItemPatchTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static RemoteWorkItem item(String fields) {
    return Objects.requireNonNull(
        RemoteWorkItem.read(json("{'id':5,'rev':3,'fields':" + fields + "}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'F':'Active'} | 'Active'",
        "{'F':2} | 2.0",
        "{'F':true} | 'True'",
        "{} | null",
        "{} | ''",
        "{'F':{'displayName':'A','uniqueName':'A@example.com'}} | 'a@example.com'",
        "{'F':{'displayName':'A','uniqueName':'A@example.com'}} | 'A <a@example.com>'"
      })
  void theSameValueInAnotherFormIsNothingToWrite(String fields, String wanted) {
    var patch = new WorkItemPatch(3, Map.of("F", json(wanted)), "comment");

    assertThat(patch.neededFor(item(fields))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'F':'Active'} | 'active'",
        "{'F':2} | 3",
        "{'F':'x'} | null",
        "{} | 'x'",
        "{'F':{'displayName':'A'}} | 'a@example.com'"
      })
  void anotherValueIs(String fields, String wanted) {
    var patch = new WorkItemPatch(3, Map.of("F", json(wanted)), null);

    assertThat(patch.neededFor(item(fields))).contains(patch);
  }

  @Test
  void tagsAreTheSameInAnyOrderAndCase() {
    RemoteWorkItem item = item("{'System.Tags':'Blocked; urgent'}");

    assertThat(
            new WorkItemPatch(3, Map.of("System.Tags", json("'URGENT;blocked'")), null)
                .neededFor(item))
        .isEmpty();
    assertThat(new WorkItemPatch(3, Map.of("System.Tags", json("'urgent'")), null).neededFor(item))
        .isPresent();
  }

  @Test
  void onlyWhatIsNotThereIsLeft() {
    var patch = new WorkItemPatch(3, Map.of("A", json("'same'"), "B", json("'other'")), "comment");

    assertThat(patch.neededFor(item("{'A':'same','B':'old'}")))
        .contains(new WorkItemPatch(3, Map.of("B", json("'other'")), "comment"));
  }

  @Test
  void aCommentAloneIsSomethingToWrite() {
    var patch = new WorkItemPatch(3, Map.of(), "comment");

    assertThat(patch.neededFor(item("{}"))).contains(patch);
  }

  @Test
  void aFieldIsClearedByRemovingIt() {
    var patch = new WorkItemPatch(3, Map.of("A", json("null")), null);

    assertThat(patch.document())
        .isEqualTo(
            json("[{'op':'test','path':'/rev','value':3},{'op':'remove','path':'/fields/A'}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-07T13:16:12.4828759Z, 2020-01-07T13:16:12.482875900Z",
    "2025-01-10T12:23:16.1818124, 2025-01-10T12:23:16.181812400Z",
    "1/10/2025 12:13:35 PM, 2025-01-10T12:13:35Z",
    "0001-01-01T00:00:00,",
    "9999-01-01T00:00:00Z,",
    "yesterday,"
  })
  void datesAreReadAsTheServiceWritesThem(
      String text, java.time.@org.jspecify.annotations.Nullable Instant time) {
    assertThat(Dates.read(text)).isEqualTo(time);
  }
}
