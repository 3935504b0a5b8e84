package io.countersign.app.cli;

import io.countersign.app.cli.ProvenEntry.Refused;
import io.countersign.audit.verify.PurgeStatement;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.note.Checkpoint;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign audit show}: an entry and whether it is sealed. */
@Command(
    name = "show",
    description = {
      "Shows an entry, what its bytes say, and whether it is sealed: whether a proof leads from the"
          + " bytes in the database to the root of a signed checkpoint. The proof is checked here.",
      "Sealed text stays sealed."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign audit show 17")
final class AuditShow implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private LogKeys keys = new LogKeys();

  @Parameters(paramLabel = "INDEX", description = "Index of the entry, from 0.")
  private long index;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditShow() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    try (var api = server.connect()) {
      JsonNode entry = api.get("/api/v1/log/entries/" + index);
      byte[] bytes = bytes(entry, "entry");
      var problems = new ArrayList<String>();
      check(api, bytes, entry, problems);
      Optional<byte[]> file = api.find("/api/v1/log/proofs/%d.tlog-proof".formatted(index));
      Checkpoint checkpoint = null;
      if (file.isPresent()) {
        try {
          checkpoint =
              ProvenEntry.of(file.get(), bytes, keys.orOf(api, commands.getErr())).checkpoint();
        } catch (Refused e) {
          problems.add("it is not the entry that was sealed: " + e.getMessage());
        }
      }
      if (json) {
        printJson(commands.getOut(), entry, checkpoint, problems);
      } else {
        print(commands.getOut(), entry, bytes, checkpoint, problems);
      }
      return problems.isEmpty() ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
    }
  }

  private void check(ApiClient api, byte[] bytes, JsonNode stored, List<String> problems) {
    try {
      var entry = EntryCodec.decode(bytes);
      if (entry.index().value() != index) {
        problems.add("the entry says it is entry %d".formatted(entry.index().value()));
      }
      ContentDigest payload = ContentDigest.of(bytes(stored, "payloadBytes"));
      if (!payload.equals(entry.payloadDigest()) && !isPurged(api, stored, entry, payload)) {
        problems.add("the stored payload does not have the digest in the entry");
      }
      if (!ContentDigest.of(bytes(stored, "metadataBytes")).equals(entry.metadataDigest())) {
        problems.add("the stored metadata does not have the digest in the entry");
      }
    } catch (EntryFormatException e) {
      problems.add("the entry cannot be read: " + e.getMessage());
    }
  }

  /** Not because the server says so: the entry that it names has to say so. */
  private static boolean isPurged(
      ApiClient api, JsonNode stored, Entry entry, ContentDigest payload)
      throws EntryFormatException {
    if (!stored.path("purgedBy").isNumber()) {
      return false;
    }
    long by = stored.path("purgedBy").asLong();
    JsonNode says = api.get("/api/v1/log/entries/" + by);
    byte[] said = bytes(says, "payloadBytes");
    Entry saying = EntryCodec.decode(bytes(says, "entry"));
    return saying.name().equals(PurgeStatement.NAME)
        && saying.index().value() == by
        && saying.payloadDigest().equals(ContentDigest.of(said))
        && PurgeStatement.read(by, said)
            .filter(statement -> statement.explains(entry, payload))
            .isPresent();
  }

  private static byte[] bytes(JsonNode entry, String field) {
    return Base64.getDecoder().decode(entry.path(field).asString(""));
  }

  private static void print(
      PrintWriter out,
      JsonNode stored,
      byte[] bytes,
      @Nullable Checkpoint checkpoint,
      List<String> problems) {
    EntryLines.print(out, bytes);
    out.println(stored.path("payload").toString());
    if (stored.path("purgedBy").isNumber()) {
      EntryLines.line(
          out,
          "purged",
          "its text was removed, as entry %d says".formatted(stored.path("purgedBy").asLong()));
    }
    problems.forEach(out::println);
    EntryLines.line(out, "sealed", words(checkpoint, problems));
    out.flush();
  }

  private static String words(@Nullable Checkpoint checkpoint, List<String> problems) {
    return checkpoint != null
        ? "under the checkpoint over %d entries".formatted(checkpoint.size())
        : problems.isEmpty() ? "not yet" : "NOT AS IT IS";
  }

  private static void printJson(
      PrintWriter out, JsonNode entry, @Nullable Checkpoint checkpoint, List<String> problems) {
    var result = ApiClient.JSON.createObjectNode();
    result.set("entry", entry);
    var seal = result.putObject("seal");
    seal.put("sealed", checkpoint != null);
    if (checkpoint != null) {
      seal.put("origin", checkpoint.origin());
      seal.put("size", checkpoint.size());
      seal.put("root", checkpoint.root().base64());
    }
    problems.forEach(result.putArray("problems")::add);
    out.println(result.toPrettyString());
    out.flush();
  }
}
