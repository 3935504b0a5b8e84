package io.countersign.sandbox.traffic;

import java.time.Duration;
import java.util.List;

/**
 * What became of a run.
 *
 * @param sent notifications begun
 * @param acknowledged of them answered 2xx
 * @param duplicates of the acknowledged, those the server said it knew
 * @param retries further attempts after 408, 502, 503, 504 or no answer
 * @param unavailable answers 408, 502, 503 or 504
 * @param noAnswer attempts without any answer
 * @param givenUp notifications no attempt brought through
 * @param wouldBeProbation answers that would have put the subscription on probation or disabled it
 * @param elapsed from the first due notification to the last outcome
 * @param answerTime from when a notification was due to its acknowledgement
 * @param serviceTime from the attempt that was acknowledged to its acknowledgement
 */
public record TrafficSummary(
    long sent,
    long acknowledged,
    long duplicates,
    long retries,
    long unavailable,
    long noAnswer,
    long givenUp,
    List<Finding> wouldBeProbation,
    Duration elapsed,
    Quantiles answerTime,
    Quantiles serviceTime) {

  /** Acknowledged a second. */
  public double rate() {
    return elapsed.isZero() ? 0 : acknowledged * 1e9 / elapsed.toNanos();
  }
}
