package io.countersign.command.webhook;

import io.countersign.command.inbox.Inbox;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The endpoint. Needs beans of type {@link WebhookSettings} and {@link Inbox}. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {

  @Bean
  WebhookGate webhookGate() {
    return new WebhookGate();
  }

  @Bean
  WebhookAnswerFilter webhookAnswerFilter() {
    return new WebhookAnswerFilter();
  }

  @Bean
  NettyServerCustomizer webhookUndecodableRequests(
      WebhookSettings settings, WebhookGate gate, Inbox inbox) {
    var authentication = new WebhookAuthentication(settings);
    return new UndecodableRequests(
        () ->
            new EarlyRefusal(
                authentication, inbox::admission, gate::isRunning, settings.bodyTimeout()));
  }

  @Bean
  WebhookController webhookController(WebhookSettings settings, WebhookGate gate, Inbox inbox) {
    return new WebhookController(
        new WebhookAuthentication(settings),
        settings,
        gate,
        inbox,
        Schedulers.fromExecutor(Thread::startVirtualThread));
  }
}
