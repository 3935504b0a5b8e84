package io.countersign.command.webhook;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Puts the endpoint into every connection of the server, behind all that limits connections. */
final class WebhookPipeline implements NettyServerCustomizer {

  private final DeliveryEndpoint endpoint;

  WebhookPipeline(DeliveryEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit(
        (_, channel, _) -> {
          var pipeline = channel.pipeline();
          if (pipeline.get(NettyPipeline.HttpCodec) != null) {
            pipeline
                .addAfter(
                    NettyPipeline.HttpCodec,
                    "countersign.webhook.undecodable",
                    new UndecodableRequests())
                .addBefore(
                    NettyPipeline.HttpTrafficHandler,
                    "countersign.webhook",
                    new DeliveryConnection(endpoint));
          }
        });
  }
}
