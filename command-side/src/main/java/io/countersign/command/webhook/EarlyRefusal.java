package io.countersign.command.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.countersign.command.inbox.Acceptance.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers 503 to deliveries that will not be taken, in front of everything else: refused senders
 * come again, so a refusal must cost next to nothing. The body is read and thrown away, else the
 * sender might never see the answer. One connection.
 */
final class EarlyRefusal extends ChannelInboundHandlerAdapter {

  private final WebhookAuthentication authentication;
  private final Supplier<@Nullable Refused> admission;
  private final BooleanSupplier open;
  private final Duration bodyTimeout;
  private @Nullable Refused refused;
  private boolean keepAlive;
  private @Nullable ScheduledFuture<?> patience;

  EarlyRefusal(
      WebhookAuthentication authentication,
      Supplier<@Nullable Refused> admission,
      BooleanSupplier open,
      Duration bodyTimeout) {
    this.authentication = authentication;
    this.admission = admission;
    this.open = open;
    this.bodyTimeout = bodyTimeout;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      begin(context, request);
    }
    Refused answer = refused;
    if (answer == null) {
      context.fireChannelRead(message);
      return;
    }
    boolean broken = message instanceof HttpObject part && part.decoderResult().isFailure();
    boolean last = message instanceof LastHttpContent;
    ReferenceCountUtil.release(message);
    if (last || broken) {
      end(context, answer, keepAlive && !broken);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    // who waits for "continue" sends no body after another answer: nothing to read away
    if (!request.decoderResult().isSuccess()
        || !isDelivery(request)
        || HttpUtil.is100ContinueExpected(request)
        || !open.getAsBoolean()) {
      return;
    }
    refused = admission.get();
    if (refused != null) {
      keepAlive = HttpUtil.isKeepAlive(request);
      patience =
          context
              .executor()
              .schedule(
                  () -> context.channel().close(), bodyTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Who does not authenticate is answered 401 as ever. */
  private boolean isDelivery(HttpRequest request) {
    String uri = request.uri();
    if (!HttpMethod.POST.equals(request.method()) || !uri.startsWith(WebhookController.PATH)) {
      return false;
    }
    String rest = uri.substring(WebhookController.PATH.length());
    String token = rest.length() > 1 && rest.charAt(0) == '/' ? rest.substring(1) : null;
    return authentication.accepts(request.headers().get(HttpHeaderNames.AUTHORIZATION), token);
  }

  private void end(ChannelHandlerContext context, Refused answer, boolean kept) {
    refused = null;
    if (patience != null) {
      patience.cancel(false);
      patience = null;
    }
    ByteBuf body =
        Unpooled.copiedBuffer("{\"refused\":\"%s\"}".formatted(answer.reason()), US_ASCII);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, body);
    response
        .headers()
        .set(HttpHeaderNames.RETRY_AFTER, Math.max(1, answer.retryAfter().toSeconds()))
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (!kept) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var written = context.writeAndFlush(response);
    if (!kept) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
