package io.countersign.command.webhook;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Answers deliveries that are no HTTP (broken chunks, lengths that are no numbers) with 503 and
 * closes. Left to the server they would be answered 400, some of them after they authenticated, and
 * what came before the broken place would be taken for a whole body.
 */
final class UndecodableRequests implements NettyServerCustomizer {

  private final Supplier<ChannelHandler> admission;

  /**
   * Before the answer to what is no HTTP, the answer to what is too much.
   *
   * @param admission a new handler for each connection
   */
  UndecodableRequests(Supplier<ChannelHandler> admission) {
    this.admission = admission;
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit(
        (_, channel, _) -> {
          if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
            channel
                .pipeline()
                .addAfter(NettyPipeline.HttpCodec, "countersign.webhook", new Watch())
                .addAfter(
                    NettyPipeline.HttpCodec, "countersign.webhook.admission", admission.get());
          }
        });
  }

  /** One connection. */
  private static final class Watch extends ChannelInboundHandlerAdapter {

    private boolean delivery;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        delivery =
            HttpMethod.POST.equals(request.method())
                && request.uri().startsWith(WebhookController.PATH);
      }
      if (delivery && message instanceof HttpObject part && part.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        refuse(context);
      } else {
        context.fireChannelRead(message);
      }
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
}
