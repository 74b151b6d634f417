package io.tallystick.server.api;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns the codes that measurements use into the numbers that rows use, from memory where it can. Whoever changes a
 * meter or an account says so with {@link #forget}.
 *
 * <p>Safe for use by many threads.
 */
final class Directory {
    /** Codes remembered of all organizations together; beyond it everything is looked up again. */
    private static final int REMEMBERED_MAX = 1_000_000;

    private final Documents documents;
    private final boolean makesSkeletons;
    private final AtomicReference<Remembered> remembered = new AtomicReference<>(new Remembered());

    /**
     * @param makesSkeletons whether an unknown account code makes an account
     */
    Directory(Documents documents, boolean makesSkeletons) {
        this.documents = documents;
        this.makesSkeletons = makesSkeletons;
    }

    /** What was looked up since the last change. Replaced as a whole, so that a slow look-up cannot bring old news back. */
    private record Remembered(Map<Named, KnownMeter> meters, Map<Named, Integer> accounts) {
        Remembered() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private record Named(OrganizationId organization, String code) {}

    /** What an account code leads to. */
    sealed interface AccountLookup {
        record Found(int number) implements AccountLookup {}

        /** Why there is no account. */
        record None(String text) implements AccountLookup {}
    }

    void forget() {
        remembered.set(new Remembered());
    }

    Optional<KnownMeter> meter(OrganizationId organization, String code) {
        Remembered now = remembered.get();
        Named named = new Named(organization, code);
        KnownMeter known = now.meters().get(named);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KnownMeter> found = documents.findBy(Meter.KIND, organization, "code", code).stream()
                .map(KnownMeter::of)
                .findFirst();
        found.ifPresent(meter -> now.meters().put(named, meter));
        return found;
    }

    /**
     * The account with a code; one is made where there is none.
     *
     * @param author under whose name
     */
    AccountLookup account(OrganizationId organization, String code, Author author) {
        Remembered now = remembered.get();
        Named named = new Named(organization, code);
        Integer known = now.accounts().get(named);
        if (known != null) {
            return new AccountLookup.Found(known);
        }
        AccountLookup found = documents.findBy(Account.KIND, organization, "code", code).stream()
                .findFirst()
                .<AccountLookup>map(account -> new AccountLookup.Found(account.number()))
                .orElseGet(() -> skeleton(organization, code, author));
        if (found instanceof AccountLookup.Found(int number)) {
            if (now.accounts().size() >= REMEMBERED_MAX) {
                forget();
            }
            now.accounts().put(named, number);
        }
        return found;
    }

    private AccountLookup skeleton(OrganizationId organization, String code, Author author) {
        if (!Code.isWellFormed(code)) {
            return new AccountLookup.None(
                    "Expected account to be a code of 1 to 80 characters without white space at either end, but was \"%s\"."
                            .formatted(code.length() <= 100 ? code : code.substring(0, 100) + "..."));
        }
        if (!makesSkeletons) {
            return new AccountLookup.None(
                    "Expected account to be the code of an account, but there is none with code \"%s\"."
                            .formatted(code));
        }
        return documents.write(author, transaction -> {
            // another request may have made it a moment ago
            List<Document<Account>> made = transaction.findBy(Account.KIND, organization, "code", code);
            if (!made.isEmpty()) {
                return new AccountLookup.Found(made.getFirst().number());
            }
            List<Document<Account>> alike =
                    transaction.findBy(Account.KIND, organization, Account.FOLDED_CODE, code.toLowerCase(Locale.ROOT));
            if (!alike.isEmpty()) {
                return new AccountLookup.None(
                        "Expected account to be the code of an account, but \"%s\" is none and is too much like \"%s\" to make a new one of it."
                                .formatted(code, alike.getFirst().content().code()));
            }
            Registered<Account> registered = new Registrar(transaction, organization)
                    .create(Account.KIND, new Id<>(UUID.randomUUID().toString()), Account.skeleton(new Code(code)));
            return switch (registered) {
                case Registered.Done<Account>(Document<Account> account) -> new AccountLookup.Found(account.number());
                case Registered.Unknown<Account> _,
                        Registered.Stale<Account> _,
                        Registered.Taken<Account> _,
                        Registered.Dangling<Account> _,
                        Registered.InUse<Account> _ ->
                    throw new IllegalStateException(
                            "Expected to make account %s, but was refused: %s.".formatted(code, registered));
            };
        });
    }
}
