package io.countersign.app.cli;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import tools.jackson.databind.JsonNode;

/** The entries of one name with their payloads, in the order of the log, a page at a time. */
final class EntryPages {

  /** As many as a server gives at once. */
  static final int PAGE = 200;

  private final ApiClient api;
  private final String name;
  private final Queue<JsonNode> page = new ArrayDeque<>();
  private long next;
  private boolean more = true;

  EntryPages(ApiClient api, String name, long from) {
    this.api = api;
    this.name = name;
    this.next = from;
  }

  boolean hasNext() {
    while (page.isEmpty() && more) {
      JsonNode answer =
          api.get(
              "/api/v1/log/entries?payload=true&from=%d&limit=%d&name=%s"
                  .formatted(next, PAGE, ApiClient.escaped(name)));
      answer.path("items").forEach(page::add);
      more = answer.hasNonNull("next");
      next = answer.path("next").asLong(next);
    }
    return !page.isEmpty();
  }

  /** Index of the next entry. */
  long index() {
    return peek().path("index").asLong();
  }

  JsonNode next() {
    JsonNode entry = peek();
    page.remove();
    return entry;
  }

  private JsonNode peek() {
    JsonNode first = hasNext() ? page.peek() : null;
    if (first == null) {
      throw new NoSuchElementException(name);
    }
    return first;
  }
}
