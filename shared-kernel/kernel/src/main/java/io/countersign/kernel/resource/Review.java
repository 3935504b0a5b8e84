package io.countersign.kernel.resource;

import io.countersign.kernel.privacy.Person;

/**
 * A reviewer of a pull request.
 *
 * @param reviewer who; may be a group
 * @param vote 10 approved, 5 approved with suggestions, 0 none, -5 waiting, -10 rejected
 * @param required whether the policy requires this reviewer
 * @param group whether it is a group
 */
public record Review(Person reviewer, int vote, boolean required, boolean group) {}
