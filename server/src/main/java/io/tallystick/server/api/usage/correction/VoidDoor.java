package io.tallystick.server.api.usage.correction;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.document.Kind;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.api.usage.correction.Corrected.Word;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.server.http.Texts;
import io.tallystick.server.json.Fault;
import io.tallystick.server.json.Json;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Refusal.Reason;
import io.tallystick.usage.correction.Change;
import io.tallystick.usage.intake.Intake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code POST /organizations/{orgId}/measurements/void}: measurements that were counted count no more. Nothing is deleted:
 * an earlier watermark still shows them, and their uids stay taken. Ours.
 */
public final class VoidDoor {
    private static final String ARRAY = "voids";
    private static final int ELEMENTS_MAX = 1000;
    private static final List<Word> WORDS = List.of(Word.VOIDED, Word.ALREADY_VOIDED, Word.UNKNOWN_UID, Word.REFUSED);

    private final Documents documents;
    private final Corrected corrected;

    public VoidDoor(Documents documents, Intake intake) {
        this.documents = documents;
        this.corrected = new Corrected(documents, intake);
    }

    public Answer submit(Call call) {
        return call.withObject(body -> switch (body.member(ARRAY).orElseGet(Json.Null::new)) {
            case Json.Arr(List<Json> items)
            when items.size() > ELEMENTS_MAX ->
                refused("Expected 1 to %d voids, but there are %d. Send them in parts."
                        .formatted(ELEMENTS_MAX, items.size()));
            case Json.Arr(List<Json> items)
            when items.isEmpty() -> refused("Expected 1 to %d voids, but there are none.".formatted(ELEMENTS_MAX));
            case Json.Arr(List<Json> items) -> {
                Reading reading = new Reading(call.organization());
                yield corrected.answer(
                        call, items.stream().map(reading::element).toList(), WORDS);
            }
            case Json other ->
                refused("Expected a JSON object with an array \"%s\", but it is %s."
                        .formatted(ARRAY, body.member(ARRAY).isPresent() ? other.kind() : "absent"));
        });
    }

    private static Answer refused(String message) {
        return Answer.problem(Problem.of(List.of(new Fault(ARRAY, Fault.Code.INVALID, message))));
    }

    /** Reads the elements of one request; each code is looked up once. */
    private final class Reading {
        private final OrganizationId organization;
        private final Map<String, OptionalInt> meters = new HashMap<>();
        private final Map<String, OptionalInt> accounts = new HashMap<>();

        Reading(OrganizationId organization) {
            this.organization = organization;
        }

        Element element(Json item) {
            if (!(item instanceof Json.Obj object)) {
                return new Element.Wrong(
                        Optional.empty(),
                        new Element.Fault(
                                Optional.empty(),
                                Reason.MALFORMED.wireCode(),
                                "Expected each void to be an object, but was %s.".formatted(item.kind())));
            }
            Optional<String> sentUid = text(object, "uid");
            for (String name : List.of("uid", "meter", "account")) {
                Optional<Json> wrong = object.member(name)
                        .filter(member -> !(member instanceof Json.Text) && !(member instanceof Json.Null));
                if (wrong.isPresent()) {
                    return new Element.Wrong(
                            sentUid,
                            Element.Fault.in(
                                    name,
                                    Reason.MALFORMED.wireCode(),
                                    "Expected %s to be a string, but was %s."
                                            .formatted(name, wrong.get().kind())));
                }
            }
            return checked(sentUid, text(object, "meter"), text(object, "account"));
        }

        private Element checked(Optional<String> uid, Optional<String> meterCode, Optional<String> accountCode) {
            if (uid.isEmpty() || meterCode.isEmpty()) {
                String lacking = uid.isEmpty() ? "uid" : "meter";
                return new Element.Wrong(
                        uid,
                        Element.Fault.in(
                                lacking,
                                Reason.MISSING_FIELD.wireCode(),
                                "Expected meter and uid, but %s is absent.".formatted(lacking)));
            }
            if (!Identity.Uid.isWellFormed(uid.get())) {
                return new Element.Wrong(
                        uid,
                        Element.Fault.in(
                                "uid",
                                Reason.INVALID_UID.wireCode(),
                                "Expected a uid of well-formed characters, but it has %d."
                                        .formatted(uid.get().length())));
            }
            OptionalInt meter = meters.computeIfAbsent(meterCode.get(), code -> number(Meter.KIND, code));
            if (meter.isEmpty()) {
                return new Element.Wrong(
                        uid,
                        Element.Fault.in(
                                "meter",
                                Reason.UNDEFINED_METER.wireCode(),
                                "Expected meter to be the code of a meter, but there is none with code \"%s\"."
                                        .formatted(Texts.shortened(meterCode.get()))));
            }
            OptionalInt account = accountCode
                    .map(named -> accounts.computeIfAbsent(named, code -> number(Account.KIND, code)))
                    .orElseGet(OptionalInt::empty);
            if (accountCode.isPresent() && account.isEmpty()) {
                return new Element.Wrong(
                        uid,
                        Element.Fault.in(
                                "account",
                                Reason.INVALID_ACCOUNT_CODE.wireCode(),
                                "Expected account to be the code of an account, but there is none with code \"%s\"."
                                        .formatted(Texts.shortened(accountCode.get()))));
            }
            return new Element.Told(new Change.Voiding(
                    new Identity.Uid(organization, Door.MEASUREMENTS, uid.get()), meter.getAsInt(), account));
        }

        private static Optional<String> text(Json.Obj object, String name) {
            return object.member(name)
                    .flatMap(member -> member instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty());
        }

        private <T> OptionalInt number(Kind<T> kind, String code) {
            return documents.findBy(kind, organization, "code", code).stream()
                    .mapToInt(Document::number)
                    .findFirst();
        }
    }
}
