package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.data.SecretFile;
import io.countersign.audit.anchored.AnchorVerifier;
import io.countersign.audit.anchored.FolderAnchors;
import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.anchored.Vouching;
import io.countersign.audit.bundle.BundleReport;
import io.countersign.audit.bundle.BundleVerifier;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.verify.AuditReport;
import io.countersign.audit.verify.LogAudit;
import io.countersign.audit.verify.LogAudit.Database;
import io.countersign.audit.verify.LogAudit.Options;
import io.countersign.audit.verify.LogAudit.Published;
import io.countersign.audit.verify.Progress;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign audit verify}: a published log, or the database behind it. */
@Command(
    name = "verify",
    description = {
      "Verifies a published log, as a server with the role audit keeps it in audit/log of its data"
          + " directory, a copy of it, or the same by HTTP: the checkpoint's signature, every entry,"
          + " the chain, each aggregate's sequence, all tiles, and that they lead to the signed"
          + " root. A folder is read without server, database and network.",
      "",
      "With --database the server's database is held against it, row by row: payloads, metadata and"
          + " columns too, entries that are not sealed yet, and whether text can still be opened."
          + " Every entry gets a verdict: OK, ERASED, PURGED, UNSEALED, KEY_UNAVAILABLE, ROLLED_BACK,"
          + " REORDERED, MISSING, TAMPERED or INSERTED.",
      "",
      "A bundle, as countersign audit bundle writes it, is verified by itself: that its entries are in"
          + " the log, their payloads, and whether they are proven to be all entries of an aggregate.",
      "",
      "--tsa-trust and --witness-policy ask others than the log's own key: who time-stamped it and when,"
          + " and whether enough witnesses of a policy of yours cosigned it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that was looked at verifies",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:something is not what was written, missing, at another place, or not signed as it must be",
      "4:the log ends before what was sealed, or did not grow from the checkpoint that was kept",
      "5:text cannot be read any more, and no entry of the log says why"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign audit verify data/audit/log --vkey countersign/6f1c0b6e-...+c74f20a3+ARpc2QcU...",
      "  countersign audit verify copy-of-log --vkey log.vkey --since checkpoint-of-last-year",
      "  countersign audit verify https://audit.example.com/log --vkey log.vkey --since-last seen",
      "  countersign audit verify copy-of-log --vkey log.vkey --witness-policy auditors.policy",
      "  countersign audit verify evidence.zip --vkey log.vkey --tsa-trust tsa-ca.pem",
      "  countersign audit verify --database --data /var/lib/countersign --vkey log.vkey"
    })
