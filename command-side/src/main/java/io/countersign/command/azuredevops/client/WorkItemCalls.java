package io.countersign.command.azuredevops.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Work items: reading and changing them. */
public final class WorkItemCalls {

  /** More in one batch are refused (VS403474). */
  static final int BATCH = 200;

  private static final int PAGE = 200;
  private static final String ITEMS = "/_apis/wit/workitems/";
  private static final String ALL = "All";

  private final Sender sender;

  WorkItemCalls(Sender sender) {
    this.sender = sender;
  }

  /** One, with fields and relations. */
  public Answer<RemoteWorkItem> get(int id) {
    return sender.send(
        Call.get("work-item", Scope.WORK, ITEMS + id).with("$expand", ALL), RemoteWorkItem::read);
  }

  /** Several; those that are not there, or that we may not see, are left out. */
  public Answer<List<RemoteWorkItem>> batch(Collection<Integer> ids) {
    List<Integer> all = List.copyOf(ids);
    List<RemoteWorkItem> found = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += BATCH) {
      switch (few(all.subList(from, Math.min(all.size(), from + BATCH)))) {
        case Answer.Ok<List<RemoteWorkItem>> ok -> found.addAll(ok.value());
        case Answer.Failure<List<RemoteWorkItem>> failure -> {
          return failure;
        }
      }
    }
    return new Answer.Ok<>(found, null, null);
  }

  private Answer<List<RemoteWorkItem>> few(List<Integer> ids) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ids.forEach(body.putArray("ids")::add);
    body.put("$expand", ALL).put("errorPolicy", "omit");
    Sender.Shape<List<RemoteWorkItem>> shape =
        json -> {
          JsonNode values = json.path("value");
          List<RemoteWorkItem> items = new ArrayList<>(values.size());
          for (JsonNode value : values) {
            RemoteWorkItem item = RemoteWorkItem.read(value);
            if (item != null) {
              items.add(item);
            } else if (!value.isNull()) {
              return null;
            }
          }
          return values.isArray() ? items : null;
        };
    return sender.send(
        Call.ask("work-item-batch", Scope.WORK, "/_apis/wit/workitemsbatch", body), shape);
  }

  /**
   * Writes, if the item still has the patch's revision; {@link Answer.Conflict} otherwise. Decide
   * with {@link WorkItemPatch#neededFor} whether there is anything to write.
   */
  public Answer<RemoteWorkItem> patch(int id, WorkItemPatch patch) {
    Answer<RemoteWorkItem> answer = send("work-item-patch", id, patch, null);
    // seen with others: answered 200, and nothing was saved. Only the revision tells
    if (answer instanceof Answer.Ok<RemoteWorkItem> ok && ok.value().rev() <= patch.rev()) {
      return new Answer.Refused<>(
          new Fault(
              200,
              Fault.NOT_SAVED,
              "the service answered well and made no revision",
              ok.activity(),
              Scope.WORK_WRITE.toString()));
    }
    return answer;
  }

  /** Asks whether a patch would be taken, by all rules there are. Nothing is written. */
  public Answer<RemoteWorkItem> validate(int id, WorkItemPatch patch) {
    return send("work-item-validate", id, patch, true);
  }

  private Answer<RemoteWorkItem> send(
      String operation, int id, WorkItemPatch patch, @Nullable Boolean validateOnly) {
    return sender.send(
        Call.write(operation, Scope.WORK_WRITE, "PATCH", ITEMS + id, patch.document())
            .asPatch()
            .with("validateOnly", validateOnly),
        RemoteWorkItem::read);
  }

  /**
   * Updates, oldest first, in the shape webhooks have them. They are numbered from 1 without gaps,
   * so to skip n is to start behind update n.
   */
  public Answer<Slice> updates(int id, int skip) {
    return page("work-item-updates", id, "updates", skip);
  }

  /** Revisions, oldest first: the whole item each time. */
  public Answer<Slice> revisions(int id, int skip) {
    return page("work-item-revisions", id, "revisions", skip);
  }

  private Answer<Slice> page(String operation, int id, String list, int skip) {
    return sender
        .send(
            Call.get(operation, Scope.WORK, ITEMS + id + "/" + list)
                .with("$top", PAGE)
                .with("$skip", skip)
                .with("$expand", list.equals("revisions") ? ALL : null),
            Sender.Shape.values(Sender.Shape::object))
        .map(items -> new Slice(items, null, items.size() < PAGE));
  }

  /** Comments, with the token of the slice before. */
  public Answer<Slice> comments(String project, int id, @Nullable String token) {
    return sender.send(
        Call.get("comments", Scope.WORK, commentsOf(project, id))
            .preview(4)
            .with("$top", PAGE)
            .with("continuationToken", token),
        json -> {
          List<JsonNode> items = Sender.Shape.listOf("comments", Sender.Shape::object).read(json);
          String next = json.path("continuationToken").asString(null);
          return items == null ? null : new Slice(items, next, next == null);
        });
  }

  /** Adds a comment that belongs to no change; answers its number. */
  public Answer<Integer> comment(String project, int id, String html) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("text", html);
    return sender.send(
        Call.write("comment-add", Scope.WORK_WRITE, "POST", commentsOf(project, id), body)
            .preview(4),
        json -> json.path("id").isInt() ? json.path("id").intValue() : null);
  }

  private static String commentsOf(String project, int id) {
    return Call.in(project) + "/_apis/wit/workItems/" + id + "/comments";
  }

  /** Puts it into the recycle bin. */
  public Answer<Integer> delete(int id) {
    return sender.send(
        Call.write("work-item-delete", Scope.WORK_WRITE, "DELETE", ITEMS + id, null)
            .with("destroy", false),
        json -> id);
  }

  /** Takes it out of the recycle bin. */
  public Answer<Integer> restore(int id) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("isDeleted", false);
    return sender.send(
        Call.write(
            "work-item-restore", Scope.WORK_WRITE, "PATCH", "/_apis/wit/recyclebin/" + id, body),
        json -> id);
  }

  /** Whether it lies in the recycle bin. */
  public Answer<Integer> recycled(int id) {
    return sender.send(
        Call.get("work-item-recycled", Scope.WORK, "/_apis/wit/recyclebin/" + id), json -> id);
  }

  /** Numbers of the items a flat query finds. */
  public Answer<List<Integer>> query(@Nullable String project, String wiql, int most) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("query", wiql);
    return sender.send(
        Call.ask("query", Scope.WORK, Call.in(project) + "/_apis/wit/wiql", body)
            .with("$top", most),
        Sender.Shape.listOf(
            "workItems", item -> item.path("id").isInt() ? item.path("id").intValue() : null));
  }
}
