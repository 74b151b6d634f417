package io.tallystick.server.api;

import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.AccessKey;
import io.tallystick.server.access.Credentials;
import io.tallystick.server.access.Organization;
import io.tallystick.server.access.Role;
import io.tallystick.server.app.OpenDocuments;
import io.tallystick.server.app.Server;
import io.tallystick.server.app.Start;
import io.tallystick.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real server in this process, started once for all tests that name {@link Extension}. A test asks for a {@link
 * Visitor}, who comes from an organization of its own.
 */
public final class LiveServer implements AutoCloseable {
    private final Path directory;
    private final Server server;
    private final Documents documents;
    private final Access access;
    private final HttpClient client = HttpClient.newHttpClient();

    private LiveServer(Path directory, Server server) {
        this.directory = directory;
        this.server = server;
        this.documents = OpenDocuments.in(directory.resolve("data"));
        this.access = new Access(documents, new byte[32], InstantSource.system());
    }

    static LiveServer start() {
        return start(Settings.defaults());
    }

    /** One with other settings, of one test, which closes it. */
    static LiveServer start(Settings said) {
        try {
            Path directory = Files.createTempDirectory("tallystick-door");
            Settings settings =
                    said.withPort(0).withData(directory.resolve("data")).inDevelopment();
            return switch (Server.start(settings)) {
                case Start.Ready(Server server) -> new LiveServer(directory, server);
                case Start.Refused(String reason) -> throw new IllegalStateException(reason);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.address().getPort();
    }

    /** The documents of the server, past its door. */
    Documents documents() {
        return documents;
    }

    /** Somebody with a key of a new organization. */
    public Visitor visitor(Role role) {
        Document<Organization> organization = done(access.createOrganization("test " + UUID.randomUUID(), "TEST"));
        return visitor(organization.id().value(), role);
    }

    /** Somebody with a new key of this organization. */
    public Visitor visitor(String organization, Role role) {
        Credentials credentials = access.drawCredentials();
        Document<AccessKey> key = done(access.createKey(new Id<>(organization), role, credentials, "TEST"));
        return new Visitor(
                client, server.address(), organization, credentials, key.id().value());
    }

    private static <T> Document<T> done(Registered<T> registered) {
        if (registered instanceof Registered.Done<T>(Document<T> document)) {
            return document;
        }
        throw new IllegalStateException("Expected it to be registered, but was " + registered + ".");
    }

    @Override
    public void close() throws IOException {
        client.close();
        documents.close();
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Gives tests the server, or an administrator of an organization that nobody else uses. */
    public static final class Extension implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Extension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == LiveServer.class || type == Visitor.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            LiveServer server = context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(LiveServer.class, _ -> LiveServer.start(), LiveServer.class);
            return parameter.getParameter().getType() == LiveServer.class ? server : server.visitor(Role.ADMIN);
        }
    }
}
