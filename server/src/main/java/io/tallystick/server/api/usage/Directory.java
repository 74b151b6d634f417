package io.tallystick.server.api.usage;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Author;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Registered;
import io.tallystick.document.Registrar;
import io.tallystick.document.Transaction;
import io.tallystick.id.Code;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.http.Texts;
import io.tallystick.text.TextNumbers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns the codes that measurements use into the numbers that rows use, from memory where it can. Whoever changes a
 * meter or an account says so with {@link #forget}.
 *
 * <p>Safe for use by many threads.
 */
public final class Directory {
    /** Codes remembered of all organizations together; beyond it everything is looked up again. */
    private static final int REMEMBERED_MAX = 1_000_000;

    private final Documents documents;
    private final boolean makesSkeletons;
    private final AtomicReference<Remembered> remembered = new AtomicReference<>(new Remembered());

    /**
     * @param makesSkeletons whether an unknown account code makes an account
     */
    public Directory(Documents documents, boolean makesSkeletons) {
        this.documents = documents;
        this.makesSkeletons = makesSkeletons;
    }

    /** What was looked up since the last change. Replaced as a whole, so that a slow look-up cannot bring old news back. */
    private record Remembered(Map<OrganizationId, Known> organizations, AtomicInteger size) {
        Remembered() {
            this(new ConcurrentHashMap<>(), new AtomicInteger());
        }

        Known of(OrganizationId organization) {
            return organizations.computeIfAbsent(organization, _ -> new Known());
        }
    }

    /** What is remembered of one organization. */
    private record Known(Map<String, KnownMeter> meters, TextNumbers accounts) {
        Known() {
            this(new ConcurrentHashMap<>(), new TextNumbers(new SecureRandom().nextLong()));
        }
    }

    /** What an account code leads to. */
    sealed interface AccountLookup {
        record Found(int number) implements AccountLookup {}

        /** Why there is no account. */
        record None(String text) implements AccountLookup {}
    }

    public void forget() {
        remembered.set(new Remembered());
    }

    Optional<KnownMeter> meter(OrganizationId organization, String code) {
        Known now = remembered.get().of(organization);
        KnownMeter known = now.meters().get(code);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KnownMeter> found = documents.findBy(Meter.KIND, organization, "code", code).stream()
                .map(KnownMeter::of)
                .findFirst();
        found.ifPresent(meter -> now.meters().put(code, meter));
        return found;
    }

    /** The number of an account that was looked up lately. */
    OptionalInt account(OrganizationId organization, String code) {
        int number = remembered.get().of(organization).accounts().get(code);
        return number == TextNumbers.NONE ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * The accounts with these codes. All that have to be made are made in one transaction.
     *
     * @param author under whose name they are made
     * @return an entry for each code
     */
    Map<String, AccountLookup> accounts(OrganizationId organization, Set<String> codes, Author author) {
        Remembered now = remembered.get();
        Map<String, AccountLookup> found = new HashMap<>();
        List<Code> unknown = new ArrayList<>();
        for (String code : codes) {
            Optional<AccountLookup> known = known(organization, code, now);
            if (known.isPresent()) {
                found.put(code, known.get());
            } else {
                unknown.add(new Code(code));
            }
        }
        if (!unknown.isEmpty()) {
            found.putAll(skeletons(organization, unknown, author));
        }
        remember(organization, found, now);
        return found;
    }

    private void remember(OrganizationId organization, Map<String, AccountLookup> found, Remembered now) {
        TextNumbers accounts = now.of(organization).accounts();
        found.forEach((code, lookup) -> {
            if (lookup instanceof AccountLookup.Found(int number) && accounts.get(code) == TextNumbers.NONE) {
                accounts.putIfAbsent(code, number);
                now.size().incrementAndGet();
            }
        });
        if (now.size().get() > REMEMBERED_MAX) {
            forget();
        }
    }

    /** What is known of a code without writing anything; nothing where an account has to be made. */
    private Optional<AccountLookup> known(OrganizationId organization, String code, Remembered now) {
        int number = now.of(organization).accounts().get(code);
        if (number != TextNumbers.NONE) {
            return Optional.of(new AccountLookup.Found(number));
        }
        if (!Code.isWellFormed(code)) {
            return Optional.of(new AccountLookup.None(
                    "Expected account to be a code of 1 to 80 characters without control characters and without white space at either end, but was \"%s\"."
                            .formatted(Texts.shortened(code))));
        }
        Optional<AccountLookup> stored = documents.findBy(Account.KIND, organization, "code", code).stream()
                .findFirst()
                .map(account -> new AccountLookup.Found(account.number()));
        return stored.isPresent() || makesSkeletons
                ? stored
                : Optional.of(new AccountLookup.None(
                        "Expected account to be the code of an account, but there is none with code \"%s\"."
                                .formatted(code)));
    }

    private Map<String, AccountLookup> skeletons(OrganizationId organization, List<Code> codes, Author author) {
        return documents.write(author, transaction -> {
            Map<String, AccountLookup> made = new HashMap<>();
            codes.forEach(code -> made.put(code.value(), skeleton(organization, code, transaction)));
            return made;
        });
    }

    private static AccountLookup skeleton(OrganizationId organization, Code code, Transaction transaction) {
        // another request may have made it a moment ago
        List<Document<Account>> made = transaction.findBy(Account.KIND, organization, "code", code.value());
        if (!made.isEmpty()) {
            return new AccountLookup.Found(made.getFirst().number());
        }
        List<Document<Account>> alike = transaction.findBy(
                Account.KIND, organization, Account.FOLDED_CODE, code.value().toLowerCase(Locale.ROOT));
        if (!alike.isEmpty()) {
            return new AccountLookup.None(
                    "Expected account to be the code of an account, but \"%s\" is none and is too much like \"%s\" to make a new one of it."
                            .formatted(code, alike.getFirst().content().code()));
        }
        Registered<Account> registered = new Registrar(transaction, organization)
                .create(Account.KIND, new Id<>(UUID.randomUUID().toString()), Account.skeleton(code));
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
    }
}
