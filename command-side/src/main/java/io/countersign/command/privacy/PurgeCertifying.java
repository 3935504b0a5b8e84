package io.countersign.command.privacy;

import io.countersign.command.privacy.PurgeCases.Told;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.PurgeCertificate;
import io.countersign.kernel.privacy.PurgeCommand;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.privacy.PurgeEvent.PurgeCertified;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the certificate of a purge, once each payload was read again and its text is not there. */
final class PurgeCertifying {

  private static final int MOST_DECISIONS = 1_000;

  private final LogReader log;
  private final PrivacySettings settings;
  private final int inboxRetentionDays;

  PurgeCertifying(LogReader log, PrivacySettings settings, int inboxRetentionDays) {
    this.log = log;
    this.settings = settings;
    this.inboxRetentionDays = inboxRetentionDays;
  }

  /** The indexes of the entries that say which payloads go. */
  List<Long> purgeEntries(UUID id, List<Told> history) {
    List<Told> purged =
        history.stream().filter(told -> told.event() instanceof PayloadPurged).toList();
    return entries(id, purged).stream().map(DecidingEntry::index).toList();
  }

  /** The certificate; empty while a payload is still there. */
  Optional<PurgeCertificate> certificate(UUID id, PurgeCase purge, List<Told> history) {
    if (!purge.purged().stream().allMatch(this::isDone)) {
      return Optional.empty();
    }
    Instant begunAt =
        history.stream()
            .filter(told -> told.event() instanceof PayloadPurged)
            .findFirst()
            .orElseThrow()
            .at();
    return Optional.of(
        new PurgeCertificate(
            purge.request().basis(),
            purge.request().basis().citation(),
            purge.request().by(),
            purge.approvedBy(),
            begunAt,
            entries(id, history),
            purge.request().entries(),
            Certifying.firstDayAfter(begunAt, inboxRetentionDays),
            Certifying.firstDayAfter(begunAt, settings.backupRetentionDays())));
  }

  /** The certificate as it was issued; empty while it is not. */
  Optional<PurgeCertificateView> issued(UUID id, List<Told> history) {
    return history.stream()
        .filter(told -> told.event() instanceof PurgeCertified)
        .findFirst()
        .map(
            told ->
                PurgeCertificateView.of(
                    id,
                    ((PurgeCertified) told.event()).certificate(),
                    entries(id, List.of(told)).getFirst()));
  }

  private boolean isDone(PayloadPurged said) {
    byte[] left = said.remains().getBytes(StandardCharsets.UTF_8);
    return log.entry(said.index())
        .map(stored -> Arrays.equals(stored.payload(), left))
        .orElse(false);
  }

  private List<DecidingEntry> entries(UUID id, List<Told> events) {
    var ofPurge = new LogReader.Filter(Optional.of(PurgeCommand.aggregateId(id)), Optional.empty());
    Map<Long, StoredEntry> stored =
        log.page(0, MOST_DECISIONS, ofPurge).stream()
            .collect(Collectors.toMap(StoredEntry::sequence, Function.identity()));
    return events.stream()
        .map(
            told -> {
              StoredEntry entry = stored.get(told.sequence());
              if (entry == null) {
                throw new IllegalStateException("an event of " + id + " is no entry of the log");
              }
              return new DecidingEntry(
                  entry.index(), entry.name(), HexFormat.of().formatHex(entry.entryHash()));
            })
        .toList();
  }
}
