package io.countersign.command.privacy;

import static io.countersign.command.privacy.RealPrivacy.ANN;
import static io.countersign.command.privacy.RealPrivacy.BEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.command.privacy.SubjectController.MentionSearch;
import io.countersign.command.privacy.SubjectController.Search;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.privacy.SubjectId;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looked for people is in the log, and what he looked for is not. */
class SearchesTest {

  private static final String ADA = "user1@example.com";

  @TempDir private Path directory;

  private RealPrivacy privacy;
  private SubjectId ada;

  @BeforeEach
  void start() throws Exception {
    privacy = new RealPrivacy(directory);
    privacy.deliver("workitem.created");
    ada = privacy.subject(ADA);
  }

  @AfterEach
  void stop() {
    privacy.close();
  }

  @Test
  void whoAsksForASubjectIsRecordedWithWhomHeFound() {
    var page = controller(privacy.store()).find(new Search(null, ADA), ANN).block();
    assertThat(Objects.requireNonNull(page).items()).hasSize(1);
    StoredEntry entry = last();
    assertThat(entry.name()).isEqualTo("privacy.SubjectsSearched");
    assertThat(text(entry.payload())).contains(ada.toString(), "principal:ann", "\"hits\":1");
    assertThat(text(entry.metadata())).contains("principal:ann");
    assertThat(everything()).doesNotContain(ADA);
  }

  @Test
  void whoFindsNobodyIsRecordedToo() {
    var page = controller(privacy.store()).find(new Search(null, "eve@example.com"), BEN).block();
    assertThat(Objects.requireNonNull(page).items()).isEmpty();
    assertThat(text(last().payload())).contains("\"hits\":0", "principal:ben");
    assertThat(everything()).doesNotContain("eve@example.com");
  }

  @Test
  void whoSearchesTextOfOthersIsRecordedWithoutTheWords() {
    var search = new MentionSearch(ada.toString(), List.of("PEOPLE sign"), null);
    var page = controller(privacy.store()).mentions(search, ANN).block();
    assertThat(Objects.requireNonNull(page).items()).hasSize(1);
    StoredEntry entry = last();
    assertThat(entry.name()).isEqualTo("privacy.MentionsSearched");
    assertThat(text(entry.payload())).contains(ada.toString(), "\"from\":0", "\"hits\":1");
    assertThat(everything()).doesNotContainIgnoringCase("people sign");
  }

  @Test
  void nobodyIsToldAnythingThatWasNotRecordedBefore() {
    EventStore full =
        (EventStore)
            Proxy.newProxyInstance(
                EventStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class},
                (_, _, _) -> {
                  throw new IllegalStateException("the log takes nothing");
                });
    SubjectController refusing = controller(full);
    assertThatThrownBy(() -> refusing.find(new Search(null, ADA), ANN).block())
        .hasMessageContaining("the log takes nothing");
    var search = new MentionSearch(ada.toString(), List.of(), null);
    assertThatThrownBy(() -> refusing.mentions(search, ANN).block())
        .hasMessageContaining("the log takes nothing");
  }

  private SubjectController controller(EventStore store) {
    return new SubjectController(
        privacy.directory,
        new Mentions(new LogPages(privacy.reader), privacy.cipher),
        privacy.holds,
        new Searches(store, Clock.systemUTC(), UUID::randomUUID));
  }

  private StoredEntry last() {
    return privacy.reader.page(0, 1_000, Filter.ALL).getLast();
  }

  private String everything() {
    var all = new StringBuilder();
    privacy
        .reader
        .page(0, 1_000, Filter.ALL)
        .forEach(entry -> all.append(text(entry.payload())).append(text(entry.metadata())));
    return all.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
