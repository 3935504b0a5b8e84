package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.serve.Server;
import io.countersign.app.serve.TestServer;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditAnchorsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(Path data, String... more) {
    var out = new StringWriter();
    var err = new StringWriter();
    var arguments = new String[more.length + 4];
    arguments[0] = "audit";
    arguments[1] = "anchors";
    arguments[2] = "--data";
    arguments[3] = data.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void noAnchorsAreSaidToBeNone() {
    Result result = run(TestServer.shared().directory().path());
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("no anchors are configured");
  }

  @Test
  void anchorsOfAServerAreListedAndOneThatFailsIsAFindingAndAWarning() throws Exception {
    Path data = folder.resolve("data");
    Map<String, String> settings = TestServer.settings(data);
    file(settings, 0, "paper", folder.resolve("kept.txt"));
    file(settings, 1, "lost", folder.resolve("no-such-folder/kept.txt"));
    try (Server server = Server.start(settings)) {
      append(server);
      Result table = run(data);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!(table.out().contains("FAILS since") && table.out().contains(" works"))) {
        assertThat(System.nanoTime()).as(table.out()).isLessThan(end);
        Thread.sleep(50);
        table = run(data);
      }
      assertThat(table.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(table.out())
          .containsPattern("NAME +KIND +SIZE +AGE +FAILURES +STATE")
          .containsPattern("paper +file +\\d+ +\\d+s +0 +works")
          .containsPattern("lost +file +- +- +\\d+ +FAILS since .*: NoSuchFileException: ");
      assertThat(run(data, "--json").out()).contains("\"name\" : \"paper\"");
      assertThat(get(server.url() + "/health/ready"))
          .contains("\"status\":\"up\"", "anchor lost fails since ");
      assertThat(Files.readAllLines(folder.resolve("kept.txt"))).hasSize(1);
    }
  }

  private static void file(Map<String, String> settings, int which, String name, Path file) {
    String prefix = "countersign.audit.anchors[%d].".formatted(which);
    settings.put(prefix + "kind", "file");
    settings.put(prefix + "name", name);
    settings.put(prefix + "file", file.toString());
  }

  private static void append(Server server) {
    var id = new WorkItemId(new OrganizationId("fabrikam"), 1);
    EventMessage<?> event =
        new GenericDomainEventMessage<>(
                "WorkItem", id.toString(), 0, new WorkItemEvent.GapDetected(id, 2, 3))
            .andMetaData(
                Map.of(
                    "actor", "source:azure-devops", "correlationId", "c-1", "causationId", "m-1"));
    server.context().getBean(EventStore.class).publish(List.of(event));
  }

  private static String get(String address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void anAnchorThatCannotWorkRefusesTheStartInOneSentence() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy"), "quorum nobody\n");
    Map<String, String> settings = TestServer.settings(folder.resolve("data"));
    settings.put("countersign.audit.anchors[0].kind", "witness");
    settings.put("countersign.audit.anchors[0].name", "auditors");
    settings.put("countersign.audit.anchors[0].policy", policy.toString());
    assertThatThrownBy(() -> Server.start(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("the anchor auditors cannot be used")
        .hasMessageContaining("no line before this one defines the name, line 1");
  }
}
