package io.countersign.sandbox.traffic;

import io.countersign.sandbox.DeliveryRules;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sends one notification at a time and notes in the ledger what became of it. */
final class Sender implements AutoCloseable {

  private static final String WEBHOOK = "/webhooks/azure-devops";

  /** How long the service waits for an answer is not documented. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final double speedUp;
  private final List<WebhookConnection> connections;
  private final Schedule schedule;
  private final Ledger ledger;
  private final Tally tally;
  private final RunClock clock;
  private final AcknowledgedSample sample;
  private volatile boolean abandoned;

  Sender(
      TrafficPlan plan,
      Target target,
      Schedule schedule,
      Ledger ledger,
      Tally tally,
      RunClock clock,
      AcknowledgedSample sample) {
    this.speedUp = plan.speedUp();
    this.schedule = schedule;
    this.ledger = ledger;
    this.tally = tally;
    this.clock = clock;
    this.sample = sample;
    this.connections =
        target.servers().stream()
            .map(
                server ->
                    new WebhookConnection(
                        server.resolve(WEBHOOK),
                        "azure-devops",
                        target.webhookSecret(),
                        PATIENCE,
                        sockets(server, target.tls())))
            .toList();
  }

  private static @Nullable SSLSocketFactory sockets(URI server, @Nullable SSLContext trust) {
    if (!"https".equals(server.getScheme())) {
      return null;
    }
    return trust == null
        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
        : trust.getSocketFactory();
  }

  /** Sends until there is nothing left to send. */
  void run() throws InterruptedException {
    for (Task task = schedule.next(); task != null; task = schedule.next()) {
      send(task);
    }
  }

  private void send(Task task) throws InterruptedException {
    int attempt = task.begin();
    long sentNanos = System.nanoTime();
    if (attempt == 1) {
      tally.sent.increment();
      ledger.sending(
          task.n(), task.planned(), clock.micros(task.dueNanos()), clock.micros(sentNanos));
    } else {
      tally.retries.increment();
    }
    int turn = (int) ((task.n() + attempt - 1) % connections.size());
    try {
      var answer = connections.get(turn).post(task.planned().told().event(), task.planned().body());
      answered(task, answer, sentNanos);
    } catch (IOException e) {
      if (abandoned) {
        throw new InterruptedException("abandoned");
      }
      tally.noAnswer.increment();
      again(task, DeliveryRules.NO_ANSWER);
    }
  }

  private void answered(Task task, WebhookConnection.Answer answer, long sentNanos) {
    long atNanos = System.nanoTime();
    int status = answer.status();
    if (DeliveryRules.isAccepted(status)) {
      Receipt receipt = Receipt.of(answer.body());
      ledger.acknowledged(task.n(), status, receipt, task.attempts(), clock.micros(atNanos));
      tally.acknowledged(task.dueNanos(), sentNanos, atNanos, receipt.duplicate());
      sample.offer(task.planned(), receipt, atNanos);
      schedule.done(task);
    } else if (DeliveryRules.isTransient(status)) {
      tally.unavailable.increment();
      again(task, status);
    } else {
      String outcome = status == DeliveryRules.GONE ? "disabled" : "probation";
      ledger.lost(task.n(), outcome, status, task.attempts(), clock.micros(atNanos));
      tally.found(
          new Finding(
              Finding.Code.WOULD_BE_PROBATION,
              task.planned().told().event().toString(),
              "%s was answered %d: the subscription would be %s"
                  .formatted(
                      task.planned().told().type(),
                      status,
                      status == DeliveryRules.GONE ? "disabled" : "on probation")));
      schedule.done(task);
    }
  }

  private void again(Task task, int status) {
    int retry = task.attempts() - 1;
    if (retry < DeliveryRules.BACKOFF.size()) {
      schedule.retry(task, (long) (DeliveryRules.BACKOFF.get(retry).toNanos() / speedUp));
      return;
    }
    tally.givenUp.increment();
    ledger.lost(task.n(), "given-up", status, task.attempts(), clock.micros(System.nanoTime()));
    schedule.done(task);
  }

  /** Cuts its connections: a post that is under way fails. */
  void abandon() {
    abandoned = true;
    connections.forEach(WebhookConnection::close);
  }

  @Override
  public void close() {
    connections.forEach(WebhookConnection::close);
  }
}
