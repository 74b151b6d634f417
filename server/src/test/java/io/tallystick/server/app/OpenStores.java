package io.tallystick.server.app;

import io.tallystick.account.Account;
import io.tallystick.catalog.Meter;
import io.tallystick.document.Document;
import io.tallystick.document.Documents;
import io.tallystick.id.FieldCode;
import io.tallystick.server.store.duckdb.DuckDbSettings;
import io.tallystick.server.store.duckdb.DuckDbUsageStore;
import io.tallystick.server.store.sqlite.SqliteDocuments;
import io.tallystick.usage.Door;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.MeasurementDraft;
import io.tallystick.usage.Submission;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.Intake;
import io.tallystick.usage.intake.Reply;
import io.tallystick.usage.intake.SilentWatch;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** SQLite and DuckDB in a directory, opened as a server opens them, and measured into. */
final class OpenStores {
    private static final Instant RECEIVED = Instant.parse("2025-01-01T00:00:00Z");

    private final SqliteDocuments documents;
    private final DuckDbUsageStore usage;
    private final Intake intake;
    private final Thread writer;

    OpenStores(Path directory) {
        documents = SqliteDocuments.open(directory, Codecs.all());
        usage = DuckDbUsageStore.open(DuckDbSettings.in(directory));
        intake = new Intake(usage, Intake.Limits.STANDARD, new SilentWatch());
        writer = Thread.ofPlatform().name("writer").start(intake::serve);
    }

    void close() throws InterruptedException {
        intake.close();
        writer.join();
        usage.close();
        documents.close();
    }

    Documents documents() {
        return documents;
    }

    UsageStore usage() {
        return usage;
    }

    void measure(Document<Meter> meter, Document<Account> account, Instant at, Map<FieldCode, BigDecimal> values) {
        measure(meter, account, at, values, Map.of());
    }

    void measure(
            Document<Meter> meter,
            Document<Account> account,
            Instant at,
            Map<FieldCode, BigDecimal> values,
            Map<FieldCode, String> texts) {
        MeasurementDraft draft = Measurement.draft(
                new Identity.None(meter.organization(), Door.MEASUREMENTS),
                meter.number(),
                meter.content().slots(),
                account.number(),
                at);
        values.forEach((field, value) ->
                draft.number(meter.content().slots().number(field).orElseThrow(), value));
        texts.forEach(
                (field, text) -> draft.text(meter.content().slots().text(field).orElseThrow(), text));
        Reply reply = intake.submit(new Submission(List.of(draft.freeze(RECEIVED))));
        if (!(reply instanceof Reply.Receipt)) {
            throw new IllegalStateException("Expected a receipt, but was %s.".formatted(reply));
        }
    }
}
