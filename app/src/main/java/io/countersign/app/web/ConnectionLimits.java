package io.countersign.app.web;

import io.countersign.app.settings.HttpSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Holds every connection of the port to the limits. The server's own idle time is not used: any
 * byte starts it anew, so it never ends for who sends one byte at a time; and after a standstill of
 * this process it closes connections whose next request has come and is not read yet.
 */
final class ConnectionLimits implements NettyServerCustomizer {

  private final HttpSettings settings;
  private final OpenConnections connections;

  ConnectionLimits(HttpSettings settings, MeterRegistry metrics) {
    this.settings = settings;
    this.connections = new OpenConnections(settings.maxConnections());
    metrics.gauge("countersign.http.connections", connections, OpenConnections::count);
    FunctionCounter.builder("countersign.http.cut", connections, OpenConnections::cut)
        .description("Connections closed because they were too slow, or too many")
        .register(metrics);
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit(
        (_, channel, _) -> {
          var pipeline = channel.pipeline();
          if (pipeline.get(NettyPipeline.HttpCodec) != null) {
            var watch = new ConnectionWatch(settings, connections);
            pipeline.addBefore(NettyPipeline.HttpCodec, "countersign.bytes", watch.new OfBytes());
            pipeline.addAfter(
                NettyPipeline.HttpCodec, "countersign.messages", watch.new OfMessages());
          }
        });
  }

  int open() {
    return connections.count();
  }
}
