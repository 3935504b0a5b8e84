package io.countersign.e2e.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import io.countersign.e2e.harness.Signal;
import io.countersign.e2e.harness.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Transitions decided by the packaged program are written to an Azure DevOps in another process.
 * One is killed and the other freezes in the middle of it. In the end each write was made once,
 * both sides are equal, what no hook told is found, and humans are called for what broke.
 */
class TwoSidesIT {

  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Duration SLOW = Duration.ofMillis(400);
  private static final String TESS = "Tess Lead <tess@fabrikam.example>";
  private static final int COUNT = 8;

  /** The work item that tells of the project, and the one that goes through a gate. */
  private static final int HELLO = 1;

  private static final int GATED = 2;

  @TempDir private Path scratch;
  private Site site;
  private BoardProcess board;
  private String project = "";
  private int commands;

  @AfterEach
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void eachWriteIsMadeOnceWhoeverDies() throws Exception {
    int port = BoardProcess.freePort();
    Path log = scratch.resolve("azure-devops.txt");
    // it starts while Azure DevOps is not there yet
    site = Site.start(scratch.resolve("site"), 1, settings(port));
    try (var running = BoardProcess.start(port, receiver(), log)) {
      board = running;
      List<Integer> items = workInProgress();
      oneGoesThroughAGate();
      theProgramIsKilledWhileItWrites(items);
      bothAreGoneWhileThereIsMuchToWrite(items);
      whatCannotBeWrittenIsSaid(items.get(0));
      whatNoHookToldIsFoundAndJudged(items.get(1));
      humansAreCalled(items);
      bothSidesAreEqual();
    }
  }

  private Map<String, String> settings(int port) throws Exception {
    Path pat = Files.writeString(scratch.resolve("pat"), BoardProcess.PAT);
    String organization = "countersign.azure-devops.organizations[0].";
    return Map.of(
        organization + "id",
        BoardProcess.organization(),
        organization + "url",
        BoardProcess.organizationUrl(port),
        organization + "pat-file",
        pat.toString(),
        "countersign.automation.node",
        "one",
        "countersign.reconciliation.every",
        "0",
        "countersign.reconciliation.settle",
        "0");
  }

  private String receiver() throws Exception {
    return "http://azure-devops:%s@127.0.0.1:%d/webhooks/azure-devops"
        .formatted(site.secret(), site.node(0).server().uri().getPort());
  }

