package io.tallystick.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.id.Id;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BillJobTest {
    private static final List<Id<Bill>> BILLS = List.of(new Id<>("bill-1"));
    private static final List<Parked> PARKED = List.of(new Parked(new Id<>("account-2"), "reason"));

    @Test
    void completesWithNothingPendingAndEverythingListed() {
        BillJob job = BillJob.of(Desk.december())
                .initializing(Desk.WATERMARKS)
                .running(2, 1)
                .complete(2, BILLS, PARKED);

        assertThat(job.status()).isEqualTo(BillJob.Status.COMPLETE);
        assertThat(job.isActive()).isFalse();
        assertThat(job.total()).isEqualTo(2);
        assertThat(job.pending()).isZero();
        assertThat(job.bills()).isEqualTo(BILLS);
        assertThat(job.parked()).isEqualTo(PARKED);
        assertThat(job.watermarks()).contains(Desk.WATERMARKS);
    }

    @Test
    void cancelledJobKeepsWhatIsStillPending() {
        BillJob job = BillJob.of(Desk.december())
                .initializing(Desk.WATERMARKS)
                .running(5, 3)
                .cancelled();

        assertThat(job.status()).isEqualTo(BillJob.Status.CANCELLED);
        assertThat(job.isActive()).isFalse();
        assertThat(job.pending()).isEqualTo(3);
        assertThat(job.failure()).isEmpty();
    }

    @Test
    void failedJobSaysWhy() {
        BillJob job = BillJob.of(Desk.december()).failed("The usage store was closed.");

        assertThat(job.status()).isEqualTo(BillJob.Status.CANCELLED);
        assertThat(job.failure()).contains("The usage store was closed.");
    }

    @Test
    void morePendingThanThereAreIsRefused() {
        BillJob job = BillJob.of(Desk.december());

        assertThatThrownBy(() -> job.running(2, 3))
                .hasMessage("Expected 0 to 2 pending accounts of a bill job, but were 3.");
        assertThatThrownBy(() -> new BillJob(
                        job.order(),
                        List.of(),
                        BillJob.Status.COMPLETE,
                        Optional.empty(),
                        2,
                        1,
                        List.of(),
                        List.of(),
                        Optional.empty()))
                .hasMessage("Expected a complete bill job to have no pending accounts, but were 1.");
    }
}
