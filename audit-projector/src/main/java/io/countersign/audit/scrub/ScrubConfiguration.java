package io.countersign.audit.scrub;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the scrubber. Needs a {@code Path} named {@code auditFolder}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScrubSettings.class)
public class ScrubConfiguration {

  @Bean
  Scrubber scrubber(
      LogReader reader,
      PublishedLog published,
      DataSource dataSource,
      @Qualifier("auditFolder") Path auditFolder,
      ScrubSettings settings,
      Clock clock,
      MeterRegistry meters) {
    var scrubber =
        new Scrubber(
            reader,
            published,
            note -> checkpoint(published, note),
            new KeyStates(dataSource),
            new ScrubPosition(auditFolder.resolve("scrub")),
            settings.scrubRate(),
            clock);
    register(meters, scrubber);
    return scrubber;
  }

  @Bean(initMethod = "start")
  Scrubbing scrubbing(Scrubber scrubber, ScrubSettings settings) {
    return new Scrubbing(scrubber, settings.scrubRate());
  }

  @Bean
  ScrubController scrubController(Scrubber scrubber) {
    return new ScrubController(scrubber);
  }

  /** With the published keys: whether they are right is for auditors, who got them elsewhere. */
  private static Checkpoint checkpoint(PublishedLog published, SignedNote note)
      throws NoteRefusedException, NoteFormatException {
    try {
      return KeyPolicy.parse(Files.readString(published.folder().resolve("keys"))).checkpoint(note);
    } catch (IOException _) {
      throw new NoteFormatException(NoteFormatException.Reason.BAD_KEY, 1);
    }
  }

  private static void register(MeterRegistry meters, Scrubber scrubber) {
    Gauge.builder("countersign.audit.scrub.index", scrubber, one -> one.state().next() - 1.0)
        .description("last index that this round of verifying in the background has reached")
        .register(meters);
    Gauge.builder(
            "countersign.audit.scrub.age",
            scrubber,
            one -> one.age().map(age -> age.toMillis() / 1_000.0).orElse(Double.NaN))
        .baseUnit("seconds")
        .description("since the whole log was verified last; NaN before the first time")
        .register(meters);
    Gauge.builder(
            "countersign.audit.scrub.findings",
            scrubber,
            one -> (double) one.state().findingCount())
        .description("what verifying in the background found and was not gone in a later round")
        .register(meters);
  }
}
