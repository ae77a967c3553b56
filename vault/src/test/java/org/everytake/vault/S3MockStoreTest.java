package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3MockStoreTest extends S3StoreContract {
    @Override
    S3Server server() {
        return S3MockServer.get();
    }

    /** Not in parts, where s3mock forgets it. */
    @Test
    void STO_6_theStoreEncryptsWithItsOwnKeys() throws IOException {
        assertThat(putAs(null, S3Encryption.STORE_KEYS, 100).serverSideEncryptionAsString())
                .isEqualTo("AES256");
    }

    /** Not in parts, for the same reason. */
    @Test
    void STO_6_theStoreEncryptsWithAKeyOfAKms() throws IOException {
        HeadObjectResponse head = putAs(null, S3Encryption.kmsKey(S3MockServer.KMS_KEY), 100);
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(head.ssekmsKeyId()).isEqualTo(S3MockServer.KMS_KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 9 * MEGABYTE})
    void STO_1_theStorageClassIsTheOneThatWasSet(int size) throws IOException {
        assertThat(putAs("STANDARD_IA", S3Encryption.NONE, size).storageClassAsString())
                .isEqualTo("STANDARD_IA");
    }

    @Test
    void STO_1_whereVersionsAreKeptAllOfThemAreDeleted() throws IOException {
        client.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        store.put("a", text("first"));
        store.put("a", text("second"));
        store.put("ab", text("another"));
        assertThat(versions()).isEqualTo(3);
        assertThat(store.delete("a")).isTrue();
        assertThat(versions()).isEqualTo(1);
        assertThat(store.list("")).extracting(Stored::name).containsExactly("ab");
    }

    @Test
    void whatWasOnlyHiddenWhenAnEarlierTryEndedIsDeletedToo() throws IOException {
        client.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        store.put("a", text("first"));
        client.deleteObject(request -> request.bucket(bucket).key(PREFIX + "/a"));
        assertThat(versions()).isEqualTo(2);
        assertThat(store.delete("a")).isFalse();
        assertThat(versions()).isZero();
    }

    /** Deletions included. */
    private int versions() {
        var page = client.listObjectVersions(request -> request.bucket(bucket));
        return page.versions().size() + page.deleteMarkers().size();
    }
}
