package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.HookCalls;
import io.countersign.command.azuredevops.client.HookCalls.Subscription;
import io.countersign.command.azuredevops.client.HookCalls.Wanted;
import io.countersign.command.webhook.WebhookSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions by which a project's webhooks come here: which there are, which are missing.
 * Whose a subscription is, its address says.
 */
final class Hooks {

  /** What is to be told. */
  static final List<String> NEEDED =
      List.of(
          "workitem.created",
          "workitem.updated",
          "workitem.commented",
          "workitem.deleted",
          "workitem.restored",
          "git.push",
          "git.pullrequest.created",
          "git.pullrequest.updated",
          "git.pullrequest.merged");

  /** There is no subscription of ours. */
  static final String MISSING = "missing";

  private static final String ENABLED = "enabled";

  private final @Nullable URI url;
  private final WebhookSettings secrets;

  /**
   * For one installation.
   *
   * @param url where its webhook endpoint is reached from outside, without the path token
   */
  Hooks(@Nullable String url, WebhookSettings secrets) {
    this.url = url == null ? null : URI.create(url.replaceAll("/+$", ""));
    this.secrets = secrets;
  }

  /** Whether it is known which subscriptions are ours. */
  boolean isKnown() {
    return url != null;
  }

  /**
   * One kind of event.
   *
   * @param eventType what is told
   * @param status the service's word, or {@code missing}
   * @param id of the subscription; absent when there is none
   * @param wholeOrganization whether it tells of all projects
   * @param probationRetries how often one notification was tried again
   */
  record Hook(
      String eventType,
      String status,
      @Nullable String id,
      boolean wholeOrganization,
      int probationRetries) {}

  /** Ours, one for each kind of event: the one that delivers, where there are several. */
  Answer<List<Hook>> list(Source source) {
    return source
        .organization()
        .hooks()
        .list(NEEDED)
        .map(all -> NEEDED.stream().map(eventType -> best(source, eventType, all)).toList());
  }

  /** Ids of all that are ours, also those that do not deliver. */
  Answer<List<String>> ids(Source source) {
    return source
        .organization()
        .hooks()
        .list(NEEDED)
        .map(all -> all.stream().filter(one -> isOurs(source, one)).map(Subscription::id).toList());
  }

  private Hook best(Source source, String eventType, List<Subscription> all) {
    return all.stream()
        .filter(one -> one.eventType().equals(eventType) && isOurs(source, one))
        .min(
            (one, other) ->
                Boolean.compare(other.delivers(), one.delivers()) != 0
                    ? Boolean.compare(other.delivers(), one.delivers())
                    : Boolean.compare(other.project() != null, one.project() != null))
        .map(
            one ->
                new Hook(
                    eventType,
                    one.status(),
                    one.id(),
                    one.project() == null,
                    one.probationRetries()))
        .orElseGet(() -> new Hook(eventType, MISSING, null, false, 0));
  }

  private boolean isOurs(Source source, Subscription one) {
    String address = one.url();
    String theirs = one.project();
    return address != null
        && (theirs == null || theirs.equalsIgnoreCase(source.project().key()))
        && isOurs(address);
  }

  private boolean isOurs(String address) {
    try {
      URI there = URI.create(address);
      URI here = url;
      String path = String.valueOf(there.getPath());
      return here != null
          && here.getHost().equalsIgnoreCase(there.getHost())
          && here.getPort() == there.getPort()
          && (path.equals(here.getPath()) || path.startsWith(here.getPath() + "/"));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * Makes those that are missing.
   *
   * @param anew whether those that do not deliver are removed and made again: the service does not
   *     revive one that it disabled
   * @return all of them afterwards
   */
  Answer<List<Hook>> create(Source source, boolean anew) {
    return list(source)
        .then(
            all -> {
              for (Hook hook : all) {
                Answer<?> done = create(source, hook, anew);
                if (done instanceof Answer.Failure<?> failure) {
                  return failure.as();
                }
              }
              return list(source);
            });
  }

  private Answer<?> create(Source source, Hook hook, boolean anew) {
    HookCalls calls = source.organization().hooks();
    String old = hook.id();
    if (hook.status().equals(ENABLED) || old != null && !anew) {
      return new Answer.Ok<>(hook, null, null);
    }
    String key = hook.wholeOrganization() ? null : source.project().key();
    Answer<Subscription> made =
        calls.create(new Wanted(hook.eventType(), key, target(), secrets.user(), secrets.secret()));
    // the old one last: one too many is better than none, and each delivery is taken once
    return old == null ? made : made.then(_ -> calls.delete(old));
  }

  private URI target() {
    String token = secrets.pathToken();
    return token == null ? URI.create(String.valueOf(url)) : URI.create(url + "/" + token);
  }

  /** Status by kind of event. */
  static SortedMap<String, String> statuses(List<Hook> hooks) {
    SortedMap<String, String> statuses = new TreeMap<>();
    hooks.forEach(hook -> statuses.put(hook.eventType(), hook.status()));
    return statuses;
  }

  /** What is not well, in words; absent when all is. */
  static @Nullable String words(List<Hook> hooks) {
    List<String> bad = new ArrayList<>();
    for (Hook hook : hooks) {
      if (!hook.status().equals(ENABLED)) {
        bad.add(hook.eventType() + " " + hook.status());
      }
    }
    return bad.isEmpty() ? null : String.join(", ", bad);
  }
}
