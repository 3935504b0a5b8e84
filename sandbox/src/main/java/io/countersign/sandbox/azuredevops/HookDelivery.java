package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.DeliveryRules;
import io.countersign.sandbox.HookPost;
import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.NotificationRecord.Result;
import io.countersign.sandbox.azuredevops.Subscription.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications with the service's clock: transient answers are tried again eight times
 * within about three minutes, any other error puts the subscription on probation, where one
 * notification is tried again over 36 hours and new ones are lost. All times are divided by the
 * speed-up.
 */
final class HookDelivery implements AutoCloseable {

  private final Moments moments;
  private final double speedUp;
  private final HttpClient http = HookPost.client();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-hooks").factory());
  private final Map<String, CompletableFuture<Void>> lanes = new ConcurrentHashMap<>();
  private final Object lock;
  private int open;

  /**
   * A delivery.
   *
   * @param lock guards subscriptions and notifications
   * @param speedUp how much faster time passes
   */
  HookDelivery(Object lock, Moments moments, double speedUp) {
    this.lock = lock;
    this.moments = moments;
    this.speedUp = speedUp;
  }

  /** Sends after all that was sent before in the lane. */
  void send(Subscription subscription, NotificationRecord notification, String lane) {
    opened();
    lanes.compute(
        lane,
        (_, tail) ->
            (tail == null ? CompletableFuture.<Void>completedFuture(null) : tail)
                .thenRunAsync(() -> attempt(subscription, notification, 1), threads));
  }

  /** Sends some time later, beside all lanes. */
  void sendLate(Subscription subscription, NotificationRecord notification, Duration pause) {
    opened();
    after(pause, () -> attempt(subscription, notification, 1));
  }

  /** Runs something after a while, as a part of what is under way. */
  void later(Duration pause, Runnable task) {
    opened();
    after(
        pause,
        () -> {
          task.run();
          synchronized (lock) {
            closed();
          }
        });
  }

  /** Waits until nothing is under way any more; what is held on probation is not waited for. */
  boolean awaitQuiet(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      while (open > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
    }
  }

  private void attempt(Subscription subscription, NotificationRecord notification, int number) {
    int status = post(subscription, notification);
    synchronized (lock) {
      if (DeliveryRules.isAccepted(status)) {
        end(notification, Result.SUCCEEDED, null);
      } else if (status == DeliveryRules.GONE) {
        subscription.status(Status.DISABLED_BY_SYSTEM);
        end(notification, Result.FAILED, "The receiver answered 410 (Gone).");
      } else if (DeliveryRules.isTransient(status) && number <= DeliveryRules.BACKOFF.size()) {
        after(
            sped(DeliveryRules.BACKOFF.get(number - 1)),
            () -> attempt(subscription, notification, number + 1));
      } else if (subscription.status() == Status.ENABLED) {
        subscription.status(Status.ON_PROBATION);
        closed();
        after(sped(DeliveryRules.PROBATION.getFirst()), () -> probe(subscription, notification, 1));
      } else {
        end(notification, Result.FAILED, failure(status));
      }
    }
  }

  private void probe(Subscription subscription, NotificationRecord notification, int number) {
    synchronized (lock) {
      if (subscription.status() != Status.ON_PROBATION) {
        notification.ended(Result.FAILED, "The subscription was disabled.", moments.now());
        return;
      }
    }
    int status = post(subscription, notification);
    synchronized (lock) {
      subscription.probationTried(moments.now());
      if (DeliveryRules.isAccepted(status)) {
        subscription.status(Status.ENABLED);
        notification.ended(Result.SUCCEEDED, null, moments.now());
      } else if (status != DeliveryRules.GONE && number < DeliveryRules.PROBATION.size()) {
        after(
            sped(DeliveryRules.PROBATION.get(number)),
            () -> probe(subscription, notification, number + 1));
      } else {
        subscription.status(Status.DISABLED_BY_SYSTEM);
        notification.ended(Result.FAILED, failure(status), moments.now());
      }
      lock.notifyAll();
    }
  }

  private int post(Subscription subscription, NotificationRecord notification) {
    byte[] body;
    HookPost post;
    synchronized (lock) {
      body = Wire.JSON.writeValueAsBytes(notification.event());
      URI endpoint = URI.create(subscription.consumerInputs().getOrDefault("url", ""));
      post = new HookPost(http, endpoint, subscription.headers());
    }
    int status = DeliveryRules.NO_ANSWER;
    String answer = "";
    try {
      HookPost.Reply reply = post.post(body, notification.eventId());
      status = reply.status();
      answer = reply.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      notification.tried(status, answer, moments.now());
    }
    return status;
  }

  private static String failure(int status) {
    return status == DeliveryRules.NO_ANSWER
        ? "The receiver did not answer."
        : "The receiver answered %d.".formatted(status);
  }

  private void end(NotificationRecord notification, Result how, @Nullable String message) {
    notification.ended(how, message, moments.now());
    closed();
  }

  private void opened() {
    synchronized (lock) {
      open++;
    }
  }

  private void closed() {
    open--;
    lock.notifyAll();
  }

  private Duration sped(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / speedUp));
  }

  private void after(Duration pause, Runnable task) {
    if (!timer.isShutdown()) {
      timer.schedule(() -> threads.execute(task), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
    http.shutdownNow();
  }
}
