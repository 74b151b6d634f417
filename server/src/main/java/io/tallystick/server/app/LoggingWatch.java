package io.tallystick.server.app;

import io.tallystick.server.metrics.Histogram;
import io.tallystick.usage.intake.IdentityBudget;
import io.tallystick.usage.intake.IntakeWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures blocks, and gives the operator a line in the log for each stage that is entered. */
final class LoggingWatch implements IntakeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingWatch.class);

    private final Histogram commits;
    private long begunNanos;

    /**
     * @param commits is told how long each block took
     */
    LoggingWatch(Histogram commits) {
        this.commits = commits;
    }

    @Override
    public void blockBegins() {
        begunNanos = System.nanoTime();
    }

    @Override
    public void blockEnds() {
        commits.record(System.nanoTime() - begunNanos);
    }

    @Override
    public void identityBudgetEntered(IdentityBudget budget) {
        LOG.warn(
                "event=identity_budget stage={} identities={} bytes={} bytesMax={} next=\"{}\"",
                budget.stage(),
                budget.identities(),
                budget.bytes(),
                budget.bytesMax(),
                budget.stage() == IdentityBudget.Stage.REACHED
                        ? "new measurements get 503: raise intake.identity-memory and start again"
                        : "raise intake.identity-memory before it is used up");
    }
}
