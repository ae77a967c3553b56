/** The database: an embedded PostgreSQL or one given by address, its pool, its migrations. */
@NullMarked
package org.everytake.studio.db;

import org.jspecify.annotations.NullMarked;
