package io.countersign.app.cli;

import io.countersign.app.cli.ProvenEntry.Refused;
import io.countersign.auditlog.EntryHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign privacy certificate}: what an erasure did, and that the log holds it. */
@Command(
    name = "certificate",
    description = {
      "Prints the certificate of an erasure as JSON: what was destroyed, who decided it and in"
          + " which entries of the log, and from which day on backups cannot bring it back.",
      "",
      "Fails while there is none, and says what it waits for. recordedAs has the index and hash of"
          + " the entry that holds the certificate; inclusionProof shows that this entry is in the"
          + " log, as a C2SP tlog-proof under a checkpoint over checkpointSize entries. It is checked"
          + " before it is printed; written to a file it is for countersign audit check-proof. A"
          + " server without the role audit has none: then the certificate comes without it."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  countersign privacy certificate 0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10 --out DP-17.json")
final class PrivacyCertificate extends PrivacyErasures.OfOne {

  /** Seconds: the certificate may be younger than the newest checkpoint. */
  private static final int WAIT = 10;

  @Mixin private LogKeys keys = new LogKeys();

  @Option(names = "--out", paramLabel = "FILE", description = "Write it to a new file instead.")
  private @Nullable Path out;

  PrivacyCertificate() {}

  @Override
  public Integer call() {
    tell(this, path("/certificate"), keys, out);
    return CommandLineInterface.DONE;
  }

  /** Fetches a certificate, proves that it is in the log, and prints it or writes it to a file. */
  static void tell(PrivacyCommand.Part part, String path, LogKeys keys, @Nullable Path out) {
    JsonNode certificate;
    try (var api = part.server.connect()) {
      certificate = api.get(path);
      prove(api, (ObjectNode) certificate, keys, part.err());
    } catch (Refused e) {
      throw new CommandFailed(
          "the proof that the certificate is in the log is refused, nothing is printed: "
              + e.getMessage());
    }
    if (out == null) {
      part.print(certificate);
    } else {
      write(out, certificate);
    }
  }

  private static void prove(ApiClient api, ObjectNode certificate, LogKeys keys, PrintWriter err)
      throws Refused {
    long index = certificate.at("/recordedAs/index").asLong(-1);
    Optional<byte[]> file = api.find(ProvenEntry.path(index, WAIT));
    if (file.isEmpty()) {
      err.println(
          "without an inclusion proof: this server has no role audit, or did not seal entry %d yet"
              .formatted(index));
      err.flush();
      return;
    }
    ProvenEntry proven = ProvenEntry.at(index, file.get(), keys.orOf(api, err));
    if (!EntryHash.of(proven.entry())
        .hex()
        .equals(certificate.at("/recordedAs/hash").asString(""))) {
      throw new Refused("entry %d of the log has another hash than recordedAs".formatted(index));
    }
    certificate.put("inclusionProof", new String(proven.file().bytes(), StandardCharsets.UTF_8));
    certificate.put("checkpointSize", proven.checkpoint().size());
  }

  private static void write(Path file, JsonNode certificate) {
    try {
      Files.writeString(
          file,
          ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(certificate) + "\n",
          StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new CommandFailed("cannot write %s; does it exist already?".formatted(file), e);
    }
  }
}
