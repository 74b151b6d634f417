package io.tallystick.server.json;

import static io.tallystick.server.json.Field.optional;
import static io.tallystick.server.json.Field.required;

import io.tallystick.account.Account;
import io.tallystick.account.Address;
import io.tallystick.catalog.CustomFields;
import io.tallystick.id.Code;
import io.tallystick.quantity.Currency;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** An account as JSON. Source: m3ter API, Account, Address. */
final class AccountJson {
    private static final int DAYS_MAX = 3660;

    private static final Field<Account, Code> CODE = required("code", Types.CODE, Account::code);
    private static final Field<Account, String> NAME = required("name", Types.text(1, 200), Account::name);
    private static final Field<Account, String> EMAIL =
            required("emailAddress", Types.text(1, 320), Account::emailAddress);
    private static final Field<Account, Address> ADDRESS =
            optional("address", AddressJson.SHAPE.asType(), Account::address);
    private static final Field<Account, Currency> CURRENCY = optional("currency", Types.CURRENCY, Account::currency);
    private static final Field<Account, Integer> DAYS_BEFORE_DUE =
            optional("daysBeforeBillDue", Types.integer(1, DAYS_MAX), AccountJson::days);
    private static final Field<Account, LocalDate> BILL_EPOCH = optional("billEpoch", Types.DATE, Account::billEpoch);
    private static final Field<Account, String> PURCHASE_ORDER =
            optional("purchaseOrderNumber", Types.text(0, 100), Account::purchaseOrderNumber);
    private static final Field<Account, CustomFields> CUSTOM = CustomFieldsJson.field(Account::customFields);

    static final Shape<Account> SHAPE = Shape.of(
                    values -> new Account(
                            values.get(CODE),
                            values.get(NAME),
                            values.get(EMAIL),
                            values.find(ADDRESS),
                            values.find(CURRENCY),
                            values.find(DAYS_BEFORE_DUE).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                            values.find(BILL_EPOCH),
                            values.find(PURCHASE_ORDER),
                            CustomFieldsJson.of(values, CUSTOM)),
                    CODE,
                    NAME,
                    EMAIL,
                    ADDRESS,
                    CURRENCY,
                    DAYS_BEFORE_DUE,
                    BILL_EPOCH,
                    PURCHASE_ORDER,
                    CUSTOM)
            .accepting(Neutral.absent("parentAccountId"), Neutral.absent("creditApplicationOrder"));

    private AccountJson() {}

    private static Optional<Integer> days(Account account) {
        OptionalInt days = account.daysBeforeBillDue();
        return days.isPresent() ? Optional.of(days.getAsInt()) : Optional.empty();
    }

    private static final class AddressJson {
        private static final Field<Address, String> LINE_1 =
                optional("addressLine1", Types.text(0, 200), Address::addressLine1);
        private static final Field<Address, String> LINE_2 =
                optional("addressLine2", Types.text(0, 200), Address::addressLine2);
        private static final Field<Address, String> LINE_3 =
                optional("addressLine3", Types.text(0, 200), Address::addressLine3);
        private static final Field<Address, String> LINE_4 =
                optional("addressLine4", Types.text(0, 200), Address::addressLine4);
        private static final Field<Address, String> LOCALITY =
                optional("locality", Types.text(0, 100), Address::locality);
        private static final Field<Address, String> REGION = optional("region", Types.text(0, 100), Address::region);
        private static final Field<Address, String> POST_CODE =
                optional("postCode", Types.text(0, 20), Address::postCode);
        private static final Field<Address, String> COUNTRY = optional("country", Types.text(0, 100), Address::country);

        static final Shape<Address> SHAPE = Shape.of(
                values -> new Address(
                        values.find(LINE_1),
                        values.find(LINE_2),
                        values.find(LINE_3),
                        values.find(LINE_4),
                        values.find(LOCALITY),
                        values.find(REGION),
                        values.find(POST_CODE),
                        values.find(COUNTRY)),
                LINE_1,
                LINE_2,
                LINE_3,
                LINE_4,
                LOCALITY,
                REGION,
                POST_CODE,
                COUNTRY);
    }
}
