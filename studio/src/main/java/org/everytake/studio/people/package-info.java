/** Accounts, how they sign in, and what each may do. */
@NullMarked
package org.everytake.studio.people;

import org.jspecify.annotations.NullMarked;