final class AuditVerify implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description =
          "Folder with checkpoint and tile/, the address they are served under, or a bundle of"
              + " evidence (.zip). With --database the default is audit/log in the data directory.")
  private @Nullable String source;

  @Option(
      names = "--vkey",
      paramLabel = "KEY|FILE",
      required = true,
      converter = VerifierKeys.class,
      description =
          "The log's verifier key, or a file that holds it or a key policy: one line a key with the"
              + " first and last size it signs, as the published file keys. Get it from somebody you"
              + " trust, not from the folder.")
  private @Nullable KeyPolicy vkey;

  @Option(names = "--database", description = "Verify the server's database against SOURCE.")
  private boolean withDatabase;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "With --database: the server's data directory. Default: ./data.",
      defaultValue = "${env:COUNTERSIGN_DATA:-data}")
  private Path data = Path.of("data");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with a principal's token, for an address that asks for one.",
      defaultValue = "${env:COUNTERSIGN_TOKEN_FILE}")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls-trust",
      paramLabel = "FILE",
      description = "PEM file with the certificate the server has to show.")
  private @Nullable Path trust;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private VerifyOptions how = new VerifyOptions();
  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private @Nullable CommandSpec spec;

  AuditVerify() {}

  @Override
  public Integer call() {
    KeyPolicy key = Objects.requireNonNull(vkey);
    Options options = how.read();
    String from = source();
    if (from.endsWith(".zip") && Files.isRegularFile(Path.of(from))) {
      return verifyBundle(Path.of(from), key, options);
    }
    Outsiders outsiders = how.outsiders();
    if (!from.matches("https?://.*")) {
      Path folder = Path.of(from);
      var published = new Published(new PublishedLog(folder), checkpoint(folder));
      return verify(published, key, options, new Asked(outsiders, folder));
    }
    if (outsiders.authorities() != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--tsa-trust is for a folder or a bundle: by HTTP nobody lists what anchors answered");
    }
    try (var tiles = new HttpTiles(from, token(), trust)) {
      var published = new Published(tiles, tiles.checkpoint());
      return verify(published, key, options, new Asked(outsiders, null));
    }
  }

  /** Who else is to vouch, and the folder that holds what they answered, where there is one. */
  private record Asked(Outsiders outsiders, @Nullable Path folder) {

    Vouching vouching(Published published, KeyPolicy key, long sealed) {
      if (outsiders.equals(Outsiders.NONE)) {
        return new Vouching(List.of(), List.of(), List.of());
      }
      var anchors = folder == null ? null : new FolderAnchors(folder, published.tiles(), sealed);
      try {
        return AnchorVerifier.verify(anchors, key::checkpoint, outsiders, published.checkpoint());
      } catch (IOException e) {
        throw new CommandFailed(
            "what anchors answered cannot be held against the log: " + e.getMessage(), e);
      }
    }
  }

  private int verify(Published published, KeyPolicy key, Options options, Asked asked) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Progress progress = json ? Progress.SILENT : ProgressLine.onTerminal(err);
    AuditReport report;
    if (withDatabase) {
      try (var running = database.openReadOnly(new DataDirectory(data))) {
        var address = running.address();
        var rows = new DriverManagerDataSource(address.url(), address.user(), address.password());
        var reader = new JdbcLogReader(rows);
        var behind = new Database(reader, new KeyStates(rows), () -> RecordedErasures.in(reader));
        report = LogAudit.run(published, key::checkpoint, behind, options, progress);
      }
    } else {
      report = LogAudit.run(published, key::checkpoint, null, options, progress);
    }
    Checkpoint now = report.checkpoint();
    Vouching vouching =
        now == null
            ? new Vouching(List.of(), List.of(), List.of())
            : asked.vouching(published, key, now.size());
    return told(report.with(vouching.problems()), vouching, options, published.checkpoint());
  }

  private int told(AuditReport report, Vouching vouching, Options options, byte[] checkpoint) {
    var notChecked = new ArrayList<>(how.notChecked(options, withDatabase));
    if (report.uncompared() > 0) {
      notChecked.add(
          "%,d rows against what was sealed: their leaves cannot be read"
              .formatted(report.uncompared()));
    }
    notChecked.addAll(vouching.notChecked());
    int code = print(new VerifyReport(report, vouching.facts(), notChecked));
    if (code == CommandLineInterface.DONE) {
      how.keep(checkpoint);
    }
    return code;
  }

  private int verifyBundle(Path zip, KeyPolicy key, Options options) {
    if (withDatabase) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "a bundle is verified by itself: no --database");
    }
    try {
      BundleReport report =
          BundleVerifier.verify(zip, key::checkpoint, options.kept(), how.outsiders());
      return print(new VerifyReport(report.report(), report.facts(), report.notChecked()));
    } catch (IOException e) {
      throw new CommandFailed("%s is no bundle of evidence: %s".formatted(zip, e.getMessage()), e);
    }
  }

  private int print(VerifyReport result) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(result.json().toPrettyString());
      out.flush();
    } else {
      result.print(out);
    }
    return result.exitCode();
  }

  private String source() {
    if (source != null) {
      return source;
    }
    if (!withDatabase) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "SOURCE is missing: a folder or an address");
    }
    return new DataDirectory(data).audit().resolve("log").toString();
  }

  private static byte[] checkpoint(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed("there is no folder " + folder);
    }
    Path file = folder.resolve("checkpoint");
    if (!Files.exists(file)) {
      throw new CommandFailed("there is no checkpoint in " + folder);
    }
    return VerifyOptions.read(file);
  }

  private @Nullable String token() {
    if (tokenFile == null) {
      return null;
    }
    Path file = tokenFile;
    return new SecretFile(file)
        .read()
        .orElseThrow(() -> new CommandFailed("there is no token in " + file));
  }
}
