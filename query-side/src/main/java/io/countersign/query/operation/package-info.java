/** What is done to projections on request: recorded, run by one node, followed from anywhere. */
@NullMarked
package io.countersign.query.operation;

import org.jspecify.annotations.NullMarked;
