package io.countersign.app.cli;

import io.countersign.audit.publish.CopyRefusedException;
import io.countersign.audit.publish.LogCopy;
import io.countersign.audit.publish.LogCopy.Copied;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.tile.TileSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countersign audit export}: a copy of the published log. */
@Command(
    name = "export",
    description = {
      "Copies the published log into a folder, in the layout of C2SP tlog-tiles: checkpoint, vkey,"
          + " tile/. Each file is checked against the signed checkpoint before it is written, and the"
          + " checkpoint is written last; the log may grow meanwhile.",
      "",
      "Run it again to go on after an interruption or to bring the copy up to date. A log that did"
          + " not grow from the copy is refused, and the copy stays as it was: that is a finding."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  countersign audit export --tiles copy-of-log --vkey log.vkey",
      "  countersign audit verify copy-of-log --vkey log.vkey"
    })
final class AuditExport implements Callable<Integer> {

  private static final String PUBLISHED = "/api/v1/log/published/";
  private static final long TOLD = 1_000;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private LogKeys keys = new LogKeys();

  @Option(
      names = "--tiles",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the copy; new, or with an older copy of the same log.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditExport() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    var copy = new PublishedLog(folder);
    try (var api = server.connect();
        var lock = copy.tryLock().orElse(null)) {
      if (lock == null) {
        throw new CommandFailed("somebody else writes to " + folder);
      }
      KeyPolicy log = log(api, commands.getErr());
      Checkpoint older = held(copy, log);
      SignedNote note = SignedNote.parse(api.bytes(PUBLISHED + "checkpoint"));
      Checkpoint checkpoint = log.checkpoint(note);
      LongConsumer progress = json ? _ -> {} : told(commands.getErr());
      Copied copied = LogCopy.run(source(api), note, checkpoint, older, copy, progress);
      copy.write("keys", log.text());
      copy.write("vkey", newest(log) + "\n");
      print(commands.getOut(), checkpoint, copied);
      return CommandLineInterface.DONE;
    } catch (CopyRefusedException | NoteFormatException | NoteRefusedException e) {
      print(commands.getOut(), String.valueOf(e.getMessage()));
      return CommandLineInterface.FINDING;
    } catch (IOException e) {
      throw new CommandFailed("the copy cannot go on: " + e.getMessage(), e);
    }
  }

  /** The keys given, else those of the copy, which were trusted once, else the server's. */
  private KeyPolicy log(ApiClient api, PrintWriter err) throws IOException, NoteFormatException {
    Path known = folder.resolve("keys");
    return keys.vkey == null && Files.exists(known)
        ? KeyPolicy.parse(Files.readString(known))
        : keys.orOf(api, err);
  }

  /** The one key that tools read which know no policies. */
  private static VerifierKey newest(KeyPolicy log) {
    return log.lines().stream()
        .filter(line -> line.isOpen() && line.key().type() == SignatureType.ED25519)
        .reduce((_, later) -> later)
        .orElse(log.lines().getLast())
        .key();
  }

  private static Checkpoint held(PublishedLog copy, KeyPolicy log)
      throws IOException, NoteFormatException, NoteRefusedException {
    Optional<SignedNote> note = copy.checkpoint();
    return note.isEmpty()
        ? new Checkpoint(log.origin(), 0, TreeHash.EMPTY)
        : log.checkpoint(note.get());
  }

  private static TileSource source(ApiClient api) {
    return path ->
        api.find(PUBLISHED + path)
            .orElseThrow(() -> new FileNotFoundException(path + " is not published"));
  }

  private static LongConsumer told(PrintWriter err) {
    return files -> {
      if (files % TOLD == 0) {
        err.println("%,d files ...".formatted(files));
        err.flush();
      }
    };
  }

  private void print(PrintWriter out, Checkpoint checkpoint, Copied copied) {
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("copied", true);
      result.put("origin", checkpoint.origin());
      result.put("size", checkpoint.size());
      result.put("root", checkpoint.root().base64());
      result.put("files", copied.files());
      result.put("fetched", copied.fetched());
      out.println(result.toPrettyString());
    } else {
      EntryLines.line(out, "origin", checkpoint.origin());
      EntryLines.line(out, "entries", Long.toString(checkpoint.size()));
      EntryLines.line(
          out, "files", "%d, %d of them new".formatted(copied.files(), copied.fetched()));
      EntryLines.line(out, "folder", folder.toString());
    }
    out.flush();
  }

  private void print(PrintWriter out, String problem) {
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("copied", false);
      result.putArray("problems").add(problem);
      out.println(result.toPrettyString());
    } else {
      out.println(problem);
    }
    out.flush();
  }
}
