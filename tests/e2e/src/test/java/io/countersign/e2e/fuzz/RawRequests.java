package io.countersign.e2e.fuzz;

import io.countersign.e2e.fuzz.RawConnection.Answer;
import io.countersign.e2e.harness.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Requests that are no proper HTTP, or unusual HTTP, to the endpoint, all with the right secret.
 * Whatever a sender that has the address and the secret gets wrong, it must see an answer after
 * which it comes again, or be taken.
 */
final class RawRequests {

  private static final String PATH = "/webhooks/azure-devops";
  private static final Set<Integer> TAKEN = Set.of(202);

  /** 0: closed without an answer, which the sender retries like a lost connection. */
  private static final Set<Integer> AGAIN = Set.of(0, 408, 503);

  private final Site site;
  private final String auth;
  private final List<String> findings = new ArrayList<>();

  private RawRequests(Site site) throws IOException {
    this.site = site;
    this.auth = "Host: x\r\n" + RawConnection.basic(site.secret()) + "\r\n";
  }

  /** Answers that were not as they must be; all answers are printed. */
  static List<String> findings(Site site) throws Exception {
    var requests = new RawRequests(site);
    requests.sound();
    requests.broken();
    requests.paths();
    requests.pipelined();
    return requests.findings;
  }

  private void sound() throws IOException {
    taken("plain", post("Content-Length: 2\r\n\r\n{}"));
    taken(
        "no content type, unknown encoding",
        post("Content-Encoding: x\r\nContent-Length: 1\r\n\r\n1"));
    taken("HTTP/1.0", "POST " + PATH + " HTTP/1.0\r\n" + auth + "Content-Length: 2\r\n\r\n10");
    taken(
        "absolute form",
        "POST http://x" + PATH + " HTTP/1.1\r\n" + auth + "Content-Length: 2\r\n\r\n11");
    taken(
        "with a query",
        "POST " + PATH + "?a=%zz&b=//..;c HTTP/1.1\r\n" + auth + "Content-Length: 2\r\n\r\n12");
    taken("expects 100", post("Expect: 100-continue\r\nContent-Length: 2\r\n\r\n13"));
    taken(
        "expects what nobody knows", post("Expect: the-unexpected\r\nContent-Length: 2\r\n\r\n14"));
    taken("two hosts", post("Host: y\r\nContent-Length: 2\r\n\r\n15"));
    taken(
        "upgrade to h2c",
        post(
            "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings\r\nContent-Length: 2\r\n\r\n16"));
    taken(
        "upgrade to websocket",
        post(
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA\r\nContent-Length: 2\r\n\r\n17"));
    taken("folded header", post("X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n19"));
    again("same length twice", post("Content-Length: 2\r\nContent-Length: 2\r\n\r\n20"));
    taken(
        "header of 7 KB",
        post("X-Vss-ActivityId: " + "a".repeat(7_000) + "\r\nContent-Length: 2\r\n\r\n21"));
    taken("a hundred headers", post("X-A: b\r\n".repeat(100) + "Content-Length: 2\r\n\r\n22"));
    taken(
        "chunk with extension", post("Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n23\r\n0\r\n\r\n"));
    taken("no length at all", post("\r\n"));
    taken("empty host", post("Content-Length: 2\r\n\r\n25").replace("Host: x", "Host:"));
  }

  private void broken() throws IOException {
    again("length is no number", post("Content-Length: two\r\n\r\n{}"));
    again("negative length", post("Content-Length: -2\r\n\r\n{}"));
    again("length beyond long", post("Content-Length: 99999999999999999999\r\n\r\n{}"));
    again("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"));
    again(
        "length and chunks, which smugglers send",
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
    again(
        "chunk size is no number", post("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"));
    again("chunk size beyond int", post("Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n{}"));
    again(
        "headers of 100 KB",
        post("X-A: " + "a".repeat(100_000) + "\r\nContent-Length: 2\r\n\r\n{}"));
    again("bare line feeds", post("Content-Length: 2\r\n\r\n{}").replace("\r", ""));
    again("NUL in a header", post("X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}"));
    again("header without a colon", post("no colon here\r\nContent-Length: 2\r\n\r\n{}"));
    again("body ends early", post("Content-Length: 20\r\n\r\n{}"));
    again("chunks end early", post("Transfer-Encoding: chunked\r\n\r\n9\r\n{}"));
    again("head ends early", "POST " + PATH + " HTTP/1.1\r\n" + auth);
  }

  /** Addresses that are not the endpoint's: what a wrongly entered subscription sees. */
  private void paths() throws IOException {
    for (String path :
        List.of(
            "/" + PATH,
            PATH + "/",
            PATH + "//",
            PATH + "/any-token",
            PATH + "/a/b",
            "/webhooks%2fazure-devops",
            "/Webhooks/Azure-DevOps",
            "/webhooks/./azure-devops",
            "/webhooks/azure-devops;a=b",
            "/webhooks/azure-devops/%00",
            "/webhooks/azure-devops/%zz",
            "/webhooks",
            "*")) {
      Answer answer =
          ask("POST " + path + " HTTP/1.1\r\n" + auth + "Content-Length: 2\r\n\r\n{}", false);
      say("path " + path, answer);
      boolean endpoint = path.startsWith(PATH);
      if (endpoint && !TAKEN.contains(answer.status()) && !AGAIN.contains(answer.status())) {
        findings.add("path %s was answered %d".formatted(path, answer.status()));
      }
      if (answer.status() == 500 || answer.status() == 410) {
        findings.add("path %s was answered %d".formatted(path, answer.status()));
      }
    }
  }

  /** Many at once on one connection: each is answered, in order. */
  private void pipelined() throws IOException {
    try (var connection = new RawConnection(site.node(0).server().uri())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        all.append(post("Content-Length: 6\r\n\r\n" + (100_000 + i)));
      }
      connection.send(all.toString());
      int taken = 0;
      while (taken < 100 && connection.answer().status() == 202) {
        taken++;
      }
      if (taken < 100) {
        findings.add("of 100 pipelined deliveries %d were taken".formatted(taken));
      }
    }
  }

  private String post(String rest) {
    return "POST " + PATH + " HTTP/1.1\r\n" + auth + rest;
  }

  private void taken(String name, String request) throws IOException {
    expect(name, request, TAKEN);
  }

  private void again(String name, String request) throws IOException {
    expect(name, request, AGAIN);
  }

  private void expect(String name, String request, Set<Integer> allowed) throws IOException {
    Answer answer = ask(request, name.endsWith("ends early"));
    say(name, answer);
    if (!allowed.contains(answer.status())) {
      findings.add("%s was answered %d".formatted(name, answer.status()));
    }
  }

  private Answer ask(String request, boolean andNoMore) throws IOException {
    try (var connection = new RawConnection(site.node(0).server().uri())) {
      connection.send(request);
      if (andNoMore) {
        connection.finish();
      }
      return connection.answer();
    }
  }

  private static void say(String name, Answer answer) {
    System.out.printf("%-45s %d%n", name, answer.status());
  }
}
