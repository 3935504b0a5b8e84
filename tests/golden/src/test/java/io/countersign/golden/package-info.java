/**
 * Golden histories: whole logs as they were stored by each version of the event catalogue, and what
 * they have to come to for ever.
 */
@NullMarked
package io.countersign.golden;

import org.jspecify.annotations.NullMarked;
