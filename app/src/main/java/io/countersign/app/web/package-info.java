/** Health, metrics and the API's own description. */
@NullMarked
package io.countersign.app.web;

import org.jspecify.annotations.NullMarked;
