/** Named objects with range reads, sealed, on a folder; and the keys they are sealed with. */
module org.everytake.vault {
    requires com.google.crypto.tink;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports org.everytake.vault;
}
