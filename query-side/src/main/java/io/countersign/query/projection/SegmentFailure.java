package io.countersign.query.projection;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stopped a segment on a node.
 *
 * @param processor name of the processor
 * @param segment number of the segment
 * @param index entry it did not get past there
 * @param code class of the error or SQLSTATE
 */
record SegmentFailure(String processor, int segment, long index, String code) {

  private static final Pattern TEXT = Pattern.compile("(\\S+) (\\d{1,9}) (-?\\d{1,18}) (\\S+)");

  /** As nodes tell each other. */
  String text() {
    return "%s %d %d %s".formatted(processor, segment, index, code);
  }

  /** What another node told; nothing when a node of another version tells it otherwise. */
  static Optional<SegmentFailure> of(String text) {
    Matcher told = TEXT.matcher(text);
    return told.matches()
        ? Optional.of(
            new SegmentFailure(
                told.group(1),
                Integer.parseInt(told.group(2)),
                Long.parseLong(told.group(3)),
                told.group(4)))
        : Optional.empty();
  }
}
