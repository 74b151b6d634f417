package io.tallystick.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.app.OpenDocuments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private Documents documents;
    private Access access;

    @BeforeEach
    void open() {
        documents = OpenDocuments.in(directory);
        access = new Access(documents, new byte[32], now::get);
    }

    @AfterEach
    void close() {
        documents.close();
    }

    @Test
    void givesATokenForBothHalvesOfAKeyAndForNothingElse() {
        Document<Organization> organization = organization("one");
        Credentials credentials = access.drawCredentials();
        String keyId = key(organization.id(), Role.READ, credentials).id().value();

        Token token =
                access.token(credentials.accessKey(), credentials.apiSecret()).orElseThrow();

        assertThat(access.byToken(token.value()))
                .contains(new Caller(keyId, new OrganizationId(organization.id().value()), Role.READ));
        assertThat(access.token(credentials.accessKey(), credentials.apiKey())).isEmpty();
        assertThat(access.token(credentials.accessKey(), "")).isEmpty();
        assertThat(access.token("", credentials.apiSecret())).isEmpty();
        assertThat(access.token("nobody", credentials.apiSecret())).isEmpty();
    }

    @Test
    void letsATokenExpireAfterFiveHours() {
        Credentials credentials = access.drawCredentials();
        key(organization("one").id(), Role.ADMIN, credentials);
        Token token =
                access.token(credentials.accessKey(), credentials.apiSecret()).orElseThrow();

        now.set(START.plus(token.lifetime()).minusSeconds(1));
        assertThat(access.byToken(token.value())).isPresent();
        now.set(START.plus(token.lifetime()));
        assertThat(access.byToken(token.value())).isEmpty();
    }

    @Test
    void letsALinkOpenOneThingOfOneOrganizationUntilItExpires() {
        OrganizationId organization = new OrganizationId("one");
        Instant until = START.plusSeconds(300);
        String signature = access.signLink(organization, "a", until);

        now.set(until.minusSeconds(1));
        assertThat(access.isLink(organization, "a", until, signature)).isTrue();
        assertThat(access.isLink(new OrganizationId("two"), "a", until, signature))
                .isFalse();
        assertThat(access.isLink(organization, "b", until, signature)).isFalse();
        assertThat(access.isLink(organization, "a", until.plusSeconds(1), signature))
                .isFalse();
        assertThat(access.isLink(organization, "a", until, "")).isFalse();
        now.set(until);
        assertThat(access.isLink(organization, "a", until, signature)).isFalse();
    }

    @Test
    void knowsWhoAnApiKeySpeaksForAndKeepsOrganizationsApart() {
        Document<Organization> one = organization("one");
        Document<Organization> two = organization("two");
        Credentials ofOne = access.drawCredentials();
        Credentials ofTwo = access.drawCredentials();
        key(one.id(), Role.ADMIN, ofOne);
        key(two.id(), Role.INGEST, ofTwo);

        for (int i = 0; i < 2; i++) {
            // from the store, then from memory
            assertThat(access.byApiKey(ofOne.apiKey())
                            .orElseThrow()
                            .organization()
                            .value())
                    .isEqualTo(one.id().value());
            assertThat(access.byApiKey(ofTwo.apiKey()).orElseThrow().role()).isEqualTo(Role.INGEST);
        }
        assertThat(access.byApiKey(ofOne.apiSecret())).isEmpty();
        assertThat(access.byApiKey("")).isEmpty();
    }

    @Test
    void forgetsADeletedApiKeyWithinSeconds() {
        Credentials credentials = access.drawCredentials();
        Document<AccessKey> key = key(organization("one").id(), Role.ADMIN, credentials);
        assertThat(access.byApiKey(credentials.apiKey())).isPresent();
        documents.write(new Author("TEST", START), transaction -> {
            transaction.delete(key);
            return key;
        });

        now.set(START.plus(Duration.ofSeconds(5)));

        assertThat(access.byApiKey(credentials.apiKey())).isEmpty();
        assertThat(access.token(credentials.accessKey(), credentials.apiSecret()))
                .isEmpty();
    }

    @Test
    void forgetsADeletedApiKeyWhenTheClockIsSetBack() {
        Credentials credentials = access.drawCredentials();
        Document<AccessKey> key = key(organization("one").id(), Role.ADMIN, credentials);
        assertThat(access.byApiKey(credentials.apiKey())).isPresent();
        documents.write(new Author("TEST", START), transaction -> {
            transaction.delete(key);
            return key;
        });

        now.set(START.minus(Duration.ofDays(1)));
        assertThat(access.byApiKey(credentials.apiKey())).isEmpty();
        now.set(START.plusSeconds(1));
        assertThat(access.byApiKey(credentials.apiKey())).isEmpty();
    }

    @Test
    void storesNoSecretInTheClear() {
        Credentials credentials = access.drawCredentials();

        AccessKey key = key(organization("one").id(), Role.ADMIN, credentials).content();

        assertThat(key.toString()).doesNotContain(credentials.apiKey(), credentials.apiSecret());
        assertThat(credentials.toString()).doesNotContain(credentials.apiKey(), credentials.apiSecret());
        assertThat(access.token(credentials.accessKey(), credentials.apiSecret())
                        .orElseThrow()
                        .toString())
                .isEqualTo("Token[value hidden, lifetime=PT5H]");
    }

    @Test
    void drawsSecretsOf256BitsThatAreAllDifferent() {
        Credentials one = access.drawCredentials();
        Credentials two = access.drawCredentials();

        assertThat(Set.of(one.apiKey(), one.apiSecret(), two.apiKey(), two.apiSecret()))
                .hasSize(4)
                .allMatch(secret -> Base64.getUrlDecoder().decode(secret).length == 32);
    }

    @Test
    void refusesASecondOrganizationOfTheSameNameAndAKeyOfNone() {
        organization("one");

        assertThat(access.createOrganization("one", "TEST")).isInstanceOf(Registered.Taken.class);
        assertThat(access.createKey(new Id<>("none"), Role.ADMIN, access.drawCredentials(), "TEST"))
                .isInstanceOf(Registered.Dangling.class);
        assertThat(access.organizations())
                .extracting(each -> each.content().name())
                .containsExactly("one");
    }

    @Test
    void includesInEachRoleWhatItMayDo() {
        assertThat(Role.values()).allMatch(Role.ADMIN::includes);
        assertThat(Role.values()).filteredOn(Role.READ::includes).containsExactly(Role.READ);
        assertThat(Role.values()).filteredOn(Role.INGEST::includes).containsExactly(Role.INGEST);
    }

    private Document<Organization> organization(String name) {
        return done(access.createOrganization(name, "TEST"));
    }

    private Document<AccessKey> key(Id<Organization> organization, Role role, Credentials credentials) {
        return done(access.createKey(organization, role, credentials, "TEST"));
    }

    private static <T> Document<T> done(Registered<T> registered) {
        assertThat(registered).isInstanceOf(Registered.Done.class);
        return ((Registered.Done<T>) registered).document();
    }
}
