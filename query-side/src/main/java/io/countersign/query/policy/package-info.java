/** Which policies projects have, and how work items hang together by those that were published. */
@NullMarked
package io.countersign.query.policy;

import org.jspecify.annotations.NullMarked;
