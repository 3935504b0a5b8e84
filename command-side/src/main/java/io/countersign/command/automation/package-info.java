/**
 * The one way in which events lead to commands and to effects outside. An automation answers an
 * event with intents, which are stored in the transaction of its token; a dispatcher, outside of
 * any unit of work, does what is due.
 */
@NullMarked
package io.countersign.command.automation;

import org.jspecify.annotations.NullMarked;
