package io.tallystick.server.store.duckdb;

import io.tallystick.id.OrganizationId;
import io.tallystick.usage.Block;
import io.tallystick.usage.Identified;
import io.tallystick.usage.Identity;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.Micros;
import io.tallystick.usage.Refusal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes one block in one transaction. Auto-commit stays on and the transaction is opened by a statement: with
 * {@code setAutoCommit(false)} the appender commits every 2,048 rows by itself.
 */
final class BlockWriter {
    /** {@code seq_to} of a row that nobody has voided. */
    static final long OPEN = Long.MAX_VALUE;

    private static final int WIDE_SCALE = 12;

    private final DuckDBConnection connection;
    private final Dictionary dictionary;
    private final long seq;
    private final Map<Shape, DuckDBAppender> appenders = new HashMap<>();
    private Layout layout;
    private @Nullable OrganizationId lastOrganization;
    private int lastOrganizationCode;

    /**
     * @param layout of the database as it is
     * @param seq number of this commit
     */
    BlockWriter(DuckDBConnection connection, Dictionary dictionary, Layout layout, long seq) {
        this.connection = connection;
        this.dictionary = dictionary;
        this.layout = layout;
        this.seq = seq;
    }

    /** Writes and commits; gives the layout of the database from now on. An exception leaves the outcome unknown. */
    Layout write(Block block) throws SQLException {
        List<Identified> counted = block.counted();
        execute("BEGIN TRANSACTION");
        makeRoom(counted);
        CorrectionRows corrections = new CorrectionRows(connection, layout);
        corrections.end(seq, block.corrections());
        try {
            appendCounted(counted);
        } finally {
            for (DuckDBAppender appender : appenders.values()) {
                appender.close();
            }
        }
        appendConflicts(block.conflicts());
        appendRefusals(block.refusals());
        Settlements.append(connection, seq, block.settled());
        corrections.append(seq, block.corrections());
        appendDictionary();
        execute("COMMIT");
        return layout;
    }

    /** Tables and columns come into being with the first row that needs them, in its transaction. */
    private void makeRoom(List<Identified> measurements) throws SQLException {
        int meter = 0;
        @Nullable Shape lastShape = null;
        for (Identified identified : measurements) {
            Measurement measurement = identified.measurement();
            Shape shape = Shape.fitting(measurement.numberSlots(), measurement.textSlots());
            boolean isLikeTheLast = measurement.meter() == meter && shape.equals(lastShape);
            if (!isLikeTheLast && !layout.shapes(measurement.meter()).contains(shape)) {
                makeRoom(measurement.meter(), shape);
            }
            meter = measurement.meter();
            lastShape = shape;
            if (!measurement.isAllCompact()) {
                makeWide(measurement, shape);
            }
        }
    }

    private void makeRoom(int meter, Shape shape) throws SQLException {
        if (!layout.hasTable(shape)) {
            execute(shape.createTable());
            layout = layout.withTable(shape);
        }
        execute("INSERT INTO meter_table VALUES (" + meter + ", " + shape.numbers() + ", " + shape.texts() + ")");
        layout = layout.withMeter(meter, shape);
    }

    private void makeWide(Measurement measurement, Shape shape) throws SQLException {
        for (int slot = 0; slot < measurement.numberSlots(); slot++) {
            if (isWide(measurement, slot) && !layout.hasWide(shape, slot)) {
                execute(shape.addWide(slot));
                layout = layout.withWide(shape, slot);
            }
        }
    }

    private void appendCounted(List<Identified> measurements) throws SQLException {
        for (int position = 0; position < measurements.size(); position++) {
            Identified identified = measurements.get(position);
            Measurement measurement = identified.measurement();
            Shape shape = Shape.fitting(measurement.numberSlots(), measurement.textSlots());
            DuckDBAppender row = appender(shape);
            row.beginRow();
            appendOrigin(row, identified, position);
            appendContent(row, measurement);
            appendSlots(row, identified, shape);
            row.endRow();
        }
    }

    private DuckDBAppender appender(Shape shape) throws SQLException {
        @Nullable DuckDBAppender known = appenders.get(shape);
        if (known != null) {
            return known;
        }
        DuckDBAppender made = connection.createAppender(shape.table());
        appenders.put(shape, made);
        return made;
    }

    private void appendOrigin(DuckDBAppender row, Identified identified, int position) throws SQLException {
        Identity identity = identified.measurement().identity();
        row.append(seq).append(OPEN).append(position);
        row.append(organization(identity.organization()))
                .append((byte) identity.door().number());
        switch (identified.uid()) {
            case Identified.Uid.None none -> row.appendNull().appendNull();
            case Identified.Uid.Canonical(long high, long low) ->
                row.appendUUID(high, low).appendNull();
            case Identified.Uid.Text(String text) ->
                row.appendUUID(identified.high(), identified.low()).append(text);
        }
    }

