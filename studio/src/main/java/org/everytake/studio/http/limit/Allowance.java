package org.everytake.studio.http.limit;

/**
 * What became of a request at its bucket.
 *
 * @param granted whether there was something left
 * @param left what is left now, in whole requests
 * @param waitSeconds until there is one more; 0 if this one was granted
 * @param fullSeconds until all is there again
 */
record Allowance(boolean granted, int left, long waitSeconds, long fullSeconds) {}
