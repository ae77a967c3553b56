package org.everytake.studio.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.everytake.studio.contract.OpenApi.Operation;
import org.everytake.studio.http.ErrorId;
import org.junit.jupiter.api.Test;

/** Holds docs/openapi.yaml to itself, to docs/api.md, and to the errors that there are. */
class OpenApiTest {
    private static final OpenApi API = OpenApi.read();

    @Test
    void ORG_9_everySchemaIsASchema() {
        var schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012));
        API.document()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> assertThat(schemas.validate(schema.getValue().toString(), InputFormat.JSON))
                        .as(schema.getKey())
                        .isEmpty());
    }

    @Test
    void ORG_9_everyReferenceLeadsSomewhere() {
        for (JsonNode reference : API.document().findValues("$ref")) {
            assertThat(reference.asText()).startsWith("#/components/");
            assertThat(API.document().at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void ORG_9_everyOperationSaysWhatItIsAndWhoMayCallIt() {
        Set<String> ids = new HashSet<>();
        for (Operation operation : API.operations()) {
            JsonNode node = operation.node();
            assertThat(ids.add(node.path("operationId").asText()))
                    .as(operation.call())
                    .isTrue();
            assertThat(node.path("summary").asText()).as(operation.call()).isNotEmpty();
            assertThat(operation.access()).as(operation.call()).isNotEmpty();
            assertThat(node.path("responses").has("default"))
                    .as(operation.call())
                    .isTrue();
            assertThat(declared(operation)).as(operation.call()).containsAll(placeholders(operation.path()));
        }
    }

    private static Set<String> placeholders(String path) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(path)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> declared(Operation operation) {
        var names = new TreeSet<String>();
        JsonNode path = API.document().path("paths").path(operation.path()).path("parameters");
        path.forEach(parameter -> names.add(API.resolve(parameter).path("name").asText()));
        return names;
    }

    @Test
    void ORG_9_everyErrorIsNamedAndEveryOperationsErrorsExist() {
        var words = Arrays.stream(ErrorId.values()).map(ErrorId::word).toList();
        List<String> named = new ArrayList<>();
        API.document().at("/components/schemas/Problem/properties/id/enum").forEach(id -> named.add(id.asText()));
        assertThat(named).containsExactlyInAnyOrderElementsOf(words);
        Set<String> used = new TreeSet<>(API.commonErrors());
        for (Operation operation : API.operations()) {
            assertThat(words).as(operation.call()).containsAll(operation.errors());
            used.addAll(operation.errors());
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void ORG_9_examplesFit() {
        for (Operation operation : API.operations()) {
            JsonNode body = operation.node().at("/requestBody/content/application~1json");
            if (body.has("example")) {
                assertThat(API.misfits(body.path("schema"), body.path("example")))
                        .as(operation.call())
                        .isEmpty();
            }
        }
        JsonNode problem = API.document().at("/components/responses/Problem/content/application~1problem+json");
        assertThat(API.misfits(problem.path("schema"), problem.path("example"))).isEmpty();
    }

    @Test
    void ORG_9_theGuideNamesTheSameCalls() throws Exception {
        String guide = Files.readString(Path.of("../docs/api.md"));
        var rows = Pattern.compile("(?m)^\\| (`(?:GET|POST|PUT|PATCH|DELETE|OPTIONS) /.*?) \\|")
                .matcher(guide);
        var calls = new TreeSet<String>();
        rows.results()
                .forEach(row -> Pattern.compile("`([A-Z]+) (/[^`?]*)`")
                        .matcher(row.group(1))
                        .results()
                        .forEach(call -> calls.add(call.group(1) + " " + call.group(2))));
        calls.remove("GET /health/live");
        calls.remove("GET /health/ready");
        calls.remove("GET /metrics");
        var described = API.operations().stream()
                .filter(operation -> !operation.method().equals("HEAD"))
                .map(Operation::call)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(calls).isEqualTo(described);
    }

    @Test
    void whatIsNotDescribedIsNoticed() throws Exception {
        byte[] me = "{\"account\":1}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Contract.check("GET", "/me", null, 200, "application/json", me))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /me");
        assertThatThrownBy(() -> Contract.check("GET", "/me", null, 203, "application/json", me))
                .hasMessageContaining("not described");
        assertThatThrownBy(() -> Contract.check("GET", "/no-such", null, 200, "application/json", me))
                .hasMessageContaining("not described");
        byte[] problem = new ObjectMapper()
                .writeValueAsBytes(java.util.Map.of(
                        "type", "about:blank", "status", 409, "title", "t", "id", "last-admin", "detail", "d"));
        assertThatThrownBy(() -> Contract.check("GET", "/me", null, 409, "application/problem+json", problem))
                .hasMessageContaining("last-admin");
        Contract.check("DELETE", "/members/x", null, 409, "application/problem+json", problem);
    }
}
