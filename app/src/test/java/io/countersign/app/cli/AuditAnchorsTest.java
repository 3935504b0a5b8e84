package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.serve.Server;
import io.countersign.app.serve.TestServer;
import io.countersign.audit.anchor.Anchoring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditAnchorsTest {

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
  void anchorsOfAServerAreListed() throws Exception {
    Map<String, String> settings = TestServer.settings(folder.resolve("data"));
    settings.put("countersign.audit.anchors[0].kind", "file");
    settings.put("countersign.audit.anchors[0].name", "paper");
    settings.put("countersign.audit.anchors[0].file", folder.resolve("kept.txt").toString());
    try (Server server = Server.start(settings)) {
      assertThat(server.context().getBean(Anchoring.class).warnings()).isEmpty();
      Result table = run(folder.resolve("data"));
      assertThat(table.code()).isZero();
      assertThat(table.out())
          .containsPattern("NAME +KIND +SIZE +AGE +FAILURES +STATE")
          .containsPattern("paper +file +");
      assertThat(run(folder.resolve("data"), "--json").out())
          .contains("\"name\" : \"paper\"", "\"kind\" : \"file\"");
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
