package io.countersign.app.web;

import io.countersign.app.settings.HttpSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection: how long it takes with the head of a request, with its body, with the
 * next request, with reading our answer. Everything here runs on the connection's event loop.
 */
final class ConnectionWatch {

  private static final byte[] TOO_SLOW =
      "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private enum Phase {
    WAITING,
    HEAD,
    BODY,
    ANSWER
  }

  private final HttpSettings settings;
  private final OpenConnections connections;
  private Phase phase = Phase.WAITING;
  private long since = System.nanoTime();
  private int unanswered;
  private long unread;
  private long unreadSince;
  private long pauseNanos;
  private long ticked;
  private @Nullable Future<?> ticks;

  ConnectionWatch(HttpSettings settings, OpenConnections connections) {
    this.settings = settings;
    this.connections = connections;
  }

  private void enter(ChannelHandlerContext context, Phase next) {
    boolean waited = phase == Phase.WAITING || phase == Phase.HEAD;
    boolean waits = next == Phase.WAITING || next == Phase.HEAD;
    if (waited != waits) {
      connections.waits(context.channel(), waits);
    }
    phase = next;
    since = System.nanoTime();
  }

  private void tick(ChannelHandlerContext context) {
    forgiveOwnLateness();
    if (stalled(context)) {
      connections.countCut();
      context.close();
      return;
    }
    Duration limit =
        switch (phase) {
          case WAITING -> settings.idleTimeout();
          case HEAD -> settings.headerTimeout();
          case BODY -> settings.requestTimeout();
          case ANSWER -> null;
        };
    if (limit != null && System.nanoTime() - since > limit.toNanos()) {
      connections.countCut();
      boolean asked = phase == Phase.HEAD || phase == Phase.BODY && unanswered > 0;
      if (asked) {
        context
            .writeAndFlush(Unpooled.wrappedBuffer(TOO_SLOW))
            .addListener(ChannelFutureListener.CLOSE);
      } else {
        context.close();
      }
    }
  }

  /**
   * While this process stood still, for a collection or without a processor, the client could not
   * be heard: that time is not its slowness, and its request may lie unread in the socket.
   */
  private void forgiveOwnLateness() {
    long now = System.nanoTime();
    long late = now - ticked - pauseNanos;
    if (late > pauseNanos) {
      since += late;
      unreadSince += late;
    }
    ticked = now;
  }

  /** Whether the client has read nothing of what we sent for too long. */
  private boolean stalled(ChannelHandlerContext context) {
    ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
    long left = out == null ? 0 : out.totalPendingWriteBytes();
    if (left == 0 || left != unread) {
      unread = left;
      unreadSince = System.nanoTime();
      return false;
    }
    return System.nanoTime() - unreadSince > settings.stalledTimeout().toNanos();
  }

  /** Goes before the codec: sees bytes. */
  final class OfBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      connections.opened(context.channel());
      long shortest =
          Math.min(
              Math.min(settings.headerTimeout().toMillis(), settings.idleTimeout().toMillis()),
              Math.min(settings.requestTimeout().toMillis(), settings.stalledTimeout().toMillis()));
      long pause = Math.clamp(shortest / 4, 25, 2_500);
      pauseNanos = TimeUnit.MILLISECONDS.toNanos(pause);
      ticked = System.nanoTime();
      ticks =
          context
              .executor()
              .scheduleWithFixedDelay(() -> tick(context), pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      if (ticks != null) {
        ticks.cancel(false);
      }
      connections.closed(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (phase == Phase.WAITING) {
        enter(context, Phase.HEAD);
      }
      context.fireChannelRead(message);
    }
  }

  /**
   * Goes after the codec: sees requests and answers. Whoever waits for the next request reads: by
   * itself Reactor Netty does not ask for it when a request came while the one before was being
   * finished (its issue 4361; mended in 1.3.8, which needs a newer Netty than Spring Boot brings).
   * To ask twice does no harm.
   */
  final class OfMessages extends ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        unanswered++;
        enter(context, Phase.BODY);
      }
      if (message instanceof LastHttpContent) {
        enter(context, unanswered > 0 ? Phase.ANSWER : Phase.WAITING);
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      boolean interim =
          message instanceof HttpResponse response
              && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (message instanceof LastHttpContent && !interim) {
        unanswered = Math.max(0, unanswered - 1);
        if (unanswered == 0 && phase == Phase.ANSWER) {
          enter(context, Phase.WAITING);
          context.write(message, promise.unvoid()).addListener(_ -> context.read());
          return;
        }
      }
      context.write(message, promise);
    }
  }
}
