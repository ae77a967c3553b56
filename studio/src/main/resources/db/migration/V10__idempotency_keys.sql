-- What was answered to requests with an Idempotency-Key, for 24 hours.
create table idempotency_keys (
    account  uuid not null references accounts on delete cascade,
    key      text not null check (length(key) between 1 and 255),
    claim    uuid not null, -- of the one request that runs or ran under this key
    request  bytea not null, -- SHA-256 of what was asked for
    begun_at timestamptz not null,
    status   integer, -- null as long as it runs
    type     text,
    location text,
    tag      text,
    body     bytea, -- null of an answer with a secret, which is shown once
    made     text, -- and then what was made
    primary key (account, key)
);
create index idempotency_keys_oldest on idempotency_keys (begun_at);
