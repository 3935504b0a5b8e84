package io.countersign.command.automation;

import static io.countersign.command.automation.IntentTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.IntentTable.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private static final InstantSource NOW = InstantSource.system();

  private final IntentTable table = new IntentTable();
  private final IntentStore store = table.store(NOW);
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    table.close();
  }

  /** Does notes one way or the other. */
  private interface Doing {
    IntentHandler.Outcome run(Intent intent, String text) throws Exception;
  }

  private IntentHandler handler(Doing doing) {
    return new IntentHandler() {
      @Override
      public String kind() {
        return "note";
      }

      @Override
      public Outcome run(Intent intent) throws Exception {
        return doing.run(intent, IntentPayloads.read(intent, Note.class).text());
      }

      @Override
      public void givenUp(Intent intent, String code) {
        done.add("given up: " + code);
      }
    };
  }

  private IntentHandler doing() {
    return handler(
        (_, text) -> {
          done.add(text);
          return IntentHandler.Outcome.DONE;
        });
  }

  @Test
  void eachIntentIsDoneOnceByOneOfTwoNodes() {
    table.node("one", NOW, doing());
    table.node("two", NOW, doing());
    List<UUID> ids =
        IntStream.range(0, 100)
            .mapToObj(number -> table.intend(store, Instant.now(), null, "n" + number))
            .toList();

    await(() -> ids.stream().allMatch(id -> table.status(id).equals("done")));

    assertThat(done).hasSize(100).doesNotHaveDuplicates();
    await(() -> executions() == 0);
  }

  @Test
  void aLaneIsDoneInTheOrderOfItsEventsOverTwoNodes() {
    List<UUID> ids = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (int number = 0; number < 30; number++) {
      ids.add(table.intend(store, Instant.now(), "lane", "n" + number));
      wanted.add("n" + number);
    }
    table.node("one", NOW, doing());
    table.node("two", NOW, doing());

    await(() -> ids.stream().allMatch(id -> table.status(id).equals("done")));

    assertThat(done).containsExactlyElementsOf(wanted);
  }

  @Test
  void whatIsDueLaterIsDoneThenAlsoByANodeStartedBetween() {
    var clock = new Moment(Instant.parse("2026-11-21T12:00:00Z"));
    UUID id =
        table.intend(
            table.store(clock), clock.instant().plus(Duration.ofHours(2)), null, "two hours");
    UUID now = table.intend(table.store(clock), clock.instant(), null, "now");
    var before = table.node("one", clock, doing());
    await(() -> table.status(now).equals("done"));
    assertThat(done).containsExactly("now");
    before.dispatcher().stop();

    clock.pass(Duration.ofHours(2));
    table.node("two", clock, doing());

    await(() -> table.status(id).equals("done"));
    assertThat(done).containsExactly("now", "two hours");
  }

  @Test
  void anEffectWhoseNodeDiedBeforeItsCompletionHappensAgainElsewhereWithTheSameId() {
    List<Intent> effects = new ArrayList<>();
    var dying = new AtomicReference<IntentTable.Node>();
    var started = new CountDownLatch(1);
    IntentHandler dies =
        handler(
            (intent, _) -> {
              started.await();
              effects.add(intent);
              dying.get().pool().close(); // nothing of this node reaches the database any more
              return IntentHandler.Outcome.DONE;
            });
    UUID id = table.intend(store, Instant.now(), null, "effect");
    dying.set(table.node("dying", NOW, dies));
    started.countDown();
    await(() -> dying.get().pool().isClosed());

    table.node(
        "living",
        NOW,
        handler(
            (intent, _) -> {
              effects.add(intent);
              return IntentHandler.Outcome.DONE;
            }));

    await(() -> table.status(id).equals("done"));
    assertThat(effects).extracting(Intent::id).containsExactly(id, id);
    assertThat(effects).extracting(Intent::attempt).containsExactly(1, 2);
  }

  @Test
  void attemptsEndAndSomebodyMayRetryWhichOpensTheLane() {
    var broken = new AtomicReference<>("broken");
    table.node(
        "one",
        NOW,
        handler(
            (_, text) -> {
              if (text.equals(broken.get())) {
                throw new IllegalStateException("secret text");
              }
              done.add(text);
              return IntentHandler.Outcome.DONE;
            }));
    UUID first = table.intend(store, Instant.now(), "lane", "broken");
    UUID second = table.intend(store, Instant.now(), "lane", "behind");
    await(() -> table.status(first).equals("failed"));
    assertThat(done).containsExactly("given up: IllegalStateException");
    assertThat(table.status(second)).isEqualTo("waiting");
    assertThat(column("attempts", first)).isEqualTo("3");
    assertThat(column("code", first)).isEqualTo("IllegalStateException");

    broken.set("mended");
    assertThat(store.retry(first, "ann", "mended")).isTrue();

    await(() -> table.status(second).equals("done"));
    assertThat(done).containsExactly("given up: IllegalStateException", "broken", "behind");
    assertThat(store.retry(first, "ann", "again")).isFalse();
  }

  @Test
  void whatIsCanceledInTimeIsNotDoneAndWhatIsDroppedOpensItsLane() {
    Instant later = Instant.now().plus(Duration.ofDays(1));
    UUID deadline = table.intend(store, later, null, "deadline");
    UUID head = table.intend(store, later, "lane", "head");
    UUID behind = table.intend(store, Instant.now(), "lane", "behind");
    store.cancel("another", "deadline");
    assertThat(table.status(deadline)).isEqualTo("waiting");

    store.cancel("test", "deadline");
    assertThat(store.drop(head, "ann", "not needed")).isTrue();
    table.node("one", NOW, doing());

    await(() -> table.status(behind).equals("done"));
    assertThat(done).containsExactly("behind");
    assertThat(table.status(deadline)).isEqualTo("canceled");
    await(() -> executions() == 0);
  }

  @Test
  void theSameIntentTwiceIsOneWhateverBecameOfIt() {
    var cause = new Occurrence("event", "e", 1, Instant.now(), "", "c");
    var intent =
        new IntentStore.NewIntent(
            AutomationEventHandler.id("test", "e", 0),
            "test",
            0,
            cause,
            Reaction.Intend.at(cause.at(), "note", new Note("once")));
    assertThat(store.add(intent, "{\"text\":\"once\"}")).isTrue();
    table.node("one", NOW, doing());
    await(() -> table.status(intent.id()).equals("done"));

    assertThat(store.add(intent, "{\"text\":\"twice\"}")).isFalse();

    assertThat(done).containsExactly("once");
    await(() -> executions() == 0);
  }

  @Test
  void anIntentTheSchedulerLostIsFound() {
    var clock = new Moment(Instant.now());
    IntentStore here = table.store(clock);
    UUID id = table.intend(here, clock.instant(), "lane", "lost");
    table.jdbc.sql("delete from automation.execution").update();
    assertThat(here.findLost()).isZero();

    clock.pass(Duration.ofMinutes(2));

    assertThat(here.findLost()).isOne();
    table.node("one", clock, doing());
    await(() -> table.status(id).equals("done"));
  }

  /** Those of intents; housekeeping has one of its own. */
  private long executions() {
    return table
        .jdbc
        .sql("select count(*) from automation.execution where task_name = 'intent'")
        .query(Long.class)
        .single();
  }

  private String column(String name, UUID id) {
    return table
        .jdbc
        .sql("select " + name + "::text from automation.intent where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }
}
