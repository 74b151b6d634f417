package io.tallystick.bench;

/** What can be measured by itself, by {@code --only}. */
enum Part {
    /** Batches over HTTP. */
    HTTP,
    /** The store in process. */
    STORE,
    /** The PostgreSQL pipeline. */
    POSTGRES,
    /** Single measurements over HTTP. */
    SINGLE,
    /** Questions after a large load, and intake beside a reader. */
    QUESTIONS,
    /** A kill under load, and the start after it. */
    RESTART,
    /** Start-up and idle memory. */
    STARTUP,
    /** How identities are learnt at a start, and their memory. */
    IDENTITIES,
    /** Bill jobs over many accounts. */
    BILLS
}
