/** Chromium participants whose picture and sound are a test card made in the page from one clock. */
@NullMarked
package org.everytake.e2e.browser;

import org.jspecify.annotations.NullMarked;
