package io.countersign.command.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.Incoming;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryConnectionTest {

  private final WebhookGate gate = new WebhookGate();
  private final FakeIntake intake = new FakeIntake();
  private final EmbeddedChannel channel = channel(null);

  DeliveryConnectionTest() {
    gate.start();
  }

  private EmbeddedChannel channel(@Nullable String pathToken) {
    var settings =
        new WebhookSettings(
            WebhookSettings.USER, "right", null, pathToken, 1024, Duration.ofSeconds(30));
    return new EmbeddedChannel(
        new DeliveryConnection(
            new DeliveryEndpoint(new WebhookAuthentication(settings), settings, gate, intake)));
  }

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

  private static HttpRequest other() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/api/v1/work-items");
  }

  private static DefaultHttpContent part() {
    return new DefaultHttpContent(Unpooled.copiedBuffer("{", UTF_8));
  }

  private static DefaultLastHttpContent end() {
    return new DefaultLastHttpContent(Unpooled.copiedBuffer("}", UTF_8));
  }

  private HttpResponse answer() {
    channel.runPendingTasks();
    HttpResponse answer = channel.readOutbound();
    ReferenceCountUtil.release(answer);
    return answer;
  }

  private int status() {
    HttpResponse answer = answer();
    return answer == null ? 0 : answer.status().code();
  }

  @Test
  void aDeliveryIsAnsweredAfterItsCommitAndNobodyElseSeesIt() {
    DefaultHttpContent part = part();
    assertThat(channel.writeInbound(delivery("right"), part, end())).isFalse();
    assertThat(part.refCnt()).isZero();
    assertThat(intake.taken).singleElement();
    assertThat(new String(intake.taken.getFirst().body(), UTF_8)).isEqualTo("{}");
    assertThat(status()).as("not before the commit").isZero();
    assertThat(intake.budget.held()).isEqualTo(2);
    intake.commit(0);
    HttpResponse answer = answer();
    assertThat(answer.status().code()).isEqualTo(202);
    assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(intake.budget.held()).isZero();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void answersLeaveInTheOrderOfTheRequests() {
    channel.writeInbound(delivery("right"), end(), delivery("wrong"), end(), other(), end());
    channel.writeInbound(delivery("right"), end());
    assertThat(status()).isZero();
    assertThat(intake.taken).hasSize(1);
    intake.commit(0);
    assertThat(status()).isEqualTo(202);
    assertThat(status()).isEqualTo(401);
    assertThat(channel.inboundMessages()).hasSize(2);
    assertThat(intake.taken).as("behind a request that is not answered").hasSize(1);
    channel.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    assertThat(status()).isEqualTo(100);
    assertThat(intake.taken).hasSize(1);
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    assertThat(status()).isEqualTo(200);
    assertThat(intake.taken).hasSize(2);
    intake.commit(1);
    assertThat(status()).isEqualTo(202);
  }

  @Test
  void whoSendsFarAheadOfTheAnswersIsHungUpOnAndNothingOfItIsKept() {
    channel.writeInbound(delivery("right"), end());
    var ahead = new ArrayList<DefaultLastHttpContent>();
    while (channel.isOpen() && ahead.size() < 10_000) {
      ahead.add(end());
      channel.writeInbound(delivery("right"), ahead.getLast());
    }
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(ahead).hasSizeGreaterThan(100).allMatch(end -> end.refCnt() == 0);
    assertThat(intake.taken).hasSize(1);
  }

  @Test
  void aStrangerIsAnsweredBeforeTheBodyWhichIsNotKept() {
    channel.writeInbound(delivery("wrong"));
    assertThat(status()).isEqualTo(401);
    DefaultHttpContent part = part();
    channel.writeInbound(part);
    assertThat(part.refCnt()).isZero();
    assertThat(intake.budget.held()).isZero();
    assertThat(intake.asked).isZero();
    channel.writeInbound(end(), delivery("right"), end());
    assertThat(intake.taken).hasSize(1);
  }

  @Test
  void whatHasNoRoomOrComesTooSlowlyIsRefusedAndHoldsNothing() {
    intake.budget.share().take(4095);
    channel.writeInbound(delivery("right"), part(), end());
    assertThat(status()).isEqualTo(503);
    assertThat(intake.budget.held()).isEqualTo(4095);
    channel.writeInbound(delivery("right"), part());
    channel.advanceTimeBy(31, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(status()).isEqualTo(503);
    channel.writeInbound(end(), delivery("right"), end());
    assertThat(intake.taken).as("the next one on the connection").hasSize(1);
    channel.advanceTimeBy(16, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(status()).as("its commit takes too long").isEqualTo(503);
    intake.commit(0);
    assertThat(status()).as("answered already").isZero();
    assertThat(intake.budget.held()).isEqualTo(4095);
  }

  @Test
  void ofAnOversizedBodyTheBeginningIsKept() {
    for (int i = 0; i < 3; i++) {
      channel.writeInbound(
          i == 0 ? delivery("right") : part(),
          new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[900])));
    }
    channel.writeInbound(end());
    Incoming incoming = intake.taken.getFirst();
    assertThat(incoming.oversized()).isTrue();
    assertThat(incoming.body()).hasSize(1024);
    assertThat(incoming.size()).isEqualTo(3 * 900 + 3);
  }

  @Test
  void anOversizedBodyThatDoesNotEndIsTakenForWhatItIs() {
    channel.writeInbound(
        delivery("right"), new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[2000])));
    channel.advanceTimeBy(31, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(intake.taken).singleElement().matches(Incoming::oversized);
    intake.commit(0);
    assertThat(status()).isEqualTo(202);
  }

  @Test
  void stoppingWaitsForTheAnswersOfThoseInside() {
    channel.writeInbound(delivery("right"), end());
    var stopped = new AtomicBoolean();
    gate.stop(() -> stopped.set(true));
    assertThat(stopped).isFalse();
    intake.commit(0);
    assertThat(status()).isEqualTo(202);
    assertThat(stopped).isTrue();
    channel.writeInbound(delivery("right"), end());
    assertThat(status()).isEqualTo(503);
    assertThat(intake.taken).hasSize(1);
  }

  @Test
  void stoppingDoesNotWaitForWhoIsGone() {
    channel.writeInbound(delivery("right"), part());
    var stopped = new AtomicBoolean();
    gate.stop(() -> stopped.set(true));
    channel.close();
    assertThat(stopped).isTrue();
    assertThat(intake.refused).as("counted").containsExactly("not-read");
    assertThat(intake.budget.held()).isZero();
  }

  @Test
  void whatFailsUnforeseenIsAnswered503AndHoldsNothing() {
    intake.broken = true;
    channel.writeInbound(delivery("right"), end());
    assertThat(status()).isEqualTo(503);
    assertThat(intake.refused).containsExactly("not-read");
    assertThat(intake.budget.held()).isZero();
    intake.broken = false;
    channel.writeInbound(delivery("right"), end());
    assertThat(intake.taken).as("the next one on the connection").hasSize(1);
  }

  @Test
  void whatWillNotBeTakenIsAnswered503AfterItsBodyAndNobodyElseSeesIt() {
    intake.full = true;
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
    intake.full = false;
    channel.writeInbound(delivery("right"), part(), end());
    assertThat(intake.taken).as("the next one on the connection").hasSize(1);
    assertThat(intake.asked).isEqualTo(2);
  }

  @Test
  void whoWaitsForContinueIsToldToOrAnsweredAndHungUpOn() {
    HttpRequest continued = delivery("right");
    continued.headers().set("Expect", "100-continue");
    channel.writeInbound(continued);
    assertThat(status()).isEqualTo(100);
    channel.writeInbound(end());
    intake.commit(0);
    assertThat(status()).isEqualTo(202);
    intake.full = true;
    channel.writeInbound(continued);
    assertThat(status()).isEqualTo(503);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aStrangerWhoWaitsForContinueIsHungUpOn() {
    HttpRequest stranger = delivery("wrong");
    stranger.headers().set("Expect", "100-continue");
    channel.writeInbound(stranger);
    assertThat(status()).isEqualTo(401);
    assertThat(channel.isOpen()).as("what comes next may be its body or a request").isFalse();
  }

  @Test
  void whatIsNoDeliveryGoesOn() {
    for (String uri :
        List.of(
            "/api/v1/work-items",
            WebhookController.PATH + "x",
            WebhookController.PATH + "/a/b",
            WebhookController.PATH + "/a%2Fb",
            WebhookController.PATH + "/a;b",
            WebhookController.PATH + "/..",
            WebhookController.PATH + "/%zz")) {
      HttpRequest other = delivery("right");
      other.setUri(uri);
      assertThat(channel.writeInbound(other, end())).as(uri).isTrue();
      channel.inboundMessages().clear();
    }
    HttpRequest read = delivery("right");
    read.setMethod(HttpMethod.GET);
    assertThat(channel.writeInbound(read, end())).isTrue();
    assertThat(intake.asked).isZero();
    assertThat(status()).isZero();
  }

  @Test
  void theTokenIsTheLastPartOfThePath() {
    EmbeddedChannel own = channel("a~b");
    for (String uri :
        List.of(
            WebhookController.PATH + "/a~b",
            WebhookController.PATH + "/a%7Eb?x=/y",
            "http://host/webhooks/azure%2Ddevops/a~b")) {
      HttpRequest request = delivery("right");
      request.setUri(uri);
      own.writeInbound(request, end());
      intake.commit(intake.taken.size() - 1);
      HttpResponse answer = own.readOutbound();
      assertThat(answer.status().code()).as(uri).isEqualTo(202);
      ReferenceCountUtil.release(answer);
    }
    own.writeInbound(delivery("right"), end());
    assertThat(own.<HttpResponse>readOutbound().status().code()).isEqualTo(401);
    own.finishAndReleaseAll();
  }

  @Test
  void aRefusedBodyThatDoesNotEndIsHungUpOn() {
    intake.full = true;
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
    intake.full = true;
    HttpRequest last = delivery("right");
    last.headers().set("Connection", "close");
    channel.writeInbound(last, end());
    FullHttpResponse answer = channel.readOutbound();
    assertThat(answer.headers().get("Connection")).isEqualTo("close");
    answer.release();
    assertThat(channel.isOpen()).isFalse();
  }
}
