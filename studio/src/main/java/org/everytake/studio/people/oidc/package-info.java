/** Signing in with a provider of OpenID Connect: what is said to it, and what of its answers is believed. */
@NullMarked
package org.everytake.studio.people.oidc;

import org.jspecify.annotations.NullMarked;
