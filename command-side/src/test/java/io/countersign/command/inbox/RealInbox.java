package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node's inbox as the program wires it, without a server before it. */
public final class RealInbox implements AutoCloseable {

  private final JdbcClient jdbc;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Inbox inbox;

  /**
   * Starts. Pool and keys stay their owner's.
   *
   * @param pool where {@link InboxSchema#INBOX} is there
   */
  public RealInbox(DataSource pool, KeyRing keys, DeliveryHandler handler) {
    jdbc = JdbcClient.create(pool);
    context.registerBean(
        DataSource.class, () -> pool, definition -> definition.setDestroyMethodName(""));
    context.registerBean(
        KeyRing.class, () -> keys, definition -> definition.setDestroyMethodName(""));
    context.registerBean(DeliveryHandler.class, () -> handler);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.register(InboxConfiguration.class);
    context.refresh();
    inbox = context.getBean(Inbox.class);
  }

  /** It. */
  public Inbox inbox() {
    return inbox;
  }

  /** What it knows of events it handled. */
  public HandledEvents handledEvents() {
    return context.getBean(HandledEvents.class);
  }

  /**
   * What a webhook brought.
   *
   * @return whether it was taken, and is durable
   */
  public boolean receive(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return inbox.accept(new Incoming(Map.of(), body, body.length, digest, false))
          instanceof Acceptance.Accepted;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many wait to be handled. */
  public long pending() {
    return jdbc.sql("select count(*) from inbox.pending").query(Long.class).single();
  }

  /** How many nobody could make sense of. */
  public long quarantined() {
    return jdbc.sql("select count(*) from inbox.outcome where status = 'quarantined'")
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    context.close();
  }
}
