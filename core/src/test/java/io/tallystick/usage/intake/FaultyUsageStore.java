package io.tallystick.usage.intake;

import io.tallystick.usage.Block;
import io.tallystick.usage.Conflict;
import io.tallystick.usage.Correction;
import io.tallystick.usage.IdentityHash;
import io.tallystick.usage.KeptQuery;
import io.tallystick.usage.KeptRefusal;
import io.tallystick.usage.Measurement;
import io.tallystick.usage.MeasurementQuery;
import io.tallystick.usage.StoredMeasurement;
import io.tallystick.usage.UsageAnswer;
import io.tallystick.usage.UsageQuery;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageWatermark;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose commits and reopenings fail when a test says so; everything else is the real store's. */
final class FaultyUsageStore implements UsageStore {
    private enum Fault {
        NONE,
        LOSE,
        HIDE
    }

    private final UsageStore store;
    private volatile Fault next = Fault.NONE;
    private final AtomicInteger reopeningsToFail = new AtomicInteger();

    FaultyUsageStore(UsageStore store) {
        this.store = store;
    }

    /** The next commit fails and nothing of it is on disk. */
    void loseNextCommit() {
        next = Fault.LOSE;
    }

    /** The next commit fails although all of it is on disk. */
    void hideNextCommit() {
        next = Fault.HIDE;
    }

    void failToReopen(int times) {
        reopeningsToFail.set(times);
    }

    @Override
    public Commit append(Block block) {
        Fault fault = next;
        next = Fault.NONE;
        if (fault != Fault.LOSE) {
            Commit commit = store.append(block);
            if (fault == Fault.NONE) {
                return commit;
            }
        }
        return new Commit.Unknown("Expected room on the disk, but there was none.");
    }

    @Override
    public void reopen() {
        if (reopeningsToFail.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            throw new IllegalStateException("Expected the disk to answer, but it did not.");
        }
        store.reopen();
    }

    @Override
    public UsageWatermark watermark() {
        return store.watermark();
    }

    @Override
    public UsageAnswer ask(UsageQuery query) {
        return store.ask(query);
    }

    @Override
    public Set<Integer> changed(int meter, Instant before, Set<UsageWatermark> since, UsageWatermark until) {
        return store.changed(meter, before, since, until);
    }

    @Override
    public StoredMeasurement.Page measurements(MeasurementQuery query) {
        return store.measurements(query);
    }

    @Override
    public UsageAnswer.Evidence evidence(UsageAnswer.Evidence.Query query) {
        return store.evidence(query);
    }

    @Override
    public KeptRefusal.Page refusals(KeptQuery<KeptQuery.Filter.OfRefusals> query) {
        return store.refusals(query);
    }

    @Override
    public Conflict.Page conflicts(KeptQuery<KeptQuery.Filter.OfConflicts> query) {
        return store.conflicts(query);
    }

    @Override
    public Set<KeptQuery.Place> settled(Set<KeptQuery.Place> refusals) {
        return store.settled(refusals);
    }

    @Override
    public Correction.Page corrections(KeptQuery<KeptQuery.Filter.OfCorrections> query) {
        return store.corrections(query);
    }

    @Override
    public Map<Correction.Target, Correction.Last> last(Set<Correction.Target> targets) {
        return store.last(targets);
    }

    @Override
    public Encoded encoded(Measurement measurement) {
        return store.encoded(measurement);
    }

    @Override
    public IdentityHash identityHash() {
        return store.identityHash();
    }

    @Override
    public void identities(IdentityVisitor visitor) {
        store.identities(visitor);
    }

    @Override
    public void close() {
        store.close();
    }
}
