package io.tallystick.account;

import io.tallystick.catalog.CustomFields;
import io.tallystick.document.Facet;
import io.tallystick.document.Facet.Form;
import io.tallystick.document.Facets;
import io.tallystick.document.Kind;
import io.tallystick.id.Code;
import io.tallystick.quantity.Currency;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Somebody who uses and pays.
 *
 * @param code how measurements name it
 * @param currency of its bills; absent: the organization's, where that has said one, else the plan's
 * @param daysBeforeBillDue days between the date of a bill and the day it is due, above 0; absent: the organization's
 * @param billEpoch the day its first bill is for the time before, and from which its periods are counted; absent: the
 *     organization's
 * @param purchaseOrderNumber printed on its bills
 */
public record Account(
        Code code,
        String name,
        String emailAddress,
        Optional<Address> address,
        Optional<Currency> currency,
        OptionalInt daysBeforeBillDue,
        Optional<LocalDate> billEpoch,
        Optional<String> purchaseOrderNumber,
        CustomFields customFields) {
    /** Key of the code in small letters: a code that differs in nothing else is a slip, not a new account. */
    public static final String FOLDED_CODE = "foldedCode";

    /** What accounts are searched by. */
    public static final Facets<Account> FACETS = new Facets<>(List.of(
            new Facet<>(
                    "code",
                    new Form.Text(),
                    account -> Optional.of(account.code().value())),
            new Facet<>("name", new Form.Text(), account -> Optional.of(account.name())),
            new Facet<>("emailAddress", new Form.Text(), account -> Optional.of(account.emailAddress())),
            new Facet<>(
                    "currency", new Form.Name(), account -> account.currency().map(Currency::code)),
            new Facet<>("purchaseOrderNumber", new Form.Text(), Account::purchaseOrderNumber),
            new Facet<>("daysBeforeBillDue", new Form.Decimal(), account -> account.daysBeforeBillDue().stream()
                    .mapToObj(Integer::toString)
                    .findFirst()),
            new Facet<>(
                    "billEpoch", new Form.Day(), account -> account.billEpoch().map(LocalDate::toString))));

    public static final Kind<Account> KIND = Kind.of("account", Account.class)
            .unique("code", account -> account.code().value())
            .foundBy(FACETS.key(), account -> Optional.of(FACETS.card(account)))
            .foundBy(
                    Account.FOLDED_CODE,
                    account -> Optional.of(account.code().value().toLowerCase(Locale.ROOT)));

    /** The account that usage of an unknown code makes. Source: m3ter API, Submit measurements. */
    public static Account skeleton(Code code) {
        return new Account(
                code,
                code + "-autocreated",
                code + "-autocreated@example.com",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                CustomFields.NONE);
    }
}
