package io.tallystick.server.faults;

import io.tallystick.usage.Block;
import io.tallystick.usage.Correction;
import io.tallystick.usage.Identified;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.UsageStore.Commit;
import java.util.ArrayList;
import java.util.List;

/** What a store of usage could do wrong, and what the simulation therefore has to find. */
enum PlantedBug {
    /** It says that a block is on disk, and never wrote it. */
    LOST_BATCH {
        @Override
        Commit append(UsageStore store, Block block, List<Identified> remembered) {
            return new Commit.Done(store.watermark());
        }
    },
    /** It writes a block twice. */
    DOUBLE_APPEND {
        @Override
        Commit append(UsageStore store, Block block, List<Identified> remembered) {
            store.append(block);
            return store.append(block);
        }
    },
    /** It remembers the identities of a block whose commit failed, so that whoever sends it again is told it is known. */
    IDENTITY_BEFORE_COMMIT {
        @Override
        Commit append(UsageStore store, Block block, List<Identified> remembered) {
            remembered.addAll(block.accepted());
            return new Commit.Unknown("planted: the commit failed");
        }
    },
    /** Its commit is not atomic: the first half is there when it fails. */
    HALF_A_BLOCK {
        @Override
        Commit append(UsageStore store, Block block, List<Identified> remembered) {
            List<Identified> accepted = block.accepted();
            store.append(new Block(accepted.subList(0, accepted.size() / 2), List.of(), List.of()));
            return new Commit.Unknown("planted: the commit failed in the middle");
        }
    },
    /** It says that corrections are on disk, and the last of them is not. */
    LOST_CORRECTION {
        @Override
        boolean concerns(Block block) {
            return !block.corrections().isEmpty();
        }

        @Override
        Commit append(UsageStore store, Block block, List<Identified> remembered) {
            List<Correction> corrections = block.corrections();
            return store.append(Block.correcting(corrections.subList(0, corrections.size() - 1)));
        }
    };

    /** One append of so many goes wrong. */
    private static final int EVERY = 6;

    /** Appends that go wrong at most: a store that fails for ever would only show that clients give up. */
    private static final int WRONG_MAX = 3;

    /** Whether such an append may go wrong. */
    boolean concerns(Block block) {
        return true;
    }

    abstract Commit append(UsageStore store, Block block, List<Identified> remembered);

    /** The store with the bug in it. */
    UsageStore in(UsageStore store) {
        return FaultyStore.of(store, new FaultyStore.Appending() {
            private final List<Identified> remembered = new ArrayList<>();
            private int appended;

            @Override
            public Commit append(Block block) {
                if (!concerns(block)) {
                    return store.append(block);
                }
                appended++;
                boolean isWrong = appended % EVERY == 0 && appended <= WRONG_MAX * EVERY;
                return isWrong ? PlantedBug.this.append(store, block, remembered) : store.append(block);
            }

            @Override
            public void identities(UsageStore.IdentityVisitor visitor) {
                store.identities(visitor);
                remembered.stream()
                        .filter(each -> !(each.uid() instanceof Identified.Uid.None))
                        .forEach(each -> visitor.visit(
                                each.high(), each.low(), each.measurement().contentHash()));
            }
        });
    }
}
