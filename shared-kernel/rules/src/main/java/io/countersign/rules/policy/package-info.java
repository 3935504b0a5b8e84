/**
 * What a transition needs, as data, and whether it has it. A policy is read from YAML, decides over
 * facts, and says in words what is missing.
 */
@NullMarked
package io.countersign.rules.policy;

import org.jspecify.annotations.NullMarked;
