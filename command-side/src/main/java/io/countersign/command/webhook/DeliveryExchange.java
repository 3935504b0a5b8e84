package io.countersign.command.webhook;

import io.countersign.command.inbox.Acceptance;
import io.countersign.command.inbox.Acceptance.Refused;
import io.countersign.command.inbox.ByteBudget;
import io.countersign.command.inbox.Incoming;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery and its answer. Any answer but 2xx and 503 puts its subscription on probation and
 * loses events, so nothing about a request's form is judged here: the raw bytes are stored, and
 * what they are worth is decided after the answer. Everything here runs on the connection's event
 * loop.
 */
final class DeliveryExchange {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryExchange.class);

  /** What is sealed at once; more would keep the other connections of the event loop waiting. */
  private static final int SMALL = 128 << 10;

  private final DeliveryEndpoint endpoint;
  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final Runnable done;
  private final ByteBudget.Share share;
  private boolean keepAlive;
  private boolean inside;
  private boolean ended;
  private boolean answered;
  private @Nullable Refused refused;
  private @Nullable BodyIntake body;
  private @Nullable ScheduledFuture<?> patience;
  private @Nullable ScheduledFuture<?> commit;

  /**
   * Not begun.
   *
   * @param done called once the body has ended and the answer is written
   */
  DeliveryExchange(
      DeliveryEndpoint endpoint,
      ChannelHandlerContext context,
      HttpRequest request,
      Runnable done) {
    this.endpoint = endpoint;
    this.context = context;
    this.request = request;
    this.done = done;
    this.share = endpoint.intake().budget().share();
    this.keepAlive =
        HttpUtil.isKeepAlive(request) && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  /** Decides by the head alone. Who does not authenticate is told at once, and nothing is kept. */
  void begin(DeliveryPath path) {
    // who waits for "continue" sends no body after another answer
    boolean waits = HttpUtil.is100ContinueExpected(request);
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (!endpoint.authentication().accepts(authorization, path.token())) {
      keepAlive &= !waits;
      write(DeliveryAnswers.unauthorized());
      return;
    }
    inside = endpoint.gate().enter();
    refused = inside ? endpoint.intake().admission() : endpoint.intake().refuse("stopping");
    if (refused == null) {
      body =
          new BodyIntake(
              endpoint.settings().maxBodyBytes(), HttpUtil.getContentLength(request, -1L), share);
      if (waits) {
        context.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    } else if (waits) {
      keepAlive = false;
      answer(refused);
    }
  }

  /** A part of the body. A refusal waits for its end, else the sender might never see it. */
  void content(HttpContent part) {
    if (body != null && !body.take(part.content())) {
      answer(endpoint.intake().refuse("memory"));
    }
    if (part instanceof LastHttpContent) {
      ended = true;
      if (answered) {
        done.run();
      } else if (refused != null) {
        answer(refused);
      } else {
        take();
      }
    }
  }

  /** Nothing more has come so far. */
  void readComplete() {
    if (ended) {
      return;
    }
    if (patience == null && !answered) {
      patience = after(endpoint.settings().bodyTimeout(), this::tooSlow);
    }
    context.read();
  }

  /** Whether nothing behind it may be looked at yet. */
  boolean awaitsAnswer() {
    return ended && !answered;
  }

  /** Something unforeseen. */
  void failed(RuntimeException e) {
    LOG.warn("a delivery was not taken: {}", e.getClass().getName());
    answer(endpoint.intake().refuse("not-read"));
  }

  /** The connection has ended. What waits for its commit still gets there. */
  void abandoned() {
    if (body != null) {
      LOG.warn("a delivery was not taken: its connection ended before it did");
      endpoint.intake().refuse("not-read");
    }
    if (commit == null) {
      finish();
      leave();
      answered = true;
    }
  }

  private void tooSlow() {
    if (answered) {
      return;
    }
    if (body == null) {
      context.close(); // refused, and does not end
    } else if (body.isOversized()) {
      take();
    } else {
      answer(endpoint.intake().refuse("slow-body"));
    }
  }

  private void take() {
    if (body == null) {
      return;
    }
    Incoming incoming = body.finish(KeptHeaders.of(request.headers()));
    body = null;
    if (patience != null) {
      patience.cancel(false);
    }
    commit =
        after(
            endpoint.intake().commitTimeout(),
            () -> answer(endpoint.intake().refuse("commit-timeout")));
    if (incoming.body().length <= SMALL && endpoint.intake().isKeyAtHand()) {
      answerWith(endpoint.intake().take(incoming));
    } else {
      Thread.startVirtualThread(() -> answerWith(endpoint.intake().take(incoming)));
    }
  }

  private void answerWith(CompletableFuture<Acceptance> taken) {
    taken.thenAccept(
        acceptance -> {
          if (context.executor().inEventLoop()) {
            answer(acceptance);
          } else {
            context.executor().execute(() -> answer(acceptance));
          }
        });
  }

  private void answer(Acceptance acceptance) {
    if (!answered) {
      write(DeliveryAnswers.of(acceptance));
    }
  }

  private void write(FullHttpResponse response) {
    answered = true;
    finish();
    response.setProtocolVersion(request.protocolVersion());
    if (!keepAlive && request.protocolVersion().isKeepAliveDefault()) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var written = context.writeAndFlush(response).addListener(_ -> leave());
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
    if (ended) {
      done.run();
    } else {
      context.read();
    }
  }

  private void finish() {
    body = null;
    share.close();
    if (patience != null) {
      patience.cancel(false);
    }
    if (commit != null) {
      commit.cancel(false);
    }
  }

  private void leave() {
    if (inside) {
      inside = false;
      endpoint.gate().leave();
    }
  }

  private ScheduledFuture<?> after(Duration time, Runnable step) {
    return context.executor().schedule(step, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
