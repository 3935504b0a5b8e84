package io.countersign.command.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.Acceptance.Refused;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EarlyRefusalTest {

  private final AtomicBoolean full = new AtomicBoolean(true);
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new EarlyRefusal(
              new WebhookAuthentication(WebhookSettings.withSecret("right")),
              () -> {
                asked.incrementAndGet();
                return full.get() ? new Refused("wait", Duration.ofSeconds(9)) : null;
              },
              open::get,
              Duration.ofSeconds(30)));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static HttpRequest delivery(String secret) {
    var request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, WebhookController.PATH);
    byte[] credentials = ("azure-devops:" + secret).getBytes(UTF_8);
    request
        .headers()
        .set("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    return request;
  }

  private static DefaultHttpContent part() {
    return new DefaultHttpContent(Unpooled.copiedBuffer("{", UTF_8));
  }

  private static DefaultLastHttpContent end() {
    return new DefaultLastHttpContent(Unpooled.copiedBuffer("}", UTF_8));
  }

  @Test
  void whatWillNotBeTakenIsAnswered503AfterItsBodyAndNobodyElseSeesIt() {
    DefaultHttpContent part = part();
    assertThat(channel.writeInbound(delivery("right"), part)).isFalse();
    assertThat(channel.<Object>readOutbound()).as("not before the end").isNull();
    assertThat(part.refCnt()).as("thrown away at once").isZero();
    assertThat(channel.writeInbound(end())).isFalse();
    FullHttpResponse answer = channel.readOutbound();
    assertThat(answer.status().code()).isEqualTo(503);
    assertThat(answer.headers().get("Retry-After")).isEqualTo("9");
    assertThat(answer.content().toString(UTF_8)).isEqualTo("{\"refused\":\"wait\"}");
    answer.release();
    assertThat(channel.isOpen()).isTrue();
    full.set(false);
    assertThat(channel.writeInbound(delivery("right"), part(), end()))
        .as("the next one on the connection")
        .isTrue();
    assertThat(channel.inboundMessages()).hasSize(3);
    assertThat(asked).hasValue(2);
  }

  @Test
  void whoeverCannotBeRefusedHereGoesOn() {
    assertThat(channel.writeInbound(delivery("wrong"), end())).isTrue();
    HttpRequest continued = delivery("right");
    continued.headers().set("Expect", "100-continue");
    assertThat(channel.writeInbound(continued, end())).isTrue();
    HttpRequest other = delivery("right");
    other.setUri("/api/v1/work-items");
    assertThat(channel.writeInbound(other, end())).isTrue();
    open.set(false);
    assertThat(channel.writeInbound(delivery("right"), end())).isTrue();
    assertThat(channel.inboundMessages()).hasSize(8);
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(asked).hasValue(0);
  }

  @Test
  void aRefusedBodyThatDoesNotEndIsHungUpOn() {
    channel.writeInbound(delivery("right"), part());
    channel.advanceTimeBy(29, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void connectionsThatWillNotBeKeptAreClosed() {
    HttpRequest last = delivery("right");
    last.headers().set("Connection", "close");
    channel.writeInbound(last, end());
    FullHttpResponse answer = channel.readOutbound();
    assertThat(answer.headers().get("Connection")).isEqualTo("close");
    answer.release();
    assertThat(channel.isOpen()).isFalse();
  }
}
