package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.SealedText;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens all sealed text in an event, so that it can be compared with the one written. */
final class Opening {

  private Opening() {}

  static Object all(Object value, TextCipher cipher) {
    return switch (value) {
      case null -> null;
      case SealedText text ->
          switch (cipher.open(text)) {
            case Opened.Text(String clear) -> SealedText.of(text.owner(), text.purpose(), clear);
            case Opened.Erased _ -> throw new AssertionError(text + " is erased");
            case Opened.Unreadable(String reason) -> throw new AssertionError(text + ": " + reason);
          };
      case List<?> list -> list.stream().map(element -> all(element, cipher)).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> opened = new LinkedHashMap<>();
        map.forEach((key, element) -> opened.put(key, all(element, cipher)));
        yield opened;
      }
      case Record record -> record(record, cipher);
      default -> value;
    };
  }

  private static Object record(Record record, TextCipher cipher) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        components[i].getAccessor().setAccessible(true);
        values[i] = all(components[i].getAccessor().invoke(record), cipher);
      }
      Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
