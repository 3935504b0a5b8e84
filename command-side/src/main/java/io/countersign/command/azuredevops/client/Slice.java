package io.countersign.command.azuredevops.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of a long list.
 *
 * @param items as the service tells them
 * @param token what to ask for next with, where the service gives one
 * @param last whether nothing follows
 */
public record Slice(List<JsonNode> items, @Nullable String token, boolean last) {

  /** Without the items. */
  @Override
  public String toString() {
    return "Slice[" + items.size() + (last ? ", last]" : "]");
  }
}
