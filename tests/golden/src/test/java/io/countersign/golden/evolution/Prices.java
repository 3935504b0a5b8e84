package io.countersign.golden.evolution;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.Upcaster;
import io.countersign.kernel.privacy.SealedText;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An event in three revisions, and the catalogues of the programs that wrote them. */
final class Prices {

  static final String NAME = "test.Priced";

  private static final Upcaster TO_CENTS =
      stored -> {
        String price = (String) stored.remove("price");
        stored.put("cents", Long.parseLong(price.replace(".", "")));
        return stored;
      };

  private static final Upcaster TO_NOTES =
      stored -> {
        stored.put("currency", "EUR");
        stored.put("notes", List.of(Map.of("text", stored.remove("remark"))));
        return stored;
      };

  static final EventCatalogue FIRST =
      EventCatalogue.builder().event(NAME, 1, PricedInWords.class).build();
  static final EventCatalogue SECOND =
      EventCatalogue.builder()
          .event(NAME, 2, PricedInCents.class)
          .upcaster(NAME, 1, TO_CENTS)
          .build();
  static final EventCatalogue THIRD =
      EventCatalogue.builder()
          .event(NAME, 3, Priced.class)
          .upcaster(NAME, 1, TO_CENTS)
          .upcaster(NAME, 2, TO_NOTES)
          .build();

  private Prices() {}

  /** Revision 1. */
  record PricedInWords(String thing, String price, SealedText remark) {}

  /** Revision 2. */
  record PricedInCents(String thing, long cents, SealedText remark) {}

  /** What the program knows. */
  sealed interface PriceEvent {

    String thing();
  }

  /** Revision 3. */
  record Priced(String thing, long cents, String currency, List<Note> notes)
      implements PriceEvent {}

  record Note(SealedText text) {}

  record Price(@TargetAggregateIdentifier String thing, long cents) {}
}
