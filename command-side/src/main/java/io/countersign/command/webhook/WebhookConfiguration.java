package io.countersign.command.webhook;

import io.countersign.command.inbox.Inbox;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint. Needs beans of type {@link WebhookSettings} and {@link Inbox}. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {

  @Bean
  WebhookGate webhookGate() {
    return new WebhookGate();
  }

  @Bean
  NettyServerCustomizer webhookPipeline(WebhookSettings settings, WebhookGate gate, Inbox inbox) {
    return new WebhookPipeline(
        new DeliveryEndpoint(new WebhookAuthentication(settings), settings, gate, inbox));
  }

  @Bean
  WebhookController webhookController() {
    return new WebhookController();
  }
}
