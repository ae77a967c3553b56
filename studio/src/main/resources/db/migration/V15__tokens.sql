-- What lets an encoder (WHIP) or a player (WHEP) into a session: it has nothing but an address and a bearer token.
create table tokens (
    id         uuid primary key, -- of what it sends the person, too
    hash       bytea not null unique,
    session    uuid not null references sessions on delete cascade,
    name       text not null check (length(name) between 1 and 80), -- by which it appears in the room
    hint       text not null, -- its last four characters, to tell it from others
    rights     text[] not null check (rights <@ array['publish', 'watch'] and cardinality(rights) > 0),
    created_at timestamptz not null,
    expires_at timestamptz,
    used_at    timestamptz
);
create index tokens_of_session on tokens (session, id desc);
