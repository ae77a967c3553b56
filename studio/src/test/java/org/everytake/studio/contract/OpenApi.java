package org.everytake.studio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docs/openapi.yaml, as far as tests ask it something. Any thread. */
public final class OpenApi {
    public static final Path FILE = Path.of("../docs/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "head", "options", "post", "put", "patch", "delete");
    private static final OpenApi ONLY = new OpenApi();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** One call of the API; {@code path} comes after {@code /api/v1}. */
    public record Operation(String method, String path, JsonNode node) {
        public String call() {
            return method + " " + path;
        }

        boolean takes(String method, String path) {
            return this.method.equals(method) && pattern().matcher(path).matches();
        }

        /** Names win over what is put in: {@code /members/invitations} is no {@code /members/{account}}. */
        int names() {
            return (int) path.chars().filter(c -> c == '/').count() * 10
                    - (int) path.chars().filter(c -> c == '{').count();
        }

        private Pattern pattern() {
            return Pattern.compile(path.replaceAll("\\{[a-z]+}", "[^/]+"));
        }

        public Set<String> errors() {
            var errors = new TreeSet<String>();
            node.path("x-errors").forEach(id -> errors.add(id.asText()));
            return errors;
        }

        public String access() {
            return node.path("x-access").asText();
        }
    }

    private OpenApi() {
        try {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            document = new ObjectMapper().valueToTree(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> operations.add(new Operation(
                                entry.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), entry.getValue()))));
    }

    public static OpenApi read() {
        return ONLY;
    }

    public JsonNode document() {
        return document;
    }

    public Collection<Operation> operations() {
        return List.copyOf(operations);
    }

    public Optional<Operation> find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.takes(method, path))
                .max(java.util.Comparator.comparingInt(Operation::names));
    }

    /** Errors that every call may answer with. */
    public Set<String> commonErrors() {
        var errors = new TreeSet<String>();
        document.path("x-errors").forEach(id -> errors.add(id.asText()));
        return errors;
    }

    /** Follows a {@code $ref} of this document. */
    public JsonNode resolve(JsonNode node) {
        String ref = node.path("$ref").asText("");
        return ref.isEmpty() ? node : document.at(ref.substring(1));
    }

    /** What of a value does not fit a schema of this document. */
    public Set<ValidationMessage> misfits(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::schema).validate(value);
    }

    private JsonSchema schema(JsonNode node) {
        ObjectNode whole = node.deepCopy();
        whole.set("components", document.path("components"));
        return factory.getSchema(whole, config);
    }
}
