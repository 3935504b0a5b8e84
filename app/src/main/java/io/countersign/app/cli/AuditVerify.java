package io.countersign.app.cli;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.PublishedLogVerifier;
import io.countersign.auditlog.tile.TileNodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign audit verify}: a published log, offline. */
@Command(
    name = "verify",
    description = {
      "Verifies a published log, as a server with the role audit keeps it in audit/log of its data"
          + " directory, or a copy of it: the checkpoint's signature, every entry, the chain, each"
          + " aggregate's sequence, all tiles, and that they lead to the signed root. Reads only the"
          + " files; needs no server, no database and no network.",
      "",
      "Payloads are not published, so it does not see whether they are still there; countersign log"
          + " verify does. It sees that the log only grew when an older checkpoint is given with"
          + " --since."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign audit verify data/audit/log --vkey countersign/6f1c0b6e-...+c74f20a3+ARpc2QcU...",
      "  countersign audit verify copy-of-log --vkey log.vkey --since checkpoint-of-last-year"
    })
final class AuditVerify implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER", description = "Folder with checkpoint and tile/.")
  private Path folder = Path.of("");

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

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "A checkpoint of this log that you kept: the log must have grown from it.")
  private @Nullable Path since;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditVerify() {}

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed("there is no folder " + folder);
    }
    KeyPolicy keys = Objects.requireNonNull(vkey);
    byte[] kept = since == null ? null : read(since);
    var published = new PublishedLog(folder);
    var problems = new ArrayList<String>();
    var findings = new ArrayList<Finding>();
    Checkpoint checkpoint = checkpoint(published, keys, problems);
    long count = 0;
    if (checkpoint != null) {
      var counted = new long[1];
      PublishedLogVerifier.verify(
          published,
          checkpoint,
          finding -> {
            if (counted[0]++ < FindingLines.SHOWN) {
              findings.add(finding);
            }
          });
      count = counted[0];
      if (kept != null) {
        grew(published, keys, checkpoint, kept, problems);
      }
    }
    print(checkpoint, problems, findings, count);
    return problems.isEmpty() && count == 0
        ? CommandLineInterface.DONE
        : CommandLineInterface.FINDING;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + file, e);
    }
  }

  private static @Nullable Checkpoint checkpoint(
      PublishedLog published, KeyPolicy keys, List<String> problems) throws IOException {
    try {
      SignedNote note =
          published
              .checkpoint()
              .orElseThrow(
                  () -> new CommandFailed("there is no checkpoint in " + published.folder()));
      return keys.checkpoint(note);
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add("the checkpoint is refused: " + e.getMessage());
      return null;
    }
  }

  /** The older checkpoint needs no folder of its own: the newer tree holds all of its nodes. */
  private static void grew(
      PublishedLog published, KeyPolicy keys, Checkpoint now, byte[] kept, List<String> problems) {
    Checkpoint older;
    try {
      older = keys.checkpoint(SignedNote.parse(kept));
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add("the checkpoint that was kept is refused: " + e.getMessage());
      return;
    }
    if (older.size() > now.size()) {
      problems.add(
          "ROLLED_BACK: %,d entries were sealed, now there are %,d"
              .formatted(older.size(), now.size()));
    } else if (older.size() > 0) {
      try {
        new Tree(new TileNodes(published, now.size()), now.size())
            .consistencyFrom(older.size())
            .verify(older.root(), now.root());
      } catch (ProofRefusedException e) {
        problems.add("FORKED: the log did not grow from what was kept: " + e.getMessage());
      } catch (IOException e) {
        problems.add("whether the log grew from what was kept cannot be read from its tiles");
      }
    }
  }

  private void print(
      @Nullable Checkpoint checkpoint, List<String> problems, List<Finding> findings, long count) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    boolean verifies = problems.isEmpty() && count == 0;
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("verifies", verifies);
      if (checkpoint != null) {
        result.put("origin", checkpoint.origin());
        result.put("size", checkpoint.size());
        result.put("root", checkpoint.root().base64());
      }
      problems.forEach(result.putArray("problems")::add);
      FindingLines.put(result, findings, count);
      out.println(result.toPrettyString());
    } else {
      problems.forEach(out::println);
      FindingLines.print(out, findings, count);
      if (checkpoint != null) {
        out.println("origin    " + checkpoint.origin());
        out.println("entries   " + checkpoint.size());
        out.println("root      " + checkpoint.root().base64());
      }
      out.println("verdict   " + (verifies ? "verifies" : "DOES NOT VERIFY"));
    }
    out.flush();
  }
}
