package org.everytake.studio.db;

/** Where a PostgreSQL is, and who we are to it. */
public record DatabaseAddress(String url, String user, String password) {
    @Override
    public String toString() {
        return "DatabaseAddress[url=" + url + ", user=" + user + "]";
    }
}
