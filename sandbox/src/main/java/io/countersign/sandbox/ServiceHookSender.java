package io.countersign.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notifications of one subscription the way Azure DevOps does. 408, 502, 503 and 504 are
 * tried again eight times within about three minutes; 410 disables the subscription; any other
 * answer outside 2xx puts it on probation, where one notification is tried again over 36 hours and
 * all new ones are lost. No answer at all is taken for transient, which Microsoft does not
 * document. Not safe for use by several threads.
 */
public final class ServiceHookSender {

  private static final List<Duration> BACKOFF = DeliveryRules.BACKOFF;

  private static final List<Duration> PROBATION = DeliveryRules.PROBATION;

  private final HookPost post;
  private final Waiter waiter;
  private Standing standing = Standing.ENABLED;
  private @Nullable Notification held;

  /** What the service thinks of the receiver. */
  public enum Standing {
    ENABLED,
    ON_PROBATION,
    DISABLED_BY_SYSTEM
  }

  /**
   * A sender of an enabled subscription.
   *
   * @param endpoint the receiver's whole URL
   * @param user basic-auth user
   * @param password basic-auth password
   * @param waiter how time passes between tries
   */
  public ServiceHookSender(URI endpoint, String user, String password, Waiter waiter) {
    this.post =
        new HookPost(
            HookPost.client(), endpoint, Map.of("Authorization", HookPost.basic(user, password)));
    this.waiter = waiter;
  }

  /** Sends one notification; lost when the subscription is not enabled. */
  public Sent send(Notification notification) throws InterruptedException {
    if (standing != Standing.ENABLED) {
      return new Sent.Lost();
    }
    Sent sent = tryWithBackoff(notification);
    if (sent instanceof Sent.Held) {
      standing = Standing.ON_PROBATION;
      held = notification;
    }
    return sent;
  }

  /** Tries the held notification again over 36 hours; success enables the subscription. */
  public Sent endProbation() throws InterruptedException {
    Notification notification = held;
    if (standing != Standing.ON_PROBATION || notification == null) {
      throw new IllegalStateException("the subscription is not on probation");
    }
    Sent last = new Sent.Lost();
    for (Duration pause : PROBATION) {
      waiter.await(pause);
      last = once(notification, 1);
      if (last instanceof Sent.Accepted) {
        standing = Standing.ENABLED;
        held = null;
        return last;
      }
    }
    standing = Standing.DISABLED_BY_SYSTEM;
    return last instanceof Sent.Held(int status, int _) ? new Sent.Disabled(status) : last;
  }

  /** How the service sees the receiver now. */
  public Standing standing() {
    return standing;
  }

  private Sent tryWithBackoff(Notification notification) throws InterruptedException {
    Sent sent = once(notification, 1);
    for (int retry = 0; retry < BACKOFF.size() && isTransient(sent); retry++) {
      waiter.await(BACKOFF.get(retry));
      sent = once(notification, retry + 2);
    }
    return sent;
  }

  private static boolean isTransient(Sent sent) {
    return sent instanceof Sent.Held(int status, int _) && DeliveryRules.isTransient(status);
  }

  private Sent once(Notification notification, int attempt) throws InterruptedException {
    HookPost.Reply reply = post.post(notification.bytes(), notification.id());
    int status = reply.status();
    if (DeliveryRules.isAccepted(status)) {
      return new Sent.Accepted(status, reply.body(), attempt);
    }
    if (status == DeliveryRules.GONE) {
      standing = Standing.DISABLED_BY_SYSTEM;
      return new Sent.Disabled(status);
    }
    return new Sent.Held(status, attempt);
  }
}