    private static void appendContent(DuckDBAppender row, Measurement measurement) throws SQLException {
        row.append(measurement.contentHash()).append(measurement.meter()).append(measurement.account());
        row.appendEpochMicros(measurement.eventMicros());
        appendTime(row, measurement.endTime().map(Micros::floor));
        row.appendEpochMicros(measurement.receivedMicros());
        appendText(row, RowJson.remarks(measurement.remarks()));
    }

    private void appendSlots(DuckDBAppender row, Identified identified, Shape shape) throws SQLException {
        Measurement measurement = identified.measurement();
        for (int slot = 0; slot < shape.numbers(); slot++) {
            if (slot < measurement.numberSlots() && measurement.isCompact(slot)) {
                row.appendDecimal(measurement.compact(slot));
            } else {
                row.appendNull();
            }
        }
        for (int slot = 0; slot < shape.texts(); slot++) {
            Optional<String> text = slot < measurement.textSlots() ? measurement.text(slot) : Optional.empty();
            if (text.isPresent()) {
                row.append(dictionary.code(identified, slot, text.get()));
            } else {
                row.appendNull();
            }
        }
        for (int slot : layout.wide(shape)) {
            if (slot < measurement.numberSlots() && isWide(measurement, slot)) {
                row.append(measurement.number(slot).orElseThrow().setScale(WIDE_SCALE));
            } else {
                row.appendNull();
            }
        }
    }

    private void appendConflicts(List<Identified> conflicts) throws SQLException {
        if (conflicts.isEmpty()) {
            return;
        }
        try (DuckDBAppender row = connection.createAppender("conflict")) {
            for (int position = 0; position < conflicts.size(); position++) {
                Measurement measurement = conflicts.get(position).measurement();
                Identity identity = measurement.identity();
                row.beginRow().append(seq).append(position);
                row.append(identity.organization().value())
                        .append((byte) identity.door().number());
                appendText(row, identity instanceof Identity.Uid known ? Optional.of(known.uid()) : Optional.empty());
                row.append(measurement.contentHash())
                        .append(measurement.meter())
                        .append(measurement.account());
                row.appendEpochMicros(measurement.eventMicros());
                appendTime(row, measurement.endTime().map(Micros::floor));
                row.appendEpochMicros(measurement.receivedMicros());
                row.append(RowJson.fields(measurement));
                appendText(row, RowJson.remarks(measurement.remarks()));
                row.endRow();
            }
        }
    }

    private void appendRefusals(List<Refusal> refusals) throws SQLException {
        if (refusals.isEmpty()) {
            return;
        }
        try (DuckDBAppender row = connection.createAppender("refusal")) {
            for (int position = 0; position < refusals.size(); position++) {
                Refusal refusal = refusals.get(position);
                row.beginRow().append(seq).append(position);
                row.append(refusal.organization().value())
                        .append((byte) refusal.door().number());
                row.append(refusal.reason().wireCode()).append(refusal.text());
                appendText(row, refusal.uid());
                appendText(row, refusal.meterCode());
                appendText(row, refusal.accountCode());
                appendTime(row, refusal.eventTime().map(Micros::floor));
                row.appendEpochMicros(Micros.floor(refusal.receivedAt()));
                row.append(refusal.payload());
                row.endRow();
            }
        }
    }

    private void appendDictionary() throws SQLException {
        List<Dictionary.Entry> entries = dictionary.takeUnwritten();
        if (entries.isEmpty()) {
            return;
        }
        try (DuckDBAppender row = connection.createAppender("dictionary")) {
            for (Dictionary.Entry entry : entries) {
                row.beginRow().append(entry.code()).append(entry.text()).endRow();
            }
        }
    }

    private int organization(OrganizationId organization) {
        if (!organization.equals(lastOrganization)) {
            lastOrganizationCode = dictionary.code(organization.value());
            lastOrganization = organization;
        }
        return lastOrganizationCode;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isWide(Measurement measurement, int slot) {
        return measurement.hasNumber(slot) && !measurement.isCompact(slot);
    }

    private static void appendText(DuckDBAppender row, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            row.append(text.get());
        } else {
            row.appendNull();
        }
    }

    private static void appendTime(DuckDBAppender row, Optional<Long> micros) throws SQLException {
        if (micros.isPresent()) {
            row.appendEpochMicros(micros.get());
        } else {
            row.appendNull();
        }
    }
}
