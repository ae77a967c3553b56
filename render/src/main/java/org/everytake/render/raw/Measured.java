package org.everytake.render.raw;

/**
 * What is known of a file before its first byte is written into an archive.
 *
 * @param crc32 unsigned 32 bits
 */
record Measured(long bytes, long crc32) {}
