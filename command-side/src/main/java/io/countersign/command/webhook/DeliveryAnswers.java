package io.countersign.command.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.countersign.command.inbox.Acceptance;
import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.Acceptance.Refused;
import io.countersign.command.inbox.Receipt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** What the endpoint answers. */
final class DeliveryAnswers {

  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final AsciiString CHALLENGE =
      AsciiString.cached("Basic realm=\"countersign\", charset=\"UTF-8\"");

  /** Those that every answer of the program carries. */
  private static final HttpHeaders ALWAYS =
      new DefaultHttpHeaders()
          .add(
              HttpHeaderNames.CACHE_CONTROL,
              AsciiString.cached("no-cache, no-store, max-age=0, must-revalidate"))
          .add(HttpHeaderNames.PRAGMA, AsciiString.cached("no-cache"))
          .add(HttpHeaderNames.EXPIRES, AsciiString.cached("0"))
          .add(AsciiString.cached("x-content-type-options"), AsciiString.cached("nosniff"))
          .add(HttpHeaderNames.X_FRAME_OPTIONS, AsciiString.cached("DENY"))
          .add(AsciiString.cached("x-xss-protection"), AsciiString.cached("0"))
          .add(AsciiString.cached("referrer-policy"), AsciiString.cached("no-referrer"));

  private DeliveryAnswers() {}

  static FullHttpResponse unauthorized() {
    FullHttpResponse response = empty(HttpResponseStatus.UNAUTHORIZED, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
    return response;
  }

  static FullHttpResponse of(Acceptance acceptance) {
    return switch (acceptance) {
      case Accepted(Receipt receipt) ->
          json(
              HttpResponseStatus.ACCEPTED,
              "{\"deliveryId\":\""
                  + receipt.deliveryId()
                  + "\",\"digest\":\""
                  + receipt.digest()
                  + "\",\"duplicate\":"
                  + receipt.duplicate()
                  + "}");
      case Refused refused -> {
        FullHttpResponse response =
            json(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "{\"refused\":\"" + refused.reason() + "\"}");
        response
            .headers()
            .set(
                HttpHeaderNames.RETRY_AFTER,
                Long.toString(Math.max(1, refused.retryAfter().toSeconds())));
        yield response;
      }
    };
  }

  private static FullHttpResponse json(HttpResponseStatus status, String text) {
    FullHttpResponse response = empty(status, Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON);
    return response;
  }

  private static FullHttpResponse empty(HttpResponseStatus status, ByteBuf body) {
    HttpHeaders headers = ALWAYS.copy();
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE);
  }
}
