package io.countersign.sandbox;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A small story played against a running Countersign over HTTP, and a report of what came of it. It
 * can be played again: everything in it has been delivered then, and nothing changes.
 */
public final class DemoStory {

  private static final String WEBHOOK = "/webhooks/azure-devops";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final URI baseUrl;
  private final ServiceHookSender sender;
  private final Answers answers;
  private final PrintWriter out;

  private DemoStory(URI baseUrl, String webhookSecret, String operatorToken, PrintWriter out) {
    this.baseUrl = baseUrl;
    this.sender =
        new ServiceHookSender(baseUrl.resolve(WEBHOOK), "azure-devops", webhookSecret, Waiter.REAL);
    this.answers = new Answers(baseUrl, operatorToken);
    this.out = out;
  }

  /**
   * Plays the story and prints what happened.
   *
   * @param baseUrl of the server, for example {@code http://127.0.0.1:8080}
   * @param webhookSecret password of the basic-auth user {@code azure-devops}
   * @param operatorToken token of a principal that may read work items and the log
   * @param out where the report goes
   * @throws IllegalStateException when a delivery is not accepted, or the answers do not show the
   *     story within a minute
   */
  public static void play(URI baseUrl, String webhookSecret, String operatorToken, PrintWriter out)
      throws InterruptedException {
    new DemoStory(baseUrl, webhookSecret, operatorToken, out).play();
  }

  private void play() throws InterruptedException {
    // relative to midnight, so that the same story of one day is the same bytes
    Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS);
    List<DemoScript.Step> steps = DemoScript.steps(start);
    out.printf(
        "What Azure DevOps would send about project %s, to %s%s:%n%n",
        DemoScript.PROJECT.name(), baseUrl, WEBHOOK);
    for (DemoScript.Step step : steps) {
      deliver(step);
    }
    JsonNode items = waitForBoth();
    out.printf("%nWhat Countersign made of it:%n%n");
    for (JsonNode item : items) {
      describe(answers.get("/api/v1/work-items/" + item.path("id").asString()));
    }
    sendOneAgain(steps.get(2));
    out.flush();
  }

  private Sent.Accepted deliver(DemoScript.Step step) throws InterruptedException {
    Sent sent = sender.send(step.notification());
    if (!(sent instanceof Sent.Accepted accepted)) {
      throw new IllegalStateException("not accepted: " + step.what() + ": " + sent);
    }
    out.printf("  %d  %-18s %s%n", accepted.status(), step.notification().eventType(), step.what());
    return accepted;
  }

  private JsonNode waitForBoth() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode items =
          answers
              .get("/api/v1/work-items?organization=" + organization() + "&sort=number")
              .path("items");
      if (items.size() == 2 && isClosed(items.get(0)) && isClosed(items.get(1))) {
        return items;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the work items do not show the story: " + items);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String organization() {
    return DemoScript.PROJECT.collectionId().toString();
  }

  private static boolean isClosed(JsonNode item) {
    return item.path("sourceState").asString("").equals("Closed")
        && !item.path("incomplete").asBoolean();
  }

  private void describe(JsonNode item) {
    out.printf(
        "  #%d %s: %s%n",
        item.path("number").asInt(),
        item.path("title").path("text").asString("?"),
        item.path("state").asString("?"));
    for (JsonNode change : item.path("stateHistory")) {
      JsonNode verdict = change.path("verdict");
      String outcome = verdict.path("outcome").asString("");
      out.printf(
          "     entry %-3s %-9s -> %-9s %s%n",
          change.path("entryIndex").asString("-"),
          change.path("sourceFrom").asString(""),
          change.path("sourceTo").asString(""),
          outcome.equals("violated")
              ? "BREAKS "
                  + verdict.path("rule").asString()
                  + ": "
                  + verdict.path("reason").asString()
              : outcome);
    }
    out.println();
  }

  private void sendOneAgain(DemoScript.Step step) throws InterruptedException {
    String before = answers.get("/api/v1/log/head").toString();
    out.printf("One delivery again, as Azure DevOps does when it is not sure:%n%n");
    Sent.Accepted accepted = deliver(step);
    JsonNode receipt = Wire.read(accepted.body());
    JsonNode head = answers.get("/api/v1/log/head");
    out.printf(
        "       known since delivery %s; the log %s%n",
        receipt.path("deliveryId").asString("?"),
        head.toString().equals(before) ? "did not grow" : "grew, which is wrong");
    out.printf("       head of the log: %s%n%n", head);
  }

  /** Prints what to look at on the server at this address, which goes on running. */
  public static void tryNext(URI baseUrl, String data, PrintWriter out) {
    String curl = "  curl -s -H \"Authorization: Bearer $TOKEN\" '" + baseUrl;
    out.println("Try next, in another terminal:");
    out.println();
    out.printf("  TOKEN=$(cat %s/operator.token)%n", data);
    out.println(curl + "/api/v1/work-items?violated=true'");
    out.println(curl + "/api/v1/log/head'");
    out.printf("  the whole API, to read and to try: %s%n", baseUrl.resolve("/docs"));
    out.printf("  ./countersign log verify --data %s%n", data);
    out.println();
  }
}
