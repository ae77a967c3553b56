package org.everytake.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The HTTP client of the product, but a test sees each request, and may answer it in the server's place. */
final class HookedHttp implements SdkHttpClient {
    interface Hook {
        /** The answer; {@code onward} gets that of the server. */
        HttpExecuteResponse answer(SdkHttpRequest request, ExecutableHttpRequest onward) throws IOException;
    }

    private final SdkHttpClient http = S3Connections.http(address -> true);
    private final Hook hook;

    HookedHttp(Hook hook) {
        this.hook = hook;
    }

    /** Writes down each request: its method, and its query if it has one. */
    static HookedHttp writingTo(List<String> log) {
        return new HookedHttp((request, onward) -> {
            log.add(request.method()
                    + request.encodedQueryParameters().map(query -> " " + query).orElse(""));
            return onward.call();
        });
    }

    static HttpExecuteResponse response(int status, Map<String, String> headers, String body) {
        SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
        headers.forEach(response::putHeader);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    /** An answer as S3 refuses. */
    static HttpExecuteResponse refusal(int status, String code, String message, Map<String, String> headers) {
        return response(
                status,
                headers,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>1</RequestId></Error>");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest onward = http.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return hook.answer(request.httpRequest(), onward);
            }

            @Override
            public void abort() {
                onward.abort();
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
