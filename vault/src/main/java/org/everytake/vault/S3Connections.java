package org.everytake.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** How the S3 client connects: over TLS with AES-256 only, within bounded time, with what every S3 server understands. */
final class S3Connections {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Between two bytes of an answer. */
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** A part of 8 MB at 220 kbit/s; what takes longer hangs. */
    private static final Duration ATTEMPT = Duration.ofMinutes(5);

    /** One for all: connections are kept for the next request only where the factory is the same. */
    private static final SSLSocketFactory SOCKETS = new Aes256Sockets();

    private S3Connections() {}

    /** @param reachable the addresses to which it may connect */
    static SdkHttpClient http(Predicate<InetAddress> reachable) {
        return new Http(reachable);
    }

    /** The SDK's client over the JDK's, which is told the length of what is sent, or it would copy it first. */
    private record Http(Predicate<InetAddress> reachable) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            long length = request.httpRequest().method() == SdkHttpMethod.PUT
                    ? request.httpRequest()
                            .firstMatchingHeader("Content-Length")
                            .map(Long::parseLong)
                            .orElse(0L)
                    : 0;
            ExecutableHttpRequest prepared = UrlConnectionHttpClient.create(uri -> connection(uri, length))
                    .prepareRequest(request);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    requireReachable(request.httpRequest().host());
                    return prepared.call();
                }

                @Override
                public void abort() {
                    prepared.abort();
                }
            };
        }

        /** The JDK keeps what a name led to for half a minute, so a connection made at once goes to one of these. */
        private void requireReachable(String host) throws IOException {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!reachable.test(address)) {
                    throw new ConnectException(host + " leads to " + address.getHostAddress()
                            + ", an address within this server's own network, to which it may not connect");
                }
            }
        }

        @Override
        public void close() {
            // holds nothing: idle connections are the JDK's
        }
    }

    static S3Client client(S3Options options, SdkHttpClient http) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .region(Region.of(options.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(options.accessKey(), options.secretKey())))
                .forcePathStyle(options.pathStyle())
                // trailing checksums and signed chunks are AWS's own; Content-MD5 is known everywhere
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .overrideConfiguration(
                        client -> client.retryStrategy(RetryMode.STANDARD).apiCallAttemptTimeout(ATTEMPT));
        URI endpoint = options.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    private static HttpURLConnection connection(URI uri, long length) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) SILENCE.toMillis());
            if (length > 0) {
                connection.setFixedLengthStreamingMode(length);
            }
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(SOCKETS);
            }
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
