package io.countersign.app.cli;

import io.countersign.eventlog.encryption.MasterKeyException;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.eventlog.encryption.MasterKeyRotation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign key}: the keys that lie in files. */
@Command(
    name = "key",
    description = "Works on the key that wraps all keys of sealed text.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeyCommand.RotateMaster.class})
final class KeyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  KeyCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "rotate-master?");
  }

  /** {@code key rotate-master}. */
  @Command(
      name = "rotate-master",
      description = {
        "Replaces the master key: makes a new one, wraps every data key with it in one transaction,"
            + " and puts it in the place of the old one. Sealed text stays as it is. All nodes have to"
            + " be stopped; afterwards copy the new file to each of them, the old one is refused.",
        "",
        "The old key is kept beside the new one as master.key.old. Backups from before need it: put"
            + " it where you keep them, and destroy it with them. Killed at any moment, the next start"
            + " finishes the rotation or takes it back."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign key rotate-master --data /var/lib/countersign")
  static final class RotateMaster implements Callable<Integer> {

    @Mixin private ServerOptions server = new ServerOptions();
    @Mixin private DatabaseOptions database = new DatabaseOptions();
    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--master-key-file",
        paramLabel = "FILE",
        description = "The master key. Default: master.key in the data directory.",
        defaultValue = "${env:COUNTERSIGN_MASTER_KEY_FILE}")
    private @Nullable Path file;

    RotateMaster() {}

    @Override
    public Integer call() {
      Path path = file == null ? server.directory().path().resolve("master.key") : file;
      var key = new MasterKeyFile(path.toAbsolutePath());
      try (var running = database.open(server.directory())) {
        var address = running.address();
        var source = new DriverManagerDataSource(address.url(), address.user(), address.password());
        long wrapped = new MasterKeyRotation(key, source, new SecureRandom()).rotate();
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("%,d data keys are wrapped by the new master key %s".formatted(wrapped, path));
        out.println("the old one is %s; backups from before need it".formatted(key.old()));
        out.flush();
      } catch (MasterKeyException e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
      return CommandLineInterface.DONE;
    }
  }
}
