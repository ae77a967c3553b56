/** Named objects with range reads, sealed, in a folder or on S3; and the keys they are sealed with. */
module org.everytake.vault {
    requires com.google.crypto.tink;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;
    requires static transitive org.jspecify;

    exports org.everytake.vault;
}
