package io.countersign.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.sandbox.traffic.Finding.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The check finds each fault that is planted, and nothing where there is none. */
class LedgerCheckTest {

  private static final Duration PATIENCE = Duration.ofMillis(300);

  @TempDir private static Path directory;
  private static Path ledger;

  @BeforeAll
  static void run() throws Exception {
    ledger = directory.resolve("ledger.jsonl");
    var mix = new TrafficMix(0.05, 0.05, 0.05, 0.05, 0.5, 0.8, 0.8);
    var plan = new TrafficPlan(4, 12, 3, 0, Duration.ofMinutes(1), mix).atMost(600);
    try (var receiver = new Receiver((_, _) -> 202);
        TrafficRun run = TrafficRun.start(plan, List.of(receiver.url()), "secret", ledger)) {
      run.await();
    }
  }

  private static LedgerFindings check(Consumer<Pretence> fault) throws Exception {
    try (var pretence = new Pretence(LedgerReader.read(List.of(ledger)))) {
      fault.accept(pretence);
      return LedgerCheck.check(ledger, pretence.url(), "token", PATIENCE);
    }
  }

  private static void assertFound(Code code, String words, Consumer<Pretence> fault)
      throws Exception {
    assertThat(check(fault).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.words()).contains(words);
              assertThat(finding.subject()).isNotEmpty();
            });
  }

  @Test
  void cleanWhenEverythingFollowsFromWhatWasTold() throws Exception {
    LedgerFindings found = check(_ -> {});

    assertThat(found.findings()).isEmpty();
    assertThat(found.isClean()).isTrue();
    assertThat(found.notifications()).isEqualTo(600);
    assertThat(found.acknowledged()).isEqualTo(600);
    assertThat(found.deliveries()).isBetween(500L, 599L);
    assertThat(found.entries()).isGreaterThan(500);
    assertThat(found.workItems()).isGreaterThan(12);
  }

  @Test
  void aFactThatIsNotThereIsMissing() throws Exception {
    assertFound(
        Code.MISSING,
        "left no workitem.Retitled",
        server -> {
          server.entries.remove(server.entry("workitem.Retitled"));
          server.number();
        });
  }

  @Test
  void aGapInTheLogIsMissing() throws Exception {
    assertFound(
        Code.MISSING,
        "the log goes on with",
        server -> server.entries.remove(server.entry("resource.Pushed")));
  }

  @Test
  void aDeliveryTheInboxDoesNotKnowIsMissing() throws Exception {
    assertFound(Code.MISSING, "the inbox does not know", server -> server.deliveries.remove(17));
  }

  @Test
  void aWorkItemTheReadModelDoesNotShowIsMissing() throws Exception {
    assertFound(
        Code.MISSING,
        "the query API does not know",
        server -> server.items.remove(server.items.keySet().iterator().next()));
  }

  @Test
  void aFactThatIsThereTwiceIsDoubled() throws Exception {
    for (String name : List.of("workitem.StateChanged", "resource.BuildCompleted")) {
      assertFound(
          Code.DOUBLED,
          "left one more " + name,
          server -> {
            ObjectNode entry = server.entries.get(server.entry(name));
            server.append(
                entry.path("aggregateId").asString(), name, entry.path("correlationId").asString());
          });
    }
  }

  @Test
  void factsInAnotherOrderThanToldAreOutOfOrder() throws Exception {
    assertFound(
        Code.OUT_OF_ORDER,
        "after a later one",
        server -> {
          int first = server.entry("workitem.AssignmentChanged");
          String item = server.entries.get(first).path("aggregateId").asString();
          int second = first + 1;
          while (!server.entries.get(second).path("aggregateId").asString().equals(item)
              || server
                  .entries
                  .get(second)
                  .path("correlationId")
                  .asString()
                  .equals(server.entries.get(first).path("correlationId").asString())) {
            second++;
          }
          Collections.swap(server.entries, first, second);
          server.number();
        });
  }

  /** The inbox recognizes a repetition of the same day; of another day the aggregate does. */
  @Test
  void aRepetitionThatWasTakenAsADeliveryOfItsOwnLeavesNothing() throws Exception {
    Path changed = directory.resolve("after-midnight.jsonl");
    Files.write(changed, withARepetitionTakenAsNew());
    try (var pretence = new Pretence(LedgerReader.read(List.of(changed)))) {
      assertThat(LedgerCheck.check(changed, pretence.url(), "token", PATIENCE).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.code()).isEqualTo(Code.DOUBLED));
      pretence.entries.removeIf(
          entry -> entry.path("correlationId").asString().equals("after-midnight"));
      pretence.number();
      assertThat(LedgerCheck.check(changed, pretence.url(), "token", PATIENCE).findings())
          .isEmpty();
    }
  }

  private static List<String> withARepetitionTakenAsNew() throws Exception {
    var json = new JsonMapper();
    List<String> lines = new ArrayList<>(Files.readAllLines(ledger));
    Set<Long> resources = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      var line = (ObjectNode) json.readTree(lines.get(i));
      long n = line.path("n").asLong();
      if (line.path("line").asString().equals("sending")
          && line.path("kind").asString().equals("duplicate")
          && line.path("expected").asString().equals("FACTS")
          && !line.has("item")) {
        resources.add(n);
      } else if (line.path("line").asString().equals("acknowledged") && resources.contains(n)) {
        lines.set(i, line.put("delivery", "after-midnight").put("duplicate", false).toString());
        return lines;
      }
    }
    throw new AssertionError("nothing was repeated");
  }

  /** A receipt that says "known" came after the delivery, nobody knows how long. */
  @Test
  void onlyReceiptsOfNewDeliveriesSayInWhichOrderTheyArrived() throws Exception {
    for (boolean known : new boolean[] {false, true}) {
      Path changed = directory.resolve("receipts-" + known + ".jsonl");
      Files.write(changed, withAnItemsReceiptsSwapped(known));
      try (var pretence = new Pretence(LedgerReader.read(List.of(ledger)))) {
        LedgerFindings found = LedgerCheck.check(changed, pretence.url(), "token", PATIENCE);
        if (known) {
          assertThat(found.findings()).isEmpty();
        } else {
          assertThat(found.findings())
              .singleElement()
              .satisfies(
                  finding -> {
                    assertThat(finding.code()).isEqualTo(Code.OUT_OF_ORDER);
                    assertThat(finding.words()).contains("stands behind it");
                  });
        }
      }
    }
  }

  /** The receipt of an item's first notification, as if it had come after that of the second. */
  private static List<String> withAnItemsReceiptsSwapped(boolean known) throws Exception {
    var json = new JsonMapper();
    List<String> lines = new ArrayList<>(Files.readAllLines(ledger));
    var itemOf = new HashMap<Long, String>();
    var firstOf = new HashMap<String, Integer>();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = json.readTree(lines.get(i));
      long n = line.path("n").asLong();
      String item = itemOf.get(n);
      if (line.path("line").asString().equals("sending") && line.has("item")) {
        itemOf.put(n, line.path("item").asString());
      } else if (item != null && !line.path("duplicate").asBoolean()) {
        Integer first = firstOf.putIfAbsent(item, i);
        if (first != null) {
          var receipt = (ObjectNode) json.readTree(lines.get(first));
          receipt.put("acknowledged", line.path("acknowledged").asLong() + 1);
          receipt.put("duplicate", known);
          lines.set(first, receipt.toString());
          return lines;
        }
      }
    }
    throw new AssertionError("no item was told of twice");
  }

  @Test
  void aLateUpdateThatCountsAsCurrentIsOutOfOrder() throws Exception {
    assertFound(
        Code.OUT_OF_ORDER,
        "was late and counts as current",
        server ->
            server
                .entries
                .get(server.entry("workitem.LateUpdateRecorded"))
                .put("name", "workitem.FieldsChanged"));
  }

  @Test
  void anUpdateThatCountsAsLateThoughItIsNotIsOutOfOrder() throws Exception {
    assertFound(
        Code.OUT_OF_ORDER,
        "counts as late, though it was not",
        server ->
            server
                .entries
                .get(server.entry("workitem.AssignmentChanged"))
                .put("name", "workitem.LateUpdateRecorded"));
  }

  @Test
  void anotherStateOrAssigneeOrTitleIsWrong() throws Exception {
    assertFound(
        Code.WRONG_STATE, "state is", server -> first(server).put("sourceState", "Elsewhere"));
    assertFound(
        Code.WRONG_STATE, "title is", server -> first(server).putObject("title").put("text", "x"));
    assertFound(
        Code.WRONG_STATE,
        "assignee is",
        server -> first(server).putObject("assignedTo").putObject("name").put("text", "x"));
    assertFound(
        Code.WRONG_STATE,
        "deleted is",
        server -> first(server).put("deleted", !first(server).path("deleted").asBoolean()));
  }

  private static ObjectNode first(Pretence server) {
    return server.items.values().iterator().next();
  }

  @Test
  void whatNobodyToldIsUnknown() throws Exception {
    assertFound(
        Code.UNKNOWN,
        "comes from no delivery",
        server ->
            server.append(
                server.items.keySet().iterator().next(),
                "workitem.Retitled",
                "01a1fdd0-0000-7000-8000-000000000000"));
    assertFound(
        Code.UNKNOWN,
        "nobody told of this work item",
        server -> server.items.put("x", first(server).deepCopy().put("id", "workitem:x:1")));
  }

  @Test
  void whatStillWaitsOrIsSetAsideIsNotHandled() throws Exception {
    assertFound(
        Code.NOT_HANDLED, "is received", server -> handled(server).put("status", "received"));
    assertFound(
        Code.NOT_HANDLED, "is quarantined", server -> handled(server).put("status", "quarantined"));
  }

  private static ObjectNode handled(Pretence server) {
    return server.deliveries.stream()
        .filter(one -> one.path("status").asString().equals("handled"))
        .findFirst()
        .orElseThrow();
  }
}
