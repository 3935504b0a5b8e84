package io.countersign.command.webhook;

import static io.countersign.command.webhook.RawHttp.basic;
import static io.countersign.command.webhook.RawHttp.length;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an authenticated sender sends, it is answered 202 (or 503), and what is 202 is kept. */
class WebhookZooTest {

  private static final String JSON = "Content-Type: application/json; charset=utf-8\r\n";
  private static final Set<String> IDS = new HashSet<>();
  private static WebhookServer server;

  @BeforeAll
  static void start() {
    var settings =
        new WebhookSettings(
            WebhookSettings.USER,
            WebhookServer.SECRET,
            null,
            null,
            2 << 20,
            Duration.ofMillis(1500));
    server = new WebhookServer(settings, _ -> new Outcome.Ignored("zoo", "seen"), Map.of());
  }

  @AfterAll
  static void everythingAcceptedIsKept() {
    try {
      assertThat(server.count("delivery")).isEqualTo(IDS.size());
      assertThat(IDS).hasSizeGreaterThan(40);
      assertThat(
              server
                  .jdbc
                  .sql(
                      "select code from inbox.outcome join inbox.delivery using (position) where size > 2097152")
                  .query(String.class)
                  .list())
          .hasSize(3)
          .containsOnly("oversized");
      assertThat(
              server
                  .jdbc
                  .sql(
                      "select max(length(sealed)) from inbox.body where delivery_id in "
                          + "(select id from inbox.delivery where size > 2097152)")
                  .query(Long.class)
                  .single())
          .isLessThan(70_000);
    } finally {
      server.close();
    }
  }

  static Arguments of(String name, String headers, byte[] body) {
    return Arguments.of(name, headers + length(body), body);
  }

