/** What all read endpoints share: parameters, pages, positions, opening of sealed text. */
@NullMarked
package io.countersign.query.reading;

import org.jspecify.annotations.NullMarked;
