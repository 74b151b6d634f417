package io.tallystick.usage;

import io.tallystick.id.OrganizationId;
import java.nio.charset.StandardCharsets;

/**
 * SipHash-2-4 with 128 bits over identities, with a secret key, so that nobody outside can choose two uids that collide.
 * Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", and the authors' reference implementation.
 *
 * <p>The key of a data directory never changes: hashes of uids are kept at rest.
 *
 * @param key0 first half of the secret
 * @param key1 second half of the secret
 */
public record IdentityHash(long key0, long key1) {

    /** The hash for one organization and door: a key of its own, derived from the secret. One thread at a time. */
    public Scope scope(OrganizationId organization, Door door) {
        Scope derived = new Scope(key0, key1);
        derived.hash(door.number() + "/" + organization.value());
        return new Scope(derived.high, derived.low);
    }

    @Override
    public String toString() {
        return "IdentityHash[secret]";
    }

    /** Hashes uids of one organization and door; the result stays readable until the next one. */
    public static final class Scope {
        /** No UTF-8 text has this byte, so no text has the hash of a UUID. */
        private static final long UUID_MARK = 0xFF;

        private static final int WORD_BYTES = Long.BYTES;

        private final long key0;
        private final long key1;
        private long v0;
        private long v1;
        private long v2;
        private long v3;
        private long high;
        private long low;

        Scope(long key0, long key1) {
            this.key0 = key0;
            this.key1 = key1;
        }

        /** First 64 bits of the last result. */
        public long high() {
            return high;
        }

        /** Last 64 bits of the last result. */
        public long low() {
            return low;
        }

        /** Hashes a uid that is a canonical UUID. */
        public void hash(long uuidHigh, long uuidLow) {
            begin();
            word(uuidHigh);
            word(uuidLow);
            end(UUID_MARK | (2L * WORD_BYTES + 1) << 56);
        }

        /** Hashes any other uid. */
        public void hash(String uid) {
            hash(uid.getBytes(StandardCharsets.UTF_8));
        }

        void hash(byte[] bytes) {
            begin();
            int at = 0;
            for (; at + WORD_BYTES <= bytes.length; at += WORD_BYTES) {
                word(littleEndian(bytes, at, WORD_BYTES));
            }
            end(littleEndian(bytes, at, bytes.length - at) | (long) bytes.length << 56);
        }

        private static long littleEndian(byte[] bytes, int at, int count) {
            long word = 0;
            for (int i = 0; i < count; i++) {
                word |= (bytes[at + i] & 0xFFL) << (8 * i);
            }
            return word;
        }

        private void begin() {
            v0 = key0 ^ 0x736F6D6570736575L;
            v1 = key1 ^ 0x646F72616E646F6DL ^ 0xEE;
            v2 = key0 ^ 0x6C7967656E657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        private void word(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        private void end(long lastWord) {
            word(lastWord);
            v2 ^= 0xEE;
            finish();
            high = v0 ^ v1 ^ v2 ^ v3;
            v1 ^= 0xDD;
            finish();
            low = v0 ^ v1 ^ v2 ^ v3;
        }

        private void finish() {
            round();
            round();
            round();
            round();
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
