package io.tallystick.server.access;

import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes organizations and keys, and says who a credential speaks for.
 *
 * <p>Safe for use by many threads.
 */
public final class Access {
    private static final int REMEMBERED_MAX = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);

    private final Documents documents;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Secrets secrets = new Secrets(new SecureRandom());
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /**
     * @param tokenSecret 32 random bytes of the data directory, the same after a restart
     */
    public Access(Documents documents, byte[] tokenSecret, InstantSource clock) {
        this.documents = documents;
        this.tokens = new Tokens(tokenSecret);
        this.clock = clock;
    }

    /** An API key that was looked up a moment ago; another process may have deleted it since, so not for long. */
    private record Remembered(Caller caller, Instant since) {
        /** Not before, either: a clock that was set back a day would make a deleted key valid for that day. */
        boolean isValidAt(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(REMEMBERED_FOR));
        }
    }

    /** Makes an organization, or says who has the name. */
    public Registered<Organization> createOrganization(String name, String author) {
        return createOrganization(UUID.randomUUID().toString(), name, author);
    }

    /** The same, with an id that was agreed on. */
    public Registered<Organization> createOrganization(String id, String name, String author) {
        return documents.write(author(author), transaction -> new Registrar(transaction, Organization.SYSTEM)
                .create(Organization.KIND, new Id<>(id), new Organization(name)));
    }

    public List<Document<Organization>> organizations() {
        return documents.asOf(documents.watermark(), Organization.KIND, Organization.SYSTEM);
    }

    /** The keys of all organizations. */
    public List<Document<AccessKey>> keys() {
        return documents.asOf(documents.watermark(), AccessKey.KIND, Organization.SYSTEM);
    }

    public Optional<Document<Organization>> organization(OrganizationId organization) {
        return documents.find(Organization.KIND, Organization.SYSTEM, new Id<>(organization.value()));
    }

    /** The key that somebody showed; nothing where it is gone since. */
    public Optional<Document<AccessKey>> key(Caller caller) {
        return documents.find(AccessKey.KIND, Organization.SYSTEM, new Id<>(caller.keyId()));
    }

    /** A signature that opens one thing of an organization, and nothing else, to whoever has it until then. */
    public String signLink(OrganizationId organization, String thing, Instant until) {
        return tokens.signLink(organization, thing, until);
    }

    /** Whether the signature opens this thing now. */
    public boolean isLink(OrganizationId organization, String thing, Instant until, String signature) {
        return tokens.isLink(organization, thing, until, signature)
                && clock.instant().isBefore(until);
    }

    /** New secrets for a new key; nothing is stored yet. */
    public Credentials drawCredentials() {
        return new Credentials(UUID.randomUUID().toString(), secrets.draw(), secrets.draw());
    }

    /** Stores a key with hashes of the given secrets. */
    public Registered<AccessKey> createKey(
            Id<Organization> organization, Role role, Credentials credentials, String author) {
        AccessKey key = new AccessKey(
                organization,
                role,
                credentials.accessKey(),
                Secrets.hash(credentials.apiSecret()),
                Secrets.hash(credentials.apiKey()));
        return documents.write(author(author), transaction -> new Registrar(transaction, Organization.SYSTEM)
                .create(AccessKey.KIND, new Id<>(UUID.randomUUID().toString()), key));
    }

    /** A token for a key's two halves; nothing where they do not belong together. */
    public Optional<Token> token(String accessKey, String apiSecret) {
        return documents.findBy(AccessKey.KIND, Organization.SYSTEM, "accessKey", accessKey).stream()
                .filter(key -> Secrets.matches(apiSecret, key.content().secretHash()))
                .map(key -> new Token(tokens.sign(caller(key), clock.instant().plus(Tokens.LIFETIME)), Tokens.LIFETIME))
                .findFirst();
    }

    public Optional<Caller> byToken(String token) {
        return tokens.verify(token, clock.instant());
    }

    /** Who the value of {@code X-API-KEY} speaks for. */
    public Optional<Caller> byApiKey(String apiKey) {
        String hash = Secrets.hash(apiKey);
        Instant now = clock.instant();
        Remembered known = remembered.get(hash);
        if (known != null && known.isValidAt(now)) {
            return Optional.of(known.caller());
        }
        remembered.remove(hash);
        Optional<Caller> caller = documents.findBy(AccessKey.KIND, Organization.SYSTEM, "apiKeyHash", hash).stream()
                .map(Access::caller)
                .findFirst();
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        caller.ifPresent(found -> remembered.put(hash, new Remembered(found, now)));
        return caller;
    }

    private Author author(String name) {
        return new Author(name, clock.instant());
    }

    private static Caller caller(Document<AccessKey> key) {
        AccessKey content = key.content();
        return new Caller(
                key.id().value(), new OrganizationId(content.organization().value()), content.role());
    }
}
