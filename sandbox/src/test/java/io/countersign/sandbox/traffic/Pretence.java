package io.countersign.sandbox.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as a server would that took everything of a ledger and keeps its promises, until a test
 * changes what it says.
 */
final class Pretence implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final List<ObjectNode> deliveries = new ArrayList<>();
  final List<ObjectNode> entries = new ArrayList<>();
  final Map<String, ObjectNode> items = new LinkedHashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final HttpServer server;

  Pretence(LedgerReader.Content ledger) throws IOException {
    String organization = ledger.organizations().iterator().next();
    Map<String, ItemModel> models = new LinkedHashMap<>();
    Map<String, Noted> first = new LinkedHashMap<>();
    ledger.noted().stream()
        .sorted(Comparator.comparingLong(Noted::acknowledgedMicros))
        .forEach(noted -> first.putIfAbsent(noted.delivery(), noted));
    first.forEach((id, noted) -> deliver(organization, models, id, noted));
    models.forEach((id, model) -> items.put(id, item(id, model)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/inbox/deliveries", exchange -> answer(exchange, waiting(exchange)));
    server.createContext("/api/v1/log/entries", exchange -> answer(exchange, entries));
    server.createContext(
        "/api/v1/work-items", exchange -> answer(exchange, List.copyOf(items.values())));
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where the first entry with this name is. */
  int entry(String name) {
    for (int at = 0; at < entries.size(); at++) {
      if (entries.get(at).path("name").asString().equals(name)) {
        return at;
      }
    }
    throw new AssertionError("no entry " + name);
  }

  /** Gives entries their indexes and sequences again after a change. */
  void number() {
    sequences.clear();
    for (int at = 0; at < entries.size(); at++) {
      ObjectNode entry = entries.get(at);
      entry.put("index", at);
      entry.put("sequence", sequence(entry.path("aggregateId").asString()));
    }
  }

  private void deliver(String organization, Map<String, ItemModel> models, String id, Noted noted) {
    Told told = noted.told();
    String status =
        switch (told.expected()) {
          case FACTS -> "handled";
          case QUARANTINED -> "quarantined";
          case IGNORED -> "ignored";
        };
    deliveries.addFirst(
        JSON.createObjectNode()
            .put("id", id)
            .put("position", deliveries.size() + 1)
            .put("status", status));
    Told.Item item = told.item();
    if (told.expected() != Told.Expected.FACTS) {
      return;
    }
    if (item == null) {
      append(
          "resource:" + organization + ":" + told.event(),
          ItemsCheck.resourceEntry(told.type()),
          id);
      return;
    }
    models
        .computeIfAbsent(item.id(), _ -> new ItemModel())
        .tell(told.type(), item)
        .forEach(name -> append(item.id(), name, id));
  }

  void append(String aggregate, String name, String delivery) {
    entries.add(
        JSON.createObjectNode()
            .put("index", entries.size())
            .put("aggregateId", aggregate)
            .put("sequence", sequence(aggregate))
            .put("name", name)
            .put("actor", "source:azure-devops")
            .put("correlationId", delivery));
  }

  private long sequence(String aggregate) {
    return sequences.merge(aggregate, 1L, Long::sum) - 1;
  }

  private static ObjectNode item(String id, ItemModel model) {
    ObjectNode item = JSON.createObjectNode();
    item.put("id", id);
    item.put("sourceState", model.state());
    item.putObject("title").put("text", model.title());
    item.put("deleted", model.isDeleted());
    if (model.assignee() != null) {
      ObjectNode person = item.putObject("assignedTo");
      person.put("subject", "subject-of-" + model.assignee());
      person.putObject("name").put("text", model.assignee());
    }
    return item;
  }

  private List<ObjectNode> waiting(HttpExchange exchange) {
    return exchange.getRequestURI().getQuery().contains("status=received")
        ? deliveries.stream()
            .filter(one -> one.path("status").asString().equals("received"))
            .toList()
        : deliveries;
  }

  /** In pages of a hundred, so that following them is part of the test. */
  private static void answer(HttpExchange exchange, List<ObjectNode> all) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int from = 0;
    for (String parameter : query.split("&")) {
      if (parameter.startsWith("from=") || parameter.startsWith("after=")) {
        from = Integer.parseInt(parameter.substring(parameter.indexOf('=') + 1));
      }
    }
    int to = Math.min(all.size(), from + 100);
    ObjectNode page = JSON.createObjectNode();
    ArrayNode items = page.putArray("items");
    all.subList(Math.min(from, to), to).forEach(items::add);
    if (to < all.size()) {
      page.put("next", to);
    }
    byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
