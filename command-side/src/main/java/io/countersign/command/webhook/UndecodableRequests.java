package io.countersign.command.webhook;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/**
 * Answers deliveries that are no HTTP (broken chunks, lengths that are no numbers) with 503 and
 * closes. Left to the server they would be answered 400, some of them after they authenticated, and
 * what came before the broken place would be taken for a whole body.
 *
 * <p>Also the last word before the wire: what the server or a firewall answers to a delivery before
 * anything of ours is asked (400 for a query or path that is no URI) becomes 503. One connection.
 */
final class UndecodableRequests extends ChannelDuplexHandler {

  /** Requests that are not answered yet, in order: whether each is a delivery. */
  private final ArrayDeque<Boolean> unanswered = new ArrayDeque<>();

  private boolean delivery;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      delivery =
          HttpMethod.POST.equals(request.method()) && isOfTheEndpoint(request.uri())
              || isOfNobodyKnown(request);
      unanswered.add(delivery);
    }
    if (delivery && message instanceof HttpObject part && part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL
        && Boolean.TRUE.equals(unanswered.poll())
        && !permitted(response.status())) {
      response.setStatus(HttpResponseStatus.SERVICE_UNAVAILABLE);
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 5);
    }
    context.write(message, promise);
  }

  /**
   * The first line could not be read, for example because it ends with a bare line feed: the codec
   * stands another request in for it. It may have been a delivery, with the secret too, and a
   * sender that sees 400 gives events up.
   */
  private static boolean isOfNobodyKnown(HttpRequest request) {
    return request.decoderResult().isFailure() && request.uri().equals("/bad-request");
  }

  private static boolean isOfTheEndpoint(String uri) {
    return DeliveryPath.pathOf(uri).startsWith(DeliveryPath.PATH);
  }

  /** 401 is told to those without the secret only: nobody else says it to a delivery. */
  private static boolean permitted(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.SUCCESS
        || status.equals(HttpResponseStatus.UNAUTHORIZED)
        || status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
  }

  private static void refuse(ChannelHandlerContext context) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.RETRY_AFTER, 5)
        .set(HttpHeaderNames.CONTENT_LENGTH, 0)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
