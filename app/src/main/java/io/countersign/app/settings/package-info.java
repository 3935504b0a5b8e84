/** What can be configured. */
@NullMarked
package io.countersign.app.settings;

import org.jspecify.annotations.NullMarked;
