package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.verify.Progress;
import io.countersign.rules.policy.Simulation.Recorded;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A policy tried on the history of a server. */
final class PolicySimulateTest {

  private static final String ITEM = "workitem:fabrikam:7";
  private static final String INPUTS =
      "{\"item\":{\"assigned\":true},\"now\":\"2026-11-02T12:00:00Z\"}";

  @TempDir private Path folder;
  private final List<ObjectNode> history = new ArrayList<>();
  private FakeApi server;
  private int most = EntryPages.PAGE;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApi(folder).otherwise(this::log);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void historyIsJudgedAgainAsFarAsItsInputsWereRecorded() {
    most = 2; // so that pages are turned
    add("workitem.StateChanged", ITEM, "New", "Done", 1);
    add("workitem.TransitionViolated", ITEM, "New", "Done", 1);
    add("workitem.StateChanged", ITEM, "New", "Ready", 2);
    add("workitem.StateChanged", ITEM, "Testing", "Removed", 3);
    decided(ITEM, "Ready", "InProgress", false, null);
    add("workitem.TransitionRefused", ITEM, "Ready", "InProgress", null);
    add("workitem.Created", ITEM, "New", "Done", null);

    CommandResult cmmi = simulate("cmmi", "0");
    assertThat(cmmi.code()).as(cmmi.err()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(cmmi.out())
        .contains("3  workitem:fabrikam:7  Testing to Removed  would be blocked:")
        .contains("4 transitions: 2 the same, 1 would be blocked, 0 would pass, 1 not re-runnable");

    CommandResult agile = simulate("agile", "0");
    assertThat(agile.out())
        .contains("workitem:fabrikam:7  Ready to InProgress  would pass: nothing would be missing")
        .contains("4 transitions: 2 the same, 0 would be blocked, 1 would pass, 1 not re-runnable");

    assertThat(simulate("cmmi", "4").out()).contains("1 transitions: 1 the same");
    assertThat(simulate("cmmi", "2026-11-01T00:00:04Z").out()).contains("1 transitions");
    assertThat(simulate("cmmi", "yesterday").code()).isEqualTo(CommandLineInterface.USAGE);
  }

  @Test
  void aChangeItsDecisionAndItsViolationAreOneTransitionWithTheInputsOfTheDecision() {
    add("workitem.StateChanged", ITEM, "Ready", "InProgress", 5);
    decided(ITEM, "Ready", "InProgress", false, 5);
    add("workitem.TransitionViolated", ITEM, "Ready", "InProgress", 5);
    assertThat(read())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.index()).isZero();
              assertThat(one.passed()).isFalse();
              assertThat(one.facts()).isNotNull();
            });
  }

  @Test
  void whatAnOverrideLetPassWasBlockedByThePolicyAndItsEchoIsNotCountedTwice() {
    decided(ITEM, "Ready", "InProgress", false, null);
    add("workitem.TransitionRequested", ITEM, "Ready", "InProgress", null);
    add("workitem.StateChanged", ITEM, "Ready", "InProgress", 6);
    add("workitem.TransitionConfirmed", ITEM, "Ready", "InProgress", 6);
    assertThat(read()).singleElement().extracting(Recorded::passed).isEqualTo(false);
  }

  @Test
  void whatNoPolicyWasAskedAboutIsLeftOut() {
    payload(add("workitem.TransitionRefused", ITEM, "Ready", "Ready", null))
        .put("rule", "workitem.already-there");
    assertThat(read()).isEmpty();
  }

  @Test
  void thousandsOfDecisionsAreReadInPagesOnce() {
    int decisions = 3_000;
    for (int n = 0; n < decisions; n++) {
      String item = "workitem:fabrikam:" + n;
      add("workitem.StateChanged", item, "Ready", "InProgress", 2);
      decided(item, "Ready", "InProgress", true, 2);
    }
    CommandResult result = simulate("agile", "0");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("3,000 transitions: 3,000 the same");
    int pages = 2 * decisions / EntryPages.PAGE;
    int kindsWithout = TransitionStory.NAMES.size() - 2;
    assertThat(server.requests()).hasSize(1 + pages + kindsWithout);
  }

  @Test
  void itIsToldHowFarReadingIs() {
    for (int n = 0; n < 10; n++) {
      add("workitem.StateChanged", "workitem:fabrikam:" + n, "New", "Ready", 2);
    }
    List<Long> told = new ArrayList<>();
    var progress =
        new Progress() {
          @Override
          public void total(long entries) {
            told.add(entries);
          }

          @Override
          public void reached(long entries, long findings) {
            told.add(entries);
          }
        };
    read(4, progress);
    assertThat(told).containsExactly(6L, 0L, 1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whoeverInterruptsItIsNotKeptWaiting() {
    add("workitem.StateChanged", ITEM, "New", "Ready", 2);
    Thread.currentThread().interrupt();
    CommandResult result = simulate("agile", "0");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.err()).contains("interrupted");
  }

  private CommandResult simulate(String policy, String since) {
    return server.run("policy", "simulate", "--policy", policy, "--since", since);
  }

  private List<Recorded> read() {
    return read(0, Progress.SILENT);
  }

  private List<Recorded> read(long from, Progress progress) {
    try (var api = new ApiClient(URI.create(server.url()), "token", null)) {
      return new RecordedTransitions(api).since(from, Instant.EPOCH, progress);
    }
  }

  private void decided(
      String item, String from, String to, boolean allowed, @Nullable Integer updateId) {
    payload(add("workitem.TransitionDecided", item, from, to, updateId))
        .putObject("decision")
        .put("allowed", allowed)
        .put("inputs", INPUTS);
  }

  private ObjectNode add(
      String name, String item, String from, String to, @Nullable Integer updateId) {
    ObjectNode entry = ApiClient.JSON.createObjectNode();
    entry.put("index", history.size()).put("name", name);
    entry.put(
        "recordedAt", Instant.parse("2026-11-01T00:00:00Z").plusSeconds(history.size()).toString());
    ObjectNode payload = entry.putObject("payload");
    payload.put("workItem", item).put("from", from).put("to", to);
    if (updateId != null) {
      payload.putObject("change").put("updateId", updateId);
    }
    history.add(entry);
    return entry;
  }

  private static ObjectNode payload(ObjectNode entry) {
    return (ObjectNode) entry.path("payload");
  }

  private String log(URI asked) {
    if (asked.getPath().equals("/api/v1/log/head")) {
      return "{\"size\":%d}".formatted(history.size());
    }
    String query = asked.getQuery();
    assertThat(query).startsWith("payload=true&");
    long from = Long.parseLong(query.replaceAll(".*from=(\\d+).*", "$1"));
    long limit = Math.min(most, Long.parseLong(query.replaceAll(".*limit=(\\d+).*", "$1")));
    String name = query.replaceAll(".*name=([^&]*).*", "$1");
    List<ObjectNode> all =
        history.stream()
            .filter(e -> e.path("index").asLong() >= from)
            .filter(e -> e.path("name").asString("").equals(name))
            .toList();
    ObjectNode page = ApiClient.JSON.createObjectNode();
    var items = page.putArray("items");
    all.stream().limit(limit).forEach(items::add);
    if (all.size() > limit) {
      page.put("next", all.get((int) limit).path("index").asLong());
    }
    return page.toString();
  }
}
