package io.countersign.sandbox.demo;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What every chapter needs: both sides, the people, and where to tell of it. */
final class Stage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Board board;
  private final URI server;
  private final Countersign operator;
  private final PrintWriter out;
  private final Map<Member, Countersign> people = new EnumMap<>(Member.class);
  private final Map<Member, String> tokens = new EnumMap<>(Member.class);
  private String project = "";

  /** A question to be asked again until its answer is right. */
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  Stage(Board board, URI server, String operatorToken, PrintWriter out) {
    this.board = board;
    this.server = server;
    this.operator = new Countersign(server, operatorToken);
    this.out = out;
  }

  Board board() {
    return board;
  }

  Countersign operator() {
    return operator;
  }

  /** Countersign as somebody who is a principal. */
  Countersign as(Member member) {
    Countersign known = people.get(member);
    if (known == null) {
      throw new StoryException(member.word() + " is no principal");
    }
    return known;
  }

  void join(Member member, String token) {
    people.put(member, new Countersign(server, token));
    tokens.put(member, token);
  }

  Map<Member, String> tokens() {
    return tokens;
  }

  /** Id of the project, once Countersign said it. */
  String project() {
    return project;
  }

  void project(String id) {
    project = id;
  }

  /** Id of a work item. */
  String id(int number) {
    return "workitem:%s:%d".formatted(project.split(":")[1], number);
  }

  /** Path of a work item. */
  String path(int number) {
    return "/api/v1/work-items/" + id(number);
  }

  /** What may follow, as somebody sees it. */
  JsonNode next(Member who, int number) throws InterruptedException {
    return as(who).get(path(number) + "/next");
  }

  /** A line; indented by who writes it. */
  void say(String line, Object... values) {
    out.println(values.length == 0 ? line : line.formatted(values));
    out.flush();
  }

  /** The beginning of a chapter. */
  void chapter(String title) {
    say("");
    say(title);
    say("-".repeat(title.length()));
  }

  /** Asks until the answer is right; ends the story when it takes too long. */
  <T> T await(String what, Question<T> question, Predicate<T> right) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T answer = question.ask();
      if (right.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new StoryException(
            "not within %d s: %s. The last answer: %s"
                .formatted(PATIENCE.toSeconds(), what, answer));
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Both sides know of the same newest revision, and that it is in this state. */
  void awaitState(int number, String state) throws InterruptedException {
    await(
        "#%d is %s on both sides".formatted(number, state),
        () -> next(Member.BEN, number),
        next ->
            next.path("state").asString("").equals(state)
                && next.path("revision").asInt() == board.item(number).rev());
  }

  /** Index of the newest entry of a name about a work item. */
  long entry(int number, String name) throws InterruptedException {
    JsonNode found =
        await(
            "an entry " + name,
            () ->
                operator
                    .get(
                        "/api/v1/log/entries?limit=1000&aggregate=%s&name=%s"
                            .formatted(id(number), name))
                    .path("items"),
            items -> !items.isEmpty());
    return Said.number(Said.last(found), "/index");
  }

  @Override
  public void close() {
    operator.close();
    people.values().forEach(Countersign::close);
  }
}
