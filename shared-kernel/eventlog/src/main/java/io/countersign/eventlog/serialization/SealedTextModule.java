package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.privacy.SealedText;
import tools.jackson.databind.module.SimpleModule;

/**
 * Sealed text in JSON: {@code {"owner":..,"purpose":..,"key":..,"at":..,"sealed":..}}.
 *
 * <p><b>Written</b>: clear text is sealed for the field it stands in. An envelope that was written
 * for this field stays as it is; one that an aggregate carried over from another event is opened
 * and sealed again for its new field, so that {@code at} always names the field itself. When its
 * key was destroyed meanwhile, only a mark without ciphertext is written: opening it says "erased",
 * and the append does not take it for a use of the destroyed key. Clear text of an owner whose keys
 * were destroyed gets the same mark: told again, it stays erased.
 *
 * <p><b>Read</b>: text stays closed. The envelope gets the place where it was <em>found</em>, so
 * ciphertext that was moved between fields or events fails authentication when it is opened;
 * nothing is thrown while reading, because one bad field must not stop every projection. Documents
 * of an older revision are given the places they were found at before they are upcast, and reach
 * this reader as a tree, which keeps them; so does a logical name the catalogue no longer has (the
 * event was renamed).
 */
final class SealedTextModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  SealedTextModule(TextCipher cipher, EventCatalogue catalogue) {
    super("Countersign sealed text");
    addSerializer(SealedText.class, new SealedTextWriter(cipher));
    addDeserializer(SealedText.class, new SealedTextReader(catalogue));
  }
}
