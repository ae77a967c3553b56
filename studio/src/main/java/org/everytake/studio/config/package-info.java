/** Settings by flag, environment and file, and the data folder that everything stands on. */
@NullMarked
package org.everytake.studio.config;

import org.jspecify.annotations.NullMarked;
