package io.countersign.audit.verify;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which keys the log says were destroyed: the ids of the {@code keys} of its entries {@value
 * #NAME}; and which payloads it says were purged. An entry that does not fit its own digest says
 * nothing.
 */
public final class RecordedErasures implements Erasures {

  /** Logical name of the event that names destroyed keys. */
  public static final String NAME = "privacy.SubjectErased";

  private static final int PAGE = 1_000;

  private final Map<UUID, Long> keys = new HashMap<>();
  private final Map<Long, List<PurgeStatement>> purges = new HashMap<>();

  private RecordedErasures() {}

  /** Reads all that there are now. */
  public static RecordedErasures in(LogReader reader) {
    var erasures = new RecordedErasures();
    erasures.read(reader, NAME);
    erasures.read(reader, PurgeStatement.NAME);
    return erasures;
  }

  private void read(LogReader reader, String name) {
    var filter = new Filter(Optional.empty(), Optional.of(name));
    long from = 0;
    List<StoredEntry> page;
    do {
      page = reader.page(from, PAGE, filter);
      page.forEach(this::add);
      from = page.isEmpty() ? from : page.getLast().index() + 1;
    } while (page.size() == PAGE);
  }

  @Override
  public OptionalLong ofKey(UUID key) {
    Long by = keys.get(key);
    return by == null ? OptionalLong.empty() : OptionalLong.of(by);
  }

  @Override
  public OptionalLong ofPayload(Entry entry, ContentDigest stored) {
    return purges.getOrDefault(entry.index().value(), List.of()).stream()
        .filter(said -> said.explains(entry, stored))
        .mapToLong(PurgeStatement::by)
        .findFirst();
  }

  @Override
  public OptionalLong purgeOf(long index) {
    return purges.getOrDefault(index, List.of()).stream().mapToLong(PurgeStatement::by).findFirst();
  }

  private void add(StoredEntry stored) {
    try {
      Entry entry = EntryCodec.decode(stored.entry());
      if (!entry.payloadDigest().equals(ContentDigest.of(stored.payload()))) {
        return;
      }
      if (entry.name().equals(PurgeStatement.NAME)) {
        PurgeStatement.read(stored.index(), stored.payload())
            .ifPresent(
                said -> purges.computeIfAbsent(said.index(), _ -> new ArrayList<>()).add(said));
      } else {
        JsonNode event = JsonMapper.shared().readTree(stored.payload());
        event.path("keys").forEach(key -> add(key.path("id").asString(""), stored.index()));
      }
    } catch (EntryFormatException | JacksonException _) {
      // found where the entry itself is verified
    }
  }

  private void add(String text, long index) {
    UUID id = uuid(text);
    if (id != null) {
      keys.putIfAbsent(id, index);
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
