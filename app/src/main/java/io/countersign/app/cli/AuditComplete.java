package io.countersign.app.cli;

import io.countersign.app.cli.ProvenEntry.Refused;
import io.countersign.audit.headmap.HeadMapDamagedException;
import io.countersign.audit.headmap.RecordedHeadMap;
import io.countersign.auditlog.headmap.Completeness;
import io.countersign.auditlog.headmap.HeadMapProof;
import io.countersign.auditlog.headmap.HeadMapRefusedException;
import io.countersign.auditlog.headmap.IncompleteException;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign audit complete}: all entries of an aggregate, and that they are all. */
@Command(
    name = "complete",
    description = {
      "Lists all entries of an aggregate and checks that they are all: that each is in the log, that"
          + " they follow each other, and that the last is the one the newest sealed head map knows."
          + " An aggregate without entries is proven to be absent.",
      "Entries that came after that head map are not covered; an operator records a new one with"
          + " POST /api/v1/log/head-map."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign audit complete workitem:fabrikam:4711 --vkey log.vkey")
final class AuditComplete implements Callable<Integer> {

  private static final int PAGE = 1_000;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private LogKeys keys = new LogKeys();

  @Parameters(paramLabel = "AGGREGATE", description = "Id of the aggregate.")
  private String aggregate = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditComplete() {}

  /** What was found out. */
  private record Result(RecordedHeadMap map, List<Long> entries) {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    try (var api = server.connect()) {
      Result result = check(api, keys.orOf(api, commands.getErr()));
      print(commands.getOut(), result);
      return CommandLineInterface.DONE;
    } catch (Refused
        | HeadMapDamagedException
        | HeadMapRefusedException
        | IncompleteException
        | NoteFormatException e) {
      print(commands.getOut(), String.valueOf(e.getMessage()));
      return CommandLineInterface.FINDING;
    }
  }

  private Result check(ApiClient api, KeyPolicy log)
      throws Refused,
          HeadMapDamagedException,
          HeadMapRefusedException,
          IncompleteException,
          NoteFormatException {
    JsonNode head = api.get("/api/v1/log/heads/" + ApiClient.escaped(aggregate));
    RecordedHeadMap map = recorded(head.path("recorded"), log);
    byte[] proof = head.path("proof").asString("").getBytes(StandardCharsets.UTF_8);
    List<Long> indexes = indexes(api, map.said().size());
    var entries = new ArrayList<byte[]>();
    for (long index : indexes) {
      entries.add(ProvenEntry.fetch(api, index, 0, log).entry());
    }
    Completeness.verify(aggregate, entries, HeadMapProof.parse(proof), map.root());
    return new Result(map, indexes);
  }

  private static RecordedHeadMap recorded(JsonNode recorded, KeyPolicy log)
      throws Refused, HeadMapDamagedException {
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] entry = base64.decode(recorded.path("entry").asString(""));
    byte[] proof = recorded.path("inclusion").asString("").getBytes(StandardCharsets.UTF_8);
    ProvenEntry.of(proof, entry, log);
    return RecordedHeadMap.of(entry, base64.decode(recorded.path("payload").asString("")));
  }

  private List<Long> indexes(ApiClient api, long below) {
    var indexes = new ArrayList<Long>();
    long from = 0;
    JsonNode page;
    do {
      page =
          api.get(
              "/api/v1/log/entries?from=%d&limit=%d&aggregate=%s"
                  .formatted(from, PAGE, ApiClient.escaped(aggregate)));
      for (JsonNode entry : page.path("items")) {
        long index = entry.path("index").asLong();
        if (index < below) {
          indexes.add(index);
        }
      }
      from = page.path("next").asLong(-1);
    } while (from >= 0 && from < below);
    return indexes;
  }

  private void print(PrintWriter out, Result result) {
    long size = result.map().said().size();
    if (json) {
      var node = ApiClient.JSON.createObjectNode();
      node.put("complete", true);
      node.put("aggregateId", aggregate);
      node.put("size", size);
      node.put("headMapEntry", result.map().index());
      result.entries().forEach(node.putArray("entries")::add);
      out.println(node.toPrettyString());
    } else {
      result.entries().forEach(index -> out.println("entry " + index));
      out.println(
          result.entries().isEmpty()
              ? "absent: none of the first %d entries is of %s (head map: entry %d)"
                  .formatted(size, aggregate, result.map().index())
              : "complete: these are all %d among the first %d entries (head map: entry %d)"
                  .formatted(result.entries().size(), size, result.map().index()));
    }
    out.flush();
  }

  private void print(PrintWriter out, String problem) {
    if (json) {
      var node = ApiClient.JSON.createObjectNode();
      node.put("complete", false);
      node.put("aggregateId", aggregate);
      node.putArray("problems").add(problem);
      out.println(node.toPrettyString());
    } else {
      out.println("NOT COMPLETE: " + problem);
    }
    out.flush();
  }
}
