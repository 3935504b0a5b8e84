package io.countersign.command.webhook;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Answers the deliveries of one connection in front of everything else: the way through the web
 * framework costs several times what taking one in does, and a refusal must cost next to nothing.
 * All other requests go on. Answers leave in the order of the requests, whoever gives them.
 */
final class DeliveryConnection extends ChannelDuplexHandler {

  /** Parts of requests sent ahead of an answer; nobody sends so many of them. */
  private static final int MOST_HELD = 1024;

  private final DeliveryEndpoint endpoint;
  private final ArrayDeque<Object> held = new ArrayDeque<>();
  private @Nullable DeliveryExchange current;
  private int elsewhere;
  private boolean resuming;

  DeliveryConnection(DeliveryEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (held.isEmpty() && !mustWait(message)) {
      handle(context, message);
    } else if (held.size() < MOST_HELD) {
      held.add(message);
    } else {
      ReferenceCountUtil.release(message);
      context.close();
    }
  }

  /** Behind a delivery that is not answered; as a delivery, also behind any other request. */
  private boolean mustWait(Object message) {
    return current != null && current.awaitsAnswer()
        || elsewhere > 0
            && message instanceof HttpRequest request
            && DeliveryPath.of(request) != null;
  }

  private void handle(ChannelHandlerContext context, Object message) {
    DeliveryPath path = message instanceof HttpRequest request ? DeliveryPath.of(request) : null;
    if (path != null && message instanceof HttpRequest request) {
      // a request that went elsewhere may have left it on
      context.channel().config().setAutoRead(false);
      var exchange = new DeliveryExchange(endpoint, context, request, () -> resume(context));
      current = exchange;
      guarded(exchange, () -> exchange.begin(path));
    } else if (message instanceof HttpRequest) {
      current = null;
      elsewhere++;
      context.fireChannelRead(message);
    } else if (current != null && message instanceof HttpContent part) {
      DeliveryExchange exchange = current;
      guarded(exchange, () -> exchange.content(part));
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  private static void guarded(DeliveryExchange exchange, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      exchange.failed(e);
    }
  }

  /** Goes on with what was sent ahead, then reads. */
  private void resume(ChannelHandlerContext context) {
    if (resuming) {
      return;
    }
    resuming = true;
    while (!held.isEmpty() && !mustWait(held.peek())) {
      handle(context, held.poll());
    }
    resuming = false;
    if (held.isEmpty() && (current == null || !current.awaitsAnswer())) {
      context.read();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (current != null) {
      current.readComplete();
    }
    context.fireChannelReadComplete();
  }

  /** Counts the answers to what went elsewhere. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    context.write(message, promise);
    if (message instanceof LastHttpContent && !interim && elsewhere > 0) {
      elsewhere--;
      if (!held.isEmpty()) {
        context.executor().execute(() -> resume(context));
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (current != null) {
      current.abandoned();
    }
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }
}