  static Arguments of(String name, String headers, String body) {
    return of(name, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String unique(String name) {
    return "{\"name\": \"" + name + "\"}";
  }

  static List<Arguments> zoo() throws IOException {
    byte[] big = new byte[3_000_000];
    Arrays.fill(big, (byte) 'x');
    byte[] bigJson =
        ("{\"eventType\": \"git.push\", \"x\": \"" + "y".repeat(3_000_000) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] bigger = new byte[9_000_000];
    var gzipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(gzipped)) {
      gzip.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    return List.of(
        of("json", JSON, "{}"),
        of("text", "Content-Type: text/plain\r\n", unique("text")),
        of("xml", "Content-Type: application/xml\r\n", "<a/>"),
        of("no media type", "Content-Type: ;;; not one\r\n", unique("no media type")),
        of("empty media type", "Content-Type: \r\n", unique("empty media type")),
        of(
            "bad charset",
            "Content-Type: application/json; charset=\"no\r\n",
            unique("bad charset")),
        of("multipart without boundary", "Content-Type: multipart/form-data\r\n", "x"),
        of("form", "Content-Type: application/x-www-form-urlencoded\r\n", "a=%zz&_method=DELETE"),
        of("no content type", "", unique("none")),
        of("gzip header on json", JSON + "Content-Encoding: gzip\r\n", unique("gzip")),
        of("real gzip", JSON + "Content-Encoding: gzip\r\n", gzipped.toByteArray()),
        of("unknown encoding", JSON + "Content-Encoding: rot13, br\r\n", unique("rot13")),
        of("empty body", JSON, ""),
        of("blank body", JSON, " \r\n"),
        of("too large", JSON, big),
        of("too large json", JSON, bigJson),
        of("far too large", JSON, bigger),
        of("invalid utf-8", JSON, new byte[] {'{', '"', (byte) 0xC3, '"', (byte) 0xFF}),
        of("nul", JSON, "{\"id\": \"\\u0000\", \"eventType\": \"\\u0000\"}"),
        of("nul byte", JSON, "{\"id\": \"\0\"}\0"),
        of("lone surrogate", JSON, "{\"eventType\": \"\\ud800\"}"),
        of("deep arrays", JSON, "[".repeat(10_000)),
        of("deep objects", JSON, "{\"resource\":".repeat(10_000)),
        of(
            "deep inside",
            JSON,
            "{\"resource\": {\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}"),
        of("huge number", JSON, "{\"notificationId\": " + "9".repeat(100_000) + "}"),
        of("huge exponent", JSON, "{\"notificationId\": 1e999999999}"),
        of("long text", JSON, "{\"eventType\": \"" + "x".repeat(1_000_000) + "\"}"),
        of("long key", JSON, "{\"" + "k".repeat(200_000) + "\": 1}"),
        of(
            "duplicate keys",
            JSON,
            "{\"id\": 1, \"id\": {}, \"ID\": null, \"eventType\": 1, \"eventType\": []}"),
        of("bom", JSON, "\uFEFF{\"eventType\": \"git.push\"}"),
        of("utf-16", JSON, "{\"eventType\": \"git.push\"}".getBytes(StandardCharsets.UTF_16)),
        of("null", JSON, "null"),
        of("text scalar", JSON, "\"x\""),
        of("array", JSON, "[1, 2"),
        of("truncated", JSON, "{\"eventType\": \"workitem.upd"),
        of("trailing", JSON, "{} {}"),
        of(
            "wrong types",
            JSON,
            "{\"resource\": 1, \"resourceContainers\": [], \"subscriptionId\": {}}"),
        of(
            "negative ids",
            JSON,
            "{\"notificationId\": -1, \"eventType\": \"workitem.updated\", \"resource\": {\"workItemId\": -3}}"),
        of(
            "bad url",
            JSON,
            "{\"eventType\": \"git.push\", \"resource\": {\"id\": 1, \"url\": \"http://[::bad\"}}"),
        of("accept html", JSON + "Accept: text/html\r\n", unique("accept html")),
        of("accept garbage", JSON + "Accept: ///;;q=x\r\n", unique("accept garbage")),
        of(
            "accept nothing",
            JSON + "Accept-Encoding: identity;q=0, *;q=0\r\n",
            unique("accept nothing")),
        of("expect", JSON + "Expect: 100-continue\r\n", unique("expect")),
        of("origin", JSON + "Origin: https://evil.example\r\n", unique("origin")),
        of("origin garbage", JSON + "Origin: ::::\r\n", unique("origin garbage")),
        of(
            "preflight on post",
            JSON + "Origin: null\r\nAccess-Control-Request-Method: PUT\r\n",
            unique("preflight")),
        of("override", JSON + "X-HTTP-Method-Override: DELETE\r\n", unique("override")),
        of(
            "conditional",
            JSON + "If-Match: \"x\"\r\nIf-Modified-Since: never\r\nRange: bytes=9-1\r\n",
            unique("conditional")),
        of("cookie", JSON + "Cookie: =;;=\"\r\n", unique("cookie")),
        of("language", JSON + "Accept-Language: ***;q=9\r\n", unique("language")),
        of(
            "long header",
            JSON + "X-VSS-ActivityId: " + "z".repeat(4000) + "\r\n",
            unique("long header")),
        of("binary header", JSON + "Request-Id: \u00e9\u00ff\r\n", unique("binary header")),
        of(
            "forwarded",
            JSON + "Forwarded: for=;;;\r\nX-Forwarded-For: ,,\r\nX-Forwarded-Port: x\r\n",
            unique("forwarded")),
        Arguments.of(
            "chunked",
            JSON + "Transfer-Encoding: chunked\r\n",
            "2\r\n[]\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of(
            "chunked with trailer",
            JSON + "Transfer-Encoding: chunked\r\n",
            "3\r\n[1]\r\n0\r\nX-T: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of(
            "longer than it says",
            JSON + "Content-Length: 3\r\n",
            "[2]{\"rest\": 1}".getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void isAnsweredWith202(String name, String headers, byte[] body) throws IOException {
    var answer =
        RawHttp.post(
            server.port(), WebhookController.PATH, basic(WebhookServer.SECRET) + headers, body);
    assertThat(answer.status()).as(name + ": " + answer.text()).isEqualTo(202);
    assertThat(answer.text()).contains("\"digest\":\"sha256:").contains("\"duplicate\":false");
    String id = answer.text().split("\"deliveryId\":\"")[1].substring(0, 36);
    assertThat(IDS.add(id)).isTrue();
  }

  static List<Arguments> unfinished() {
    return List.of(
        Arguments.of("shorter than it says", JSON + "Content-Length: 30\r\n", "[3]"),
        Arguments.of(
            "chunks that are none",
            JSON + "Transfer-Encoding: chunked\r\n",
            "zz\r\n[]\r\n0\r\n\r\n"),
        Arguments.of("a length that is none", JSON + "Content-Length: many\r\n", "[5]"),
        Arguments.of("two lengths", JSON + "Content-Length: 3\r\nContent-Length: 4\r\n", "[6]"),
        Arguments.of("negative length", JSON + "Content-Length: -1\r\n", "[7]"),
        Arguments.of("too many headers", JSON + "X-Long: " + "h".repeat(100_000) + "\r\n", "[8]"),
        Arguments.of("a header that is none", JSON + "no colon\r\nContent-Length: 3\r\n", "[9]"),
        Arguments.of("chunks that end early", JSON + "Transfer-Encoding: chunked\r\n", "5\r\n[4"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfinished")
  void isAnsweredWith503AndNotKept(String name, String headers, String body) throws IOException {
    long before = server.count("delivery");
    var answer =
        RawHttp.post(
            server.port(),
            WebhookController.PATH,
            basic(WebhookServer.SECRET) + headers,
            body.getBytes(StandardCharsets.US_ASCII));
    assertThat(answer.status()).as(name + ": " + answer.text()).isEqualTo(503);
    assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
    assertThat(server.count("delivery")).isEqualTo(before);
  }

  /** Nobody can tell that it was a delivery, so nobody can tell that it was none. */
  @Test
  void aHeadWithBareLineFeedsIsAnswered503AndNotKept() throws IOException {
    long before = server.count("delivery");
    for (String head :
        List.of(
            "POST " + WebhookController.PATH + " HTTP/1.1\nHost: x\n",
            "POST " + WebhookController.PATH + " HTTP/1.1\r\nHost: x\n",
            "nonsense\r\n")) {
      var answer =
          RawHttp.send(
              server.port(),
              head + (basic(WebhookServer.SECRET) + "Content-Length: 2\r\n\r\n").replace("\r", ""),
              "{}".getBytes(StandardCharsets.US_ASCII));
      assertThat(answer.status()).as(head).isEqualTo(503);
      assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
    }
    assertThat(server.count("delivery")).isEqualTo(before);
  }

  @Test
  void whatOnlyLooksLikeADeliveryIsAnswered503WhateverHappensToIt() throws IOException {
    for (String path : List.of("/a/b", ";a=b", "/x;a=b", "x", "/%zz")) {
      for (String headers : List.of("", "X-Break: 1\r\n")) {
        var answer =
            RawHttp.post(
                server.port(),
                WebhookController.PATH + path,
                basic(WebhookServer.SECRET) + headers + "Content-Length: 2\r\n",
                "{}".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).as(path + headers).isEqualTo(503);
        assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
      }
    }
  }

  @Test
  void brokenFiltersOfTheProgramConcernNoDelivery() throws IOException {
    byte[] body = unique("broken filter").getBytes(StandardCharsets.UTF_8);
    var answer =
        RawHttp.post(
            server.port(),
            WebhookController.PATH,
            basic(WebhookServer.SECRET) + "X-Break: 1\r\n" + RawHttp.length(body),
            body);
    assertThat(answer.status()).isEqualTo(202);
    IDS.add(answer.text().split("\"deliveryId\":\"")[1].substring(0, 36));
  }
}
