package io.countersign.sandbox.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads ledgers. Half a line, left by a run that was killed while writing it, is passed over. */
final class LedgerReader {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Map<Long, Noted>> open = new HashMap<>();
  private final List<Noted> noted = new ArrayList<>();
  private final Set<String> organizations = new LinkedHashSet<>();

  private LedgerReader() {}

  /**
   * All notifications of the ledgers, in the order they were sent.
   *
   * @param organizations the runs' organizations
   */
  record Content(List<Noted> noted, Set<String> organizations) {}

  static Content read(List<Path> ledgers) {
    var reader = new LedgerReader();
    ledgers.forEach(reader::read);
    return new Content(List.copyOf(reader.noted), Set.copyOf(reader.organizations));
  }

  private void read(Path ledger) {
    String pending = null;
    try (BufferedReader lines = Files.newBufferedReader(ledger)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (pending != null && !line.isEmpty() && !line.startsWith("{\"line\":\"run\"")) {
          throw new IllegalStateException("not a line of a ledger: " + pending);
        }
        pending = line.isEmpty() || isRead(line) ? null : line;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the ledger " + ledger, e);
    }
  }

  private boolean isRead(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!json.has("line")) {
        return false;
      }
      take(json);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  private void take(JsonNode json) {
    String run = json.path("run").asString();
    if (json.path("line").asString().equals("run")) {
      organizations.add(json.path("organization").asString());
      return;
    }
    Map<Long, Noted> ofRun = open.computeIfAbsent(run, _ -> new HashMap<>());
    long n = json.path("n").asLong();
    if (json.path("line").asString().equals("sending")) {
      var one = new Noted(run, n, Kind.of(json.path("kind").asString()), told(json));
      noted.add(one);
      ofRun.put(n, one);
      return;
    }
    Noted one = ofRun.remove(n);
    if (one == null) {
      throw new IllegalStateException("an outcome without its notification: " + run + "#" + n);
    }
    int status = json.path("status").asInt();
    int attempts = json.path("attempts").asInt();
    switch (json.path("line").asString()) {
      case "acknowledged" ->
          one.acknowledged(
              json.path("delivery").asString(),
              status,
              attempts,
              json.path("acknowledged").asLong(),
              json.path("duplicate").asBoolean());
      case "given-up" -> one.lost(Noted.Outcome.GIVEN_UP, status, attempts);
      case "probation", "disabled" -> one.lost(Noted.Outcome.REFUSED, status, attempts);
      default -> throw new IllegalStateException("not a line of a ledger: " + json.path("line"));
    }
  }

  private static Told told(JsonNode json) {
    return new Told(
        json.path("type").asString(),
        UUID.fromString(json.path("event").asString()),
        UUID.fromString(json.path("subscription").asString()),
        json.path("notification").asInt(),
        Told.Expected.valueOf(json.path("expected").asString()),
        item(json));
  }

  private static Told.@Nullable Item item(JsonNode json) {
    if (!json.has("item")) {
      return null;
    }
    return new Told.Item(
        json.path("item").asString(),
        json.path("update").asInt(),
        json.path("revision").asInt(),
        Tells.of(json.path("tells").asString()),
        json.path("before").asString(),
        json.path("state").asString(),
        json.has("assignee") ? json.path("assignee").asString() : null,
        json.path("title").asString(),
        json.path("at").asLong());
  }
}
