/**
 * Head maps: recorded in the log from time to time, and proofs out of the newest one that is
 * sealed.
 */
@NullMarked
package io.countersign.audit.headmap;

import org.jspecify.annotations.NullMarked;
