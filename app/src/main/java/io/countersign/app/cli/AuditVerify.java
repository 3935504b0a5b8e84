package io.countersign.app.cli;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
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
import picocli.CommandLine.ParameterException;
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

  private static final int SHOWN = 100;

  @Parameters(paramLabel = "FOLDER", description = "Folder with checkpoint and tile/.")
  private Path folder = Path.of("");

  @Option(
      names = "--vkey",
      paramLabel = "KEY|FILE",
      required = true,
      description =
          "The log's verifier key, or a file that holds it. Get it from somebody you trust, not from"
              + " the folder.")
  private String vkey = "";

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
    VerifierKey key = key();
    var published = new PublishedLog(folder);
    var problems = new ArrayList<String>();
    var findings = new ArrayList<Finding>();
    Checkpoint checkpoint = checkpoint(published, key, problems);
    long count = 0;
    if (checkpoint != null) {
      var counted = new long[1];
      PublishedLogVerifier.verify(
          published,
          checkpoint,
          finding -> {
            if (counted[0]++ < SHOWN) {
              findings.add(finding);
            }
          });
      count = counted[0];
      if (since != null) {
        grew(published, key, checkpoint, since, problems);
      }
    }
    print(checkpoint, problems, findings, count);
    return problems.isEmpty() && count == 0
        ? CommandLineInterface.DONE
        : CommandLineInterface.FINDING;
  }

  private VerifierKey key() throws IOException {
    Path file = Path.of(vkey);
    String text = Files.isRegularFile(file) ? Files.readString(file).strip() : vkey;
    try {
      return VerifierKey.parse(text);
    } catch (NoteFormatException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--vkey is neither a verifier key nor a file with one: " + e.reason().words());
    }
  }

  private static @Nullable Checkpoint checkpoint(
      PublishedLog published, VerifierKey key, List<String> problems) throws IOException {
    try {
      SignedNote note =
          published
              .checkpoint()
              .orElseThrow(
                  () -> new CommandFailed("there is no checkpoint in " + published.folder()));
      return new NoteVerifier(List.of(key)).checkpoint(note, key.name());
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add("the checkpoint is refused: " + e.getMessage());
      return null;
    }
  }

  /** The older checkpoint needs no folder of its own: the newer tree holds all of its nodes. */
  private static void grew(
      PublishedLog published, VerifierKey key, Checkpoint now, Path file, List<String> problems)
      throws IOException {
    Checkpoint older;
    try {
      older =
          new NoteVerifier(List.of(key))
              .checkpoint(SignedNote.parse(Files.readAllBytes(file)), key.name());
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.add("the checkpoint %s is refused: %s".formatted(file, e.getMessage()));
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
        problems.add("FORKED: the log did not grow from %s: %s".formatted(file, e.getMessage()));
      } catch (IOException e) {
        problems.add("whether the log grew from %s cannot be read".formatted(file));
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
      result.put("findingCount", count);
      var list = result.putArray("findings");
      for (Finding finding : findings) {
        list.addObject()
            .put("index", finding.index())
            .put("code", finding.code())
            .put("words", finding.words());
      }
      out.println(result.toPrettyString());
    } else {
      problems.forEach(out::println);
      for (Finding finding : findings) {
        out.println("entry %d: %s: %s".formatted(finding.index(), finding.code(), finding.words()));
      }
      if (count > findings.size()) {
        out.println("... and %,d findings more".formatted(count - findings.size()));
      }
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
