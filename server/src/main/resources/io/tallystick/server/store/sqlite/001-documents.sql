-- Everything that ever was a document. A deleted one keeps its row, so that neither its number nor its id comes again.
CREATE TABLE document (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    organization TEXT NOT NULL,
    kind         TEXT NOT NULL,
    id           TEXT NOT NULL,
    revision     INTEGER REFERENCES revision (revision), -- the present one; NULL: deleted
    UNIQUE (organization, kind, id)
) STRICT;

CREATE INDEX document_living ON document (organization, kind, number) WHERE revision IS NOT NULL;

-- Every state of every document, for ever. The revision number is the watermark. Times are ISO 8601 in UTC, as exact as
-- they were given.
CREATE TABLE revision (
    revision     INTEGER PRIMARY KEY AUTOINCREMENT,
    number       INTEGER NOT NULL REFERENCES document (number),
    organization TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    change       TEXT    NOT NULL CHECK (change IN ('CREATED', 'REPLACED', 'DELETED')),
    at           TEXT    NOT NULL,
    author       TEXT    NOT NULL,
    created      TEXT    NOT NULL,
    created_by   TEXT    NOT NULL,
    modified     TEXT    NOT NULL,
    modified_by  TEXT    NOT NULL,
    body         TEXT    NOT NULL
) STRICT;

CREATE INDEX revision_as_of ON revision (organization, kind, number, revision);
CREATE INDEX revision_history ON revision (number, revision);

CREATE TRIGGER revision_is_never_updated BEFORE UPDATE ON revision
BEGIN
    SELECT RAISE(ABORT, 'a revision is never updated');
END;

CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN
    SELECT RAISE(ABORT, 'a revision is never deleted');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER revision_is_never_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'a revision is never replaced');
END;

CREATE TRIGGER document_is_never_deleted BEFORE DELETE ON document
BEGIN
    SELECT RAISE(ABORT, 'a document stays, with its number and id');
END;

-- What living documents are found by. Derived from their contents and made again when a kind declares other keys.
CREATE TABLE lookup (
    organization TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    value        TEXT    NOT NULL,
    number       INTEGER NOT NULL REFERENCES document (number),
    is_unique    INTEGER NOT NULL CHECK (is_unique IN (0, 1)),
    target       TEXT, -- the kind that the value is an id of
    PRIMARY KEY (organization, kind, key, value, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX lookup_unique ON lookup (organization, kind, key, value) WHERE is_unique = 1;
CREATE INDEX lookup_target ON lookup (organization, target, value) WHERE target IS NOT NULL;
CREATE INDEX lookup_number ON lookup (number);

-- The keys of each kind as the lookups were made with.
CREATE TABLE declaration (
    kind TEXT PRIMARY KEY,
    keys TEXT NOT NULL
) STRICT;
