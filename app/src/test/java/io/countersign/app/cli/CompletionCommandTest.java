package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, run by bash itself. */
class CompletionCommandTest {

  @TempDir private Path folder;

  /** What bash offers when the tab key is pressed behind these words and what is begun. */
  private List<String> offered(String begun, String... words) throws Exception {
    Path script = folder.resolve("countersign.bash");
    Files.writeString(script, CommandResult.of("completion", "bash").out());
    var line = new ArrayList<>(List.of("countersign"));
    line.addAll(List.of(words));
    String asked =
        """
        source %s
        compopt() { :; } # bash allows it while it completes only
        COMP_WORDS=(%s "%s")
        COMP_CWORD=%d
        COMP_LINE="%s %s"
        COMP_POINT=${#COMP_LINE}
        _complete_countersign
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(
                script, String.join(" ", line), begun, line.size(), String.join(" ", line), begun);
    return bash("-c", asked).lines().map(String::strip).toList();
  }

  private static String bash(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }

  @Test
  void bashAcceptsTheScriptAndItKnowsEveryCommand() throws Exception {
    CommandResult bash = CommandResult.of("completion", "bash");
    assertThat(bash.code()).isZero();
    assertThat(bash.err()).isEmpty();
    Path script = Files.writeString(folder.resolve("script"), bash.out());
    assertThat(bash("-n", script.toString())).isEmpty();

    List<String> commands =
        CommandResult.of("--help")
            .out()
            .lines()
            .dropWhile(line -> !line.startsWith("Commands:"))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .filter(line -> !line.startsWith("   "))
            .map(line -> line.strip().split("\\s+", 2)[0])
            .toList();
    assertThat(commands).hasSizeGreaterThan(20).contains("projections", "dlq", "completion");
    assertThat(offered("")).containsAll(commands);
  }

  @Test
  void itKnowsSubcommandsAndOptions() throws Exception {
    assertThat(offered("", "projections", "segments"))
        .contains("list", "split", "merge", "release");
    assertThat(offered("--re", "dlq", "evict")).contains("--reason", "--request-id");
  }

  @Test
  void zshGetsWhatItsBashcompinitReads() {
    CommandResult zsh = CommandResult.of("completion", "zsh");
    assertThat(zsh.code()).isZero();
    assertThat(zsh.out())
        .isEqualTo(CommandResult.of("completion", "bash").out())
        .contains("ZSH_VERSION", "bashcompinit");
    assertThat(CommandResult.of("completion").code()).isEqualTo(CommandLineInterface.USAGE);
    assertThat(CommandResult.of("completion", "zsh", "--help").out()).contains("~/.zshrc");
  }
}
