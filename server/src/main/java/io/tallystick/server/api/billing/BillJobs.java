package io.tallystick.server.api.billing;

import io.tallystick.billing.BillJob;
import io.tallystick.billing.Biller;
import io.tallystick.document.Author;
import io.tallystick.document.Documents;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that bill jobs run on, one after the other. A job that a stop interrupts is taken up again at the next
 * start, from the watermarks it began with.
 */
public final class BillJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillJobs.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Documents documents;
    private final Biller biller;
    private final InstantSource clock;
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tallystick-bill-jobs").factory());

    public BillJobs(Documents documents, Biller biller, InstantSource clock) {
        this.documents = documents;
        this.biller = biller;
        this.clock = clock;
    }

    /** Takes up what an earlier process left unfinished. */
    public void resume(OrganizationId organization) {
        documents.findBy(BillJob.KIND, organization, "active", "true").forEach(job -> start(organization, job.id()));
    }

    /** Has a job done, after those before it. */
    void start(OrganizationId organization, Id<BillJob> job) {
        thread.execute(() -> run(organization, job));
    }

    /** Has pending bills calculated again in this interval, between the jobs. */
    public void recalculateEvery(Duration interval, Supplier<Stream<OrganizationId>> organizations) {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(
                () -> organizations.get().forEach(this::recalculate),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void recalculate(OrganizationId organization) {
        if (isClosing.get()) {
            return;
        }
        try {
            int changed = biller.recalculate(organization, this::author);
            if (changed > 0) {
                LOG.info("event=pending_bills_recalculated organization={} changed={}", organization, changed);
            }
        } catch (RuntimeException e) {
            // the bills stay as they are, and the next time tries again; an exception would end all further times
            LOG.error("event=pending_bills_recalculated organization={} outcome=failed", organization, e);
        }
    }

    private void run(OrganizationId organization, Id<BillJob> id) {
        if (isClosing.get()) {
            return;
        }
        try {
            BillJob job = biller.run(organization, id, this::author).content();
            LOG.info(
                    "billJob={} organization={} outcome={} bills={} parked={}",
                    id,
                    organization,
                    job.status(),
                    job.bills().size(),
                    job.parked().size());
        } catch (RuntimeException e) {
            if (isClosing.get()) {
                LOG.info("billJob={} organization={} outcome=interrupted_by_stop", id, organization);
                return;
            }
            LOG.error("billJob={} organization={} outcome=failed", id, organization, e);
            fail(organization, id);
        }
    }

    /** The job must not look as if it were still running. */
    private void fail(OrganizationId organization, Id<BillJob> id) {
        documents.write(
                author(),
                transaction -> transaction
                        .find(BillJob.KIND, organization, id)
                        .filter(job -> job.content().isActive())
                        .map(
                                job -> transaction.update(
                                        job,
                                        job.content()
                                                .failed(
                                                        "Expected the job to run to its end, but something went wrong inside. The log names this job."))));
    }

    private Author author() {
        return new Author("BILL_JOBS", clock.instant());
    }

    @Override
    public void close() {
        isClosing.set(true);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.info("billJobs outcome=left_for_next_start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
