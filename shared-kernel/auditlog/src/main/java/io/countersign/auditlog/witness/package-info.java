/**
 * What logs and witnesses say to each other (C2SP tlog-witness), without the network between them:
 * the body of add-checkpoint, and the rules by which a witness cosigns.
 */
@NullMarked
package io.countersign.auditlog.witness;

import org.jspecify.annotations.NullMarked;
