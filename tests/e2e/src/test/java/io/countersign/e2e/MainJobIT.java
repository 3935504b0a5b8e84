package io.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import io.countersign.e2e.harness.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A webhook becomes a chained event, a row and an answer, and survives. One story in order, because
 * each start of the program costs seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private Path scratch;
  private Program program;
  private Path data;
  private RunningServer server;
  private int logs;

  @BeforeAll
  void startOnAnEmptyDirectory(@TempDir Path scratch) throws Exception {
    this.scratch = scratch;
    program = Program.unpacked();
    data = scratch.resolve("data");
    server = RunningServer.start(program, data, nextLog());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Path nextLog() {
    return scratch.resolve("output-" + ++logs + ".txt");
  }

  private Program.Finished run(String... arguments) throws Exception {
    return program.run(nextLog(), arguments);
  }

  private static byte[] delivery(String name) throws IOException {
    try (var stream = MainJobIT.class.getResourceAsStream("/deliveries/" + name + ".json")) {
      return stream.readAllBytes();
    }
  }

  private JsonNode theWorkItem() throws Exception {
    JsonNode page = server.get("/api/v1/work-items");
    assertThat(page.at("/items").size()).as(page.toString()).isEqualTo(1);
    return page.at("/items/0");
  }

  private JsonNode details() throws Exception {
    return server.get("/api/v1/work-items/" + theWorkItem().get("id").asString());
  }

  private static List<String> texts(JsonNode array, String member) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.get(member).asString()));
    return texts;
  }

  @Test
  @Order(1)
  void secretsAreReadableByTheirOwnerOnly() throws Exception {
    for (String name : new String[] {"operator.token", "webhook.secret"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
    assertThat(server.output()).doesNotContain(server.token()).doesNotContain(server.secret());
  }

  @Test
  @Order(2)
  void versionIsTold() throws Exception {
    Program.Finished version = run("--version");
    assertThat(version.exit()).isZero();
    assertThat(version.output()).startsWith("countersign ");
  }

  @Test
  @Order(3)
  void createdAndUpdatedAppearWithHistoryAndEntries() throws Exception {
    assertThat(server.deliver(delivery("created")).status()).isEqualTo(202);
    RunningServer.Answer receipt = server.deliver(delivery("updated"));
    assertThat(receipt.status()).isEqualTo(202);
    assertThat(receipt.json().get("deliveryId").asString()).isNotBlank();
    assertThat(receipt.json().get("digest").asString()).startsWith("sha256:");

    Poll.until(
        SOON,
        () -> server.get("/api/v1/work-items").toString(),
        page -> page.contains("\"Active\""));
    JsonNode item = theWorkItem();
    assertThat(item.get("number").asInt()).isEqualTo(77);
    assertThat(item.at("/title/text").asString()).isEqualTo("Export as a spreadsheet");
    assertThat(item.get("state").asString()).isEqualTo("InProgress");

    JsonNode details = details();
    assertThat(texts(details.get("stateHistory"), "sourceTo")).containsExactly("New", "Active");
    JsonNode entries = server.get("/api/v1/log/entries").get("items");
    assertThat(texts(entries, "name"))
        .contains("project.Registered", "workitem.Registered", "workitem.StateChanged");
    assertThat(server.get("/api/v1/log/head").get("lastIndex").asLong())
        .isEqualTo(entries.size() - 1);
  }

  @Test
  @Order(4)
  void theSameDeliveryTwiceChangesNothing() throws Exception {
    String head = server.head();
    String item = details().toString();

    for (String name : new String[] {"created", "updated", "updated"}) {
      assertThat(server.deliver(delivery(name)).status()).isEqualTo(202);
    }
    Poll.until(
        SOON,
        () -> server.get("/api/v1/inbox/deliveries?status=received").at("/items").size(),
        waiting -> waiting == 0);

    assertThat(server.head()).isEqualTo(head);
    assertThat(details().toString()).isEqualTo(item);
  }

  @Test
  @Order(5)
  void wrongSecretIsRefusedAndWithoutTokenNothingIsAnswered() throws Exception {
    assertThat(server.deliver("wrong", delivery("created")).status()).isEqualTo(401);
    assertThat(server.getOpenly("/api/v1/work-items").status()).isEqualTo(401);
    assertThat(server.getOpenly("/api/v1/log/head").status()).isEqualTo(401);
  }

  @Test
  @Order(6)
  void garbageIsAcceptedAndQuarantined() throws Exception {
    String head = server.head();
    assertThat(server.deliver("{\"eventType\": \"workitem.upd".getBytes(UTF_8)).status())
        .isEqualTo(202);

    JsonNode quarantined =
        Poll.until(
            SOON,
            () -> server.get("/api/v1/inbox/deliveries?status=quarantined").at("/items"),
            deliveries -> deliveries.size() == 1);
    assertThat(quarantined.at("/0/code").asString()).isNotBlank();
    assertThat(server.head()).isEqualTo(head);
    Program.Finished list = run("inbox", "list", "--data", data.toString());
    assertThat(list.exit()).isZero();
    assertThat(list.output()).contains(quarantined.at("/0/id").asString());
  }

  @Test
  @Order(7)
  void secondServerOnTheDirectoryIsToldWhoHasIt() throws Exception {
    String head = server.head();
    Program.Finished second = run("serve", "--data", data.toString(), "--port", "0");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.output()).contains("another countersign").contains(data.toString());
    assertThat(server.head()).isEqualTo(head);
  }

  @Test
  @Order(8)
  void afterKillNineEverythingIsThereAndTheChainVerifies() throws Exception {
    String head = server.head();
    String item = details().toString();
    server.killNine();

    Program.Finished stopped = run("log", "verify", "--data", data.toString());
    assertThat(stopped.exit()).as(stopped.output()).isZero();

    server = RunningServer.start(program, data, nextLog());
    assertThat(server.head()).as("starting appends nothing").isEqualTo(head);
    assertThat(details().toString()).isEqualTo(item);
    Program.Finished running = run("log", "verify", "--data", data.toString());
    assertThat(running.exit()).as(running.output()).isZero();
  }

  @Test
  @Order(9)
  void oneChangedByteIsFoundWithItsIndex() throws Exception {
    Tampering.flipOneByteOfPayload(data, 1);

    Program.Finished verified = run("log", "verify", "--data", data.toString());
    assertThat(verified.exit()).as(verified.output()).isEqualTo(3);
    assertThat(verified.output()).containsPattern("\\b1\\b").containsIgnoringCase("payload");

    String vkey = data.resolve("audit/log/vkey").toString();
    String[] audit = {"audit", "verify", "--database", "--data", data.toString(), "--vkey", vkey};
    Program.Finished audited = run(audit);
    assertThat(audited.exit()).as(audited.output()).isEqualTo(3);
    assertThat(audited.output()).contains("entry     1 TAMPERED: payload");

    Tampering.flipOneByteOfPayload(data, 1);
    assertThat(run(audit).exit()).isZero();
    Program.Finished mended = run("log", "verify", "--data", data.toString());
    assertThat(mended.exit()).as(mended.output()).isZero();
  }

  @Test
  @Order(10)
  void terminatedItStopsInOrderAndStartsAgainWhereItWas() throws Exception {
    String head = server.head();
    assertThat(server.terminate()).as(server.output()).isZero();
    assertThat(server.output()).doesNotContain("Exception");
    assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();

    server = RunningServer.start(program, data, nextLog());
    assertThat(server.head()).as("stopping and starting append nothing").isEqualTo(head);
  }

  /** An auditor with nothing but the key and a copy of the files. */
  @Test
  @Order(11)
  void theSealedLogVerifiesWithoutTheServerAndAChangedFileIsFound() throws Exception {
    Path published = data.resolve("audit/log");
    long entries = server.get("/api/v1/log/head").get("size").asLong();
    Poll.until(SOON, () -> sealed(published), size -> size == entries);
    Path copy = scratch.resolve("copy");
    try (Stream<Path> files = Files.walk(published)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(published.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    String vkey = copy.resolve("vkey").toString();
    server.terminate();
    String[] verify = {"audit", "verify", copy.toString(), "--vkey", vkey};
    Program.Finished sound = run(verify);
    assertThat(sound.exit()).as(sound.output()).isZero();
    assertThat(sound.output()).contains("entries   " + entries, "verdict   verifies");

    Path bundle = copy.resolve("tile/entries/000.p/" + entries);
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bundle, bytes);
    Program.Finished changed = run(verify);
    assertThat(changed.exit()).as(changed.output()).isEqualTo(3);
    assertThat(changed.output())
        .contains("entry " + (entries - 1) + ": HASH_MISMATCH", "DOES NOT VERIFY");
  }

  private static long sealed(Path published) {
    try {
      return Long.parseLong(Files.readAllLines(published.resolve("checkpoint")).get(1));
    } catch (IOException e) {
      return 0;
    }
  }
}
