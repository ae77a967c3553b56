package org.everytake.studio.operations;

import java.util.Locale;

/** Why a part is not well; the table is in docs/operations.md. */
enum Reason {
    RECORDER_BEHIND,
    BACKLOG_OLD,
    DISK_LOW,
    DISK_FULL,
    DISK_FILLING,
    DATAGRAMS_DROPPED,
    BUFFER_SMALL,
    JOBS_RETRYING,
    JOBS_GIVEN_UP,
    DATABASE_SLOW,
    DATABASE_AWAY,
    CONNECTIONS_SHORT,
    CLOCK_OFF,
    CLOCK_WENT_BACK,
    CANNOT_TELL;

    /** As the API spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
