package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineInterfaceTest {

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  @Test
  void everyCommandExplainsItself() {
    for (String command :
        new String[] {
          "serve", "principal", "inbox", "log", "audit", "witness", "privacy", "key", "sandbox"
        }) {
      Result help = run(command, "--help");
      assertThat(help.code()).isZero();
      assertThat(help.out()).contains("Usage: countersign " + command, "Exit codes:");
    }
    assertThat(run("--version").out()).startsWith("countersign ");
  }

  @Test
  void aWrongCommandLineIsOneLineAndExitCodeTwo() {
    for (String[] wrong :
        new String[][] {
          {"fly"},
          {"serve", "--port", "many"},
          {"serve", "--role", "king"},
          {"principal", "add", "x", "--role", "king"},
          {"principal"},
          {"log", "verify", "--expect-head", "nonsense"},
          {"audit", "verify", ".", "--vkey", "nonsense"},
          {"audit"},
          {"witness"},
          {"privacy"},
          {"key"},
          {"sandbox"},
          {"sandbox", "azure-devops", "--process", "Waterfall"},
          {"sandbox", "azure-devops", "--speed-up", "0"},
          {"sandbox", "azure-devops", "--hooks-to", "nonsense"},
          {"privacy", "hold"},
          {"privacy", "erase", "some-id", "--basis", "objection"},
          {"inbox", "evict", "some-id"},
          {"inbox", "retry"},
          {"inbox", "retry", "--all"},
          {"inbox", "retry", "some-id", "--code", "x"}
        }) {
      Result result = run(wrong);
      assertThat(result.code()).as(String.join(" ", wrong)).isEqualTo(CommandLineInterface.USAGE);
      assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
    }
  }

  @Test
  void aFailureIsOneLineAndShowsItsCauseOnRequestOnly() {
    String nowhere = folder.resolve("nowhere").toString();
    Result plain = run("log", "head", "--data", nowhere);
    assertThat(plain.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(plain.err().strip().lines()).hasSize(1);
    assertThat(plain.err()).contains("no server is running on the data directory");
    assertThat(run("log", "head", "--data", nowhere, "--verbose").err()).contains("\tat ");
  }

  @Test
  void principalsAreManagedThroughTheApiOfAServerElsewhere() throws Exception {
    TestServer server = TestServer.shared();
    String url = server.server().url();
    String tokenFile = server.directory().operatorToken().path().toString();
    String[] where = {"--url", url, "--token-file", tokenFile};

    Result added = run(with(where, "principal", "add", "cleo", "--role", "agent,viewer"));
    assertThat(added.err()).isEmpty();
    Path token = Files.writeString(folder.resolve("token"), added.out());

    assertThat(run(with(where, "principal", "list")).out())
        .containsPattern("cleo +agent,viewer +active");
    assertThat(run("principal", "list", "--url", url, "--token-file", token.toString()).err())
        .contains("MANAGE_PRINCIPALS", "(403)");
    assertThat(run(with(where, "principal", "revoke", "cleo")).code()).isZero();
    assertThat(run(with(where, "principal", "list", "--json")).out())
        .contains("\"roles\":[\"agent\",\"viewer\"],\"state\":\"revoked\"");
    assertThat(run(with(where, "principal", "revoke", "nobody")).code()).isEqualTo(1);
  }

  @Test
  void anAddressWithoutASchemeIsExplained() throws Exception {
    Path token = Files.writeString(folder.resolve("some.token"), "cs_x");
    Result result = run("log", "head", "--url", "127.0.0.1:8080", "--token-file", token.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.err()).contains("http://host:port");
  }

  @Test
  void aConfigurationFileThatIsNotYamlIsOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yml"), "countersign: {port: 80");
    Result result = run("serve", "--config", file.toString());
    assertThat(result.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(result.err().strip()).contains("not valid YAML").hasLineCount(1);
  }

  @Test
  void aUrlNeedsATokenFile() {
    assertThat(run("inbox", "list", "--url", "http://127.0.0.1:1").err())
        .contains("--url needs --token-file");
  }

  private static String[] with(String[] where, String... command) {
    var all = new String[command.length + where.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(where, 0, all, command.length, where.length);
    return all;
  }
}
