/**
 * The words of the tape: what a take is described with, what the journal says, and what can go wrong. Values only;
 * {@code spool} writes them and {@code read} reads them back.
 */
@NullMarked
package org.everytake.tape;

import org.jspecify.annotations.NullMarked;
