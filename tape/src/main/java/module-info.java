/** Takes, batches, segments, commit and recovery; the words of the journal. */
module org.everytake.tape {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports org.everytake.tape;
    exports org.everytake.tape.spool;
    exports org.everytake.tape.read;
}
