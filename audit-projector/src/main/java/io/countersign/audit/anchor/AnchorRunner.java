package io.countersign.audit.anchor;

import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.kernel.audit.AuditEvent.CheckpointAnchored;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One anchor at its interval: only when something else than the log's own housekeeping was added
 * since it was last recorded, so that a log at rest stays as it is. What it fails at is tried again
 * ever more rarely, told once, and shown until it works again. Steps belong to one thread.
 */
final class AnchorRunner {

  private static final Logger LOG = LoggerFactory.getLogger(AnchorRunner.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 10;

  private final Anchor anchor;
  private final Duration interval;
  private final AnchoredEntries entries;
  private final PublishedLog published;
  private final DurableFolder folder;
  private final AnchorAlarm alarm;
  private final InstantSource clock;
  private volatile @Nullable Sealed newest;
  private volatile AnchorState state = AnchorState.NEW;
  private volatile boolean ended;
  private Instant due = Instant.MIN;
  private int failuresInARow;
  private @Nullable String origin;
  private long recorded;
  private long shown = -1;
  private long alarmed = -1;

  /**
   * A runner.
   *
   * @param folder where evidence is published
   * @param alarm told of each failure
   */
  AnchorRunner(
      Anchor anchor,
      Duration interval,
      AnchoredEntries entries,
      PublishedLog published,
      DurableFolder folder,
      AnchorAlarm alarm,
      InstantSource clock) {
    this.anchor = anchor;
    this.interval = interval;
    this.entries = entries;
    this.published = published;
    this.folder = folder;
    this.alarm = alarm;
    this.clock = clock;
  }

  private record Sealed(Checkpoint checkpoint, SignedNote note) {}

  /** There is a new checkpoint. */
  void sealed(Checkpoint checkpoint, SignedNote note) {
    newest = new Sealed(checkpoint, note);
  }

  Anchor anchor() {
    return anchor;
  }

  Duration interval() {
    return interval;
  }

  AnchorState state() {
    return state;
  }

  /** Whether this node seals, so that its anchors run here. */
  boolean isHere() {
    return newest != null;
  }

  /** Failures from now on are those of the end. */
  void end() {
    ended = true;
    anchor.close();
  }

  /** Does what is due now, if anything. */
  void step() throws InterruptedException {
    Sealed sealed = newest;
    boolean isDue = !clock.instant().isBefore(due);
    boolean mayShow = anchor.kind() == AnchorKind.WITNESS && failuresInARow == 0;
    if (sealed == null || !(isDue || mayShow)) {
      return;
    }
    try {
      if (!sealed.checkpoint().origin().equals(origin)) {
        goOnFromTheLog(sealed.checkpoint().origin());
      }
      if (!hasNews(sealed.checkpoint())) {
        if (mayShow && shown != sealed.checkpoint().size()) {
          // the entry about the last cosigning made a new checkpoint: it is to be seen cosigned
          anchor(sealed, false);
        }
      } else if (isDue) {
        anchorNews(sealed);
      }
    } catch (FileSystemException e) {
      failed("%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    } catch (IOException | AnchorFailedException | NoteFormatException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      failed(e.getClass().getSimpleName());
    }
  }

  private boolean hasNews(Checkpoint checkpoint) {
    return checkpoint.size() > recorded && entries.anythingElse(recorded, checkpoint.size());
  }

  /** Another node may have sealed and anchored meanwhile: the log knows. */
  private void anchorNews(Sealed sealed)
      throws IOException, InterruptedException, AnchorFailedException, NoteFormatException {
    goOnFromTheLog(sealed.checkpoint().origin());
    if (hasNews(sealed.checkpoint()) && !clock.instant().isBefore(due)) {
      anchor(sealed, true);
    }
  }

  private void goOnFromTheLog(String now) {
    AnchoredEntries.Last last =
        entries.last(anchor.name()).filter(one -> one.origin().equals(now)).orElse(null);
    recorded = last == null ? 0 : last.size();
    origin = now;
    Instant known = state.lastSuccess();
    if (last != null && (known == null || last.at().isAfter(known))) {
      state = state.knownSince(last.at());
      due = failuresInARow > 0 ? due : last.at().plus(interval);
    }
  }

  /** Evidence is published before the entry names it: what an entry says can be looked up. */
  private void anchor(Sealed sealed, boolean record)
      throws IOException, InterruptedException, AnchorFailedException, NoteFormatException {
    Checkpoint checkpoint = sealed.checkpoint();
    Anchor.Evidence evidence = anchor.anchor(checkpoint, sealed.note());
    if (!evidence.cosignatures().isEmpty()) {
      published.cosign(checkpoint.text(), evidence.cosignatures());
    }
    if (record) {
      for (var file : evidence.files().entrySet()) {
        folder.put(
            "%d-%s.%s".formatted(checkpoint.size(), anchor.name(), file.getKey()), file.getValue());
      }
      entries.append(
          new CheckpointAnchored(
              checkpoint.origin(),
              anchor.kind().word(),
              anchor.name(),
              checkpoint.size(),
              checkpoint.root().base64(),
              Base64.getEncoder().encodeToString(evidence.answer())));
      recorded = checkpoint.size();
    }
    shown = checkpoint.size();
    succeeded(record, evidence.lacking());
  }

  private void succeeded(boolean record, List<String> lacking) {
    Instant now = clock.instant();
    AnchorState before = state;
    state = before.succeeded(now, lacking);
    failuresInARow = 0;
    if (record || before.isFailing()) {
      due = now.plus(interval);
    }
    if (before.isFailing()) {
      LOG.info(
          "anchor {} works again, after failing since {}", anchor.name(), before.failingSince());
    }
    if (!lacking.isEmpty() && !lacking.equals(before.lacking())) {
      LOG.warn("anchor {} has its evidence, but not of all: {}", anchor.name(), lacking);
    }
  }

  private void failed(String why) {
    if (ended) {
      return;
    }
    Instant now = clock.instant();
    AnchorState before = state;
    state = before.failed(now, why);
    due = now.plus(pause(failuresInARow++));
    if (!before.isFailing()) {
      LOG.warn(
          "ANCHOR {} FAILS: {}. The log is sealed all the same, without it", anchor.name(), why);
    }
    alarm(now);
  }

  private void alarm(Instant now) {
    Sealed sealed = newest;
    if (sealed == null || origin == null || alarmed == recorded) {
      return;
    }
    var waiting = new AnchorAlarm.Waiting(origin, recorded, sealed.checkpoint().size());
    if (alarm.failed(anchor, interval, waiting, now)) {
      alarmed = recorded;
    }
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures, DOUBLINGS));
    return pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
  }
}
