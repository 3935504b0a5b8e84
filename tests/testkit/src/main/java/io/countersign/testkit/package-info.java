/** What tests of stores, projections and endpoints share. */
@NullMarked
package io.countersign.testkit;

import org.jspecify.annotations.NullMarked;
