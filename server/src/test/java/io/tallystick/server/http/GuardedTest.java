package io.tallystick.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.usage.QuestionFailedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told when something behind the door fails. */
final class GuardedTest {
    private static final String SECRET = "/var/lib/secret.db is read-only";

    @Test
    void saysThatTheDocumentsAreUnavailableAndToRepeatTheRequest() {
        Answer answer = Guard.guarded(() -> {
            throw new DocumentsUnavailable(SECRET);
        });

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(new String(answer.body().bytes(), StandardCharsets.UTF_8))
                .contains("\"code\":\"unavailable\"", "Repeat the request later")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_SLOW, 400, too_slow",
        "TOO_MANY, 429, overloaded",
        "CANCELLED, 503, unavailable",
        "UNKNOWN_WATERMARK, 503, unavailable",
        "STORE_FAILED, 503, unavailable"
    })
    void saysWhatToDoAboutAQuestionThatFailed(QuestionFailedException.Reason reason, int status, String code) {
        Answer answer = Guard.guarded(() -> {
            throw new QuestionFailedException(reason, SECRET);
        });

        assertThat(answer.status()).isEqualTo(status);
        assertThat(new String(answer.body().bytes(), StandardCharsets.UTF_8))
                .startsWith("{\"message\":\"Expected ")
                .contains("\"code\":\"" + code + "\"")
                .doesNotContain("secret");
    }

    @Test
    void hidesWhatWentWrongInsideBehindANumberOfItsOwn() {
        Answer one = Guard.guarded(() -> {
            throw new IllegalStateException(SECRET);
        });
        Answer two = Guard.guarded(() -> {
            throw new IllegalStateException(SECRET);
        });

        assertThat(one.status()).isEqualTo(500);
        assertThat(new String(one.body().bytes(), StandardCharsets.UTF_8))
                .containsPattern("incident [0-9a-f-]{36}\\.")
                .doesNotContain("secret", "Exception")
                .isNotEqualTo(new String(two.body().bytes(), StandardCharsets.UTF_8));
    }
}
