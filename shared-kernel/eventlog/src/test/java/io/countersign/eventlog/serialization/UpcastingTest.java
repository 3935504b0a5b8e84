package io.countersign.eventlog.serialization;

import static io.countersign.eventlog.serialization.Bench.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.Upcaster;
import io.countersign.kernel.privacy.SealedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old revisions are read as the current one, and what is stored stays as it is. */
class UpcastingTest {

  private static final String NAME = "test.Priced";

  private static final Upcaster TO_CENTS =
      stored -> {
        String price = (String) stored.remove("price");
        stored.put("cents", Long.parseLong(price.replace(".", "")));
        return stored;
      };

  private static final Upcaster TO_NOTES =
      stored -> {
        stored.put("notes", List.of(Map.of("text", stored.remove("remark"))));
        return stored;
      };

  private final Bench bench = new Bench();

  record First(String price, SealedText remark) {}

  record Third(long cents, List<Note> notes) {}

  record Note(SealedText text) {}

  private static EventCatalogue.Builder third() {
    return EventCatalogue.builder().event(NAME, 3, Third.class);
  }

  private CatalogueSerializer serializer(EventCatalogue catalogue) {
    return CatalogueSerializer.of(catalogue, bench.cipher);
  }

  private CatalogueSerializer current() {
    return serializer(third().upcaster(NAME, 1, TO_CENTS).upcaster(NAME, 2, TO_NOTES).build());
  }

  private byte[] stored(String price) {
    return serializer(EventCatalogue.builder().event(NAME, 1, First.class).build())
        .serialize(new First(price, content("dear")), byte[].class)
        .getData();
  }

  private static <T> T read(CatalogueSerializer serializer, String revision, byte[] bytes) {
    return serializer.deserialize(
        new SimpleSerializedObject<>(
            bytes, byte[].class, new SimpleSerializedType(NAME, revision)));
  }

  @Test
  void anOldRevisionGoesThroughEveryStepInOrder() {
    byte[] stored = stored("12.50");
    byte[] before = stored.clone();
    Third read = read(current(), "1", stored);
    assertThat(read.cents()).isEqualTo(1_250);
    assertThat(bench.cipher.open(read.notes().getFirst().text()))
        .as("sealed text that an upcaster moved")
        .isEqualTo(new Opened.Text("dear"));
    assertThat(stored).isEqualTo(before);
    assertThat(current().classForType(new SimpleSerializedType(NAME, "1"))).isEqualTo(Third.class);
  }

  @Test
  void onlyTheStepsThatAreNeededAreTaken() {
    String second = "{\"cents\":7,\"remark\":" + sealed(stored("1")) + "}";
    Third read = read(current(), "2", second.getBytes(StandardCharsets.UTF_8));
    assertThat(read.cents()).isEqualTo(7);
    assertThat(read.notes()).hasSize(1);
  }

  @Test
  void ciphertextThatWasMovedInTheLogStaysClosed() {
    String title = bench.json(Bench.retitled("of another"));
    String moved =
        "{\"price\":\"1\",\"remark\":"
            + title.substring(title.indexOf("{\"owner\""), title.indexOf("}") + 1)
            + "}";
    Third read = read(current(), "1", moved.getBytes(StandardCharsets.UTF_8));
    assertThat(bench.cipher.open(read.notes().getFirst().text()))
        .isInstanceOf(Opened.Unreadable.class);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"4", "0", "-1", "one", "99999999999"})
  void whatIsNoOlderRevisionIsRefused(String revision) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> read(current(), revision, stored("12.50")))
        .withMessageContaining("this version reads up to 3");
  }

  @Test
  void anUpcasterThatFailsIsNamedAndQuotesNothing() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> read(current(), "1", stored("secret")))
        .withMessage(
            "test.Priced cannot be read: the upcaster from revision 1 failed with"
                + " NumberFormatException")
        .withNoCause();
  }

  @Test
  void aGapInTheChainStopsTheProgramBeforeItStarts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> third().upcaster(NAME, 1, TO_CENTS).build())
        .withMessage(
            "test.Priced is at revision 3, and nothing reads revision 2: add an upcaster from it");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                third()
                    .upcaster(NAME, 1, TO_CENTS)
                    .upcaster(NAME, 2, TO_NOTES)
                    .upcaster(NAME, 3, TO_NOTES)
                    .build())
        .withMessage("there is an upcaster from test.Priced revision 3, and no newer revision");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> third().upcaster(NAME, 1, TO_CENTS).upcaster(NAME, 1, TO_NOTES))
        .withMessage("two upcasters read test.Priced revision 1");
  }

  private static String sealed(byte[] first) {
    String text = Bench.text(first);
    return text.substring(text.indexOf("\"remark\":") + "\"remark\":".length(), text.length() - 1);
  }
}
