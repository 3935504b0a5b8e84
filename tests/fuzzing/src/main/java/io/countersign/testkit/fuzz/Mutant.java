package io.countersign.testkit.fuzz;

import java.util.List;

/**
 * A delivery as it may come from anywhere.
 *
 * @param name what was done to what, to be read in a failure
 * @param body its bytes, encoded
 * @param headers lines without their end that say, or lie about, what the body is; never its length
 * @param chunked to be sent in chunks
 */
public record Mutant(String name, byte[] body, List<String> headers, boolean chunked) {}
