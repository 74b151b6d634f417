package io.tallystick.server.api.usage.correction;

import io.tallystick.document.Documents;
import io.tallystick.server.api.usage.MeasurementsDoor;
import io.tallystick.server.api.usage.correction.Corrected.Word;
import io.tallystick.server.api.usage.correction.Element.Fault;
import io.tallystick.server.http.Answer;
import io.tallystick.server.http.Call;
import io.tallystick.server.http.Problem;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Refusal;
import io.tallystick.usage.Submission;
import io.tallystick.usage.correction.Change;
import io.tallystick.usage.intake.Intake;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /organizations/{orgId}/measurements/amend}: other measurements count in place of those that have their uids,
 * whatever these said. Each is read as a new one is. Ours.
 */
public final class AmendDoor {
    private static final String ARRAY = "amendments";
    private static final List<Word> WORDS =
            List.of(Word.AMENDED, Word.REINSTATED, Word.UNCHANGED, Word.UNKNOWN_UID, Word.REFUSED);

    private final MeasurementsDoor measurements;
    private final int bytesMax;
    private final Corrected corrected;

    /**
     * @param measurements reads them
     * @param bytesMax of a body, unpacked
     */
    public AmendDoor(Documents documents, Intake intake, MeasurementsDoor measurements, int bytesMax) {
        this.measurements = measurements;
        this.bytesMax = bytesMax;
        this.corrected = new Corrected(documents, intake);
    }

    public Answer submit(Call call) {
        return call.withBytes(bytesMax, body -> switch (measurements.read(call, body, ARRAY)) {
            case MeasurementsDoor.Reading.Unreadable(Problem problem) -> Answer.problem(problem);
            case MeasurementsDoor.Reading.Read(List<Submission.Element> elements) ->
                corrected.answer(call, elements.stream().map(AmendDoor::element).toList(), WORDS);
        });
    }

    private static Element element(Submission.Element read) {
        return switch (read) {
            case Refusal refusal ->
                new Element.Wrong(
                        refusal.uid(),
                        new Fault(field(refusal.reason()), refusal.reason().wireCode(), refusal.text()));
            case Measurement measurement ->
                switch (measurement.identity()) {
                    case Identity.Uid uid -> new Element.Told(new Change.Amendment(uid, measurement));
                    case Identity.None _ ->
                        new Element.Wrong(
                                Optional.empty(),
                                Fault.in(
                                        "uid",
                                        Refusal.Reason.MISSING_FIELD.wireCode(),
                                        "Expected the uid of the measurement to amend, but it is absent."));
                };
        };
    }

    /** The member at fault, where the reason is about one. */
    private static Optional<String> field(Refusal.Reason reason) {
        return switch (reason) {
            case UNDEFINED_METER -> Optional.of("meter");
            case INVALID_ACCOUNT_CODE -> Optional.of("account");
            case INVALID_UID -> Optional.of("uid");
            case TIMESTAMP_IN_FUTURE -> Optional.of("ts");
            case MALFORMED,
                    MISSING_FIELD,
                    DUPLICATE_FIELD,
                    INVALID_TIMESTAMP,
                    INVALID_NUMBER,
                    NUMBER_TOO_LARGE,
                    INVALID_TEXT -> Optional.empty();
        };
    }
}