  /** Begun on the board before a policy was attached. */
  private List<Integer> workInProgress() throws Exception {
    board.create("Task", "Hello");
    board.change(TESS, HELLO, "History", "I lead the team");
    project =
        Poll.until(SOON, () -> get("/api/v1/work-items").path("items"), all -> !all.isEmpty())
            .path(0)
            .path("project")
            .asString("");
    assertThat(cli(0, "project", "list")).contains("Fabrikam", project);
    cli(0, "project", "process", "Fabrikam", "cmmi");
    cli(0, "sync", "states", "Fabrikam", "--apply", "--yes");
    board.create("Requirement", "Goes through a gate");
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int number = board.create("Requirement", "Work " + i);
      board.move(number, "Ready");
      board.move(number, "Active");
      items.add(number);
    }
    awaitStates(items, "InProgress");
    String policy = "";
    for (JsonNode one : get("/api/v1/policies/built-in").path("items")) {
      if (one.path("id").asString("").equals("cmmi")) {
        policy = "cmmi@" + one.path("version").asString("");
      }
    }
    cli(0, "policy", "attach", "Fabrikam", policy);
    cli(0, "policy", "mode", "Fabrikam", "escalate");
    return items;
  }

  private void oneGoesThroughAGate() throws Exception {
    String item = id(GATED);
    Path token = scratch.resolve("tess.token");
    try (var api = api()) {
      String added =
          api.post("/api/v1/principals", "{\"name\":\"tess\",\"roles\":[\"team_lead\"]}")
              .path("token")
              .asString("");
      Files.writeString(token, added);
      api.post("/api/v1/principals/tess/person", "{\"alias\":\"tess@fabrikam.example\"}");
    }
    assertThat(cli(3, "work-item", "transition", item, "Ready"))
        .contains("somebody is assigned", "team_lead_approval", "requirement_specification");
    board.change(BoardProcess.PRIYA, GATED, "AssignedTo", "priya@fabrikam.example");
    Poll.until(SOON, () -> get(path(GATED) + "/next"), next -> next.path("revision").asInt() == 2);
    try (var api = api()) {
      api.post(
          path(GATED) + "/documents",
          "{\"kind\":\"requirement_specification\",\"digest\":\"%s\",\"location\":\"https://docs.example.org\"}"
              .formatted("0".repeat(64)));
    }
    cli(0, "work-item", "approve", item, "Ready", "team_lead_approval", "--token-file", "" + token);
    assertThat(board.written(GATED)).isEmpty();
    cli(0, "work-item", "transition", item, "Ready");
    awaitWritten(List.of(GATED), "Ready", List.of("Ready"));
  }

  private void theProgramIsKilledWhileItWrites(List<Integer> items) throws Exception {
    board.slowWrites(COUNT * 2, SLOW);
    ask(items, "Blocked");
    Poll.until(SOON, this::pending, left -> left < COUNT);
    site.node(0).server().killNine();
    site.node(0).start();
    awaitNothingPending();
    // what was told while nobody listened was given up by now, or is told again: both are fine
    cli(0, "reconcile", "Fabrikam");
    awaitWritten(items, "Blocked", List.of("Blocked"));
  }

  /** Two writes are made without an answer, and then who sent them is gone too. */
  private void bothAreGoneWhileThereIsMuchToWrite(List<Integer> items) throws Exception {
    board.noFaults();
    board.silentWrites(2);
    Signal.STOP.to(List.of(board.process()));
    ask(items, "Ready");
    Poll.until(SOON, this::pending, left -> left == COUNT);
    assertThat(cli(0, "sync", "pending")).contains(id(items.getFirst()), "Ready");
    site.node(0).server().killNine();
    site.node(0).start();
    Signal.CONT.to(List.of(board.process()));
    awaitNothingPending();
    cli(0, "reconcile", "Fabrikam");
    awaitWritten(items, "Ready", List.of("Blocked", "Ready"));
  }

  /** The process on the board has no state for it. */
  private void whatCannotBeWrittenIsSaid(int number) throws Exception {
    ask(List.of(number), "Removed");
    Poll.until(SOON, () -> entries(number, "workitem.WriteRefused"), found -> found.size() == 1);
    awaitNothingPending();
  }

  private void whatNoHookToldIsFoundAndJudged(int number) throws Exception {
    board.loseHooks(1);
    board.move(number, "Production");
    int unknown = board.create("Requirement", "Nobody was told");
    board.loseHooks(0);
    assertThat(cli(0, "reconcile", "Fabrikam")).contains("2 missing, 2 of them filled");
    assertThat(get(path(unknown)).path("state").asString("")).isEqualTo("New");
    assertThat(entries(number, "workitem.TransitionViolated")).hasSize(1);
  }

  private void humansAreCalled(List<Integer> items) throws Exception {
    Poll.until(
        SOON,
        this::called,
        found ->
            found.contains("write-refused " + id(items.get(0)))
                && found.contains("transition-violated " + id(items.get(1))));
    // on a slow machine it is long enough ago that a hook told anything: that is said too
    assertThat(called()).hasSizeBetween(2, 3);
    assertThat(called().stream().map(one -> one.split(" ")[0]))
        .isSubsetOf("write-refused", "transition-violated", "changes-untold");
    assertThat(cli(0, "escalation", "list")).contains("write-refused", "transition-violated");
  }

  private List<String> called() throws Exception {
    return get("/api/v1/escalations")
        .path("items")
        .valueStream()
        .map(one -> one.path("kind").asString("") + " " + one.path("workItem").asString(""))
        .toList();
  }

  private void bothSidesAreEqual() throws Exception {
    JsonNode there = board.items();
    assertThat(there).hasSize(COUNT + 3);
    for (JsonNode item : there) {
      JsonNode ours = get(path(item.path("id").asInt()));
      assertThat(ours.path("sourceState").asString("")).isEqualTo(item.path("state").asString(""));
      assertThat(ours.path("revision").asInt()).isEqualTo(item.path("rev").asInt());
      assertThat(ours.path("incomplete").asBoolean()).isFalse();
    }
    assertThat(cli(0, "sync", "pending")).doesNotContain("workitem:");
    assertThat(cli(0, "reconcile", "Fabrikam", "--full")).contains("0 missing");
    assertThat(site.run("log", "verify").output()).contains("verdict   verifies");
  }

  private void ask(List<Integer> items, String to) throws Exception {
    try (var api = api()) {
      for (int number : items) {
        api.post(path(number) + "/transitions", "{\"to\":\"%s\"}".formatted(to));
      }
    }
  }

  /** Both sides say so, and these states, in this order, were written by us. */
  private void awaitWritten(List<Integer> items, String state, List<String> written)
      throws Exception {
    awaitNothingPending();
    awaitStates(items, state);
    for (int number : items) {
      assertThat(board.written(number)).as("#" + number).isEqualTo(written);
      // not TransitionWritten: of a write whose author died, the echo may be the first to tell
      assertThat(entries(number, "workitem.TransitionConfirmed")).hasSize(written.size());
      assertThat(entries(number, "workitem.TransitionViolated")).as("our own echoes").isEmpty();
    }
  }

  private void awaitNothingPending() throws Exception {
    Poll.until(SOON, this::pending, left -> left == 0);
  }

  private void awaitStates(List<Integer> items, String state) throws Exception {
    for (int number : items) {
      Poll.until(SOON, () -> state(number), known -> known.equals(state));
    }
  }

  private String state(int number) throws Exception {
    for (JsonNode item : get("/api/v1/work-items?limit=200").path("items")) {
      if (item.path("number").asInt() == number) {
        return item.path("state").asString("");
      }
    }
    return "";
  }

  private int pending() throws Exception {
    return get("/api/v1/sync/pending").path("items").size();
  }

  private JsonNode entries(int number, String name) throws Exception {
    return get("/api/v1/log/entries?aggregate=%s&name=%s".formatted(id(number), name))
        .path("items");
  }

  private static String id(int number) {
    return "workitem:%s:%d".formatted(BoardProcess.organization(), number);
  }

  private static String path(int number) {
    return "/api/v1/work-items/" + id(number);
  }

  private JsonNode get(String path) throws Exception {
    return site.node(0).server().get(path);
  }

  private Http api() throws Exception {
    return new Http(
        site.node(0).server().uri(),
        Map.of("Authorization", "Bearer " + site.token(), "Content-Type", "application/json"));
  }

  /** A command of the packaged program on the node's data directory. */
  private String cli(int exit, String... command) throws Exception {
    var all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--data", site.node(0).data().toString()));
    Path log = scratch.resolve("command-%d.txt".formatted(++commands));
    Program.Finished finished = Program.unpacked().run(log, all.toArray(String[]::new));
    assertThat(finished.exit()).as(finished.output()).isEqualTo(exit);
    return finished.output();
  }
}
