-- Who may come in. A person has one account, whichever organisations they belong to.
create table accounts (
    id              uuid primary key,
    email           text not null check (length(email) between 3 and 254),
    name            text not null check (length(name) between 1 and 120),
    password        text, -- argon2id in the form of the PHC; null of whoever signs in elsewhere
    operator        boolean not null default false, -- runs the server
    wrong_passwords integer not null default 0,
    locked_until    timestamptz,
    created_at      timestamptz not null
);
create unique index accounts_email on accounts (lower(email));

create table memberships (
    organisation uuid not null references organisations,
    account      uuid not null references accounts on delete cascade,
    role         text not null check (role in ('admin', 'manager', 'member')),
    created_at   timestamptz not null,
    primary key (organisation, account)
);
create index memberships_of_account on memberships (account);

-- A browser in which somebody is signed in. Of its cookie, as of every secret here, only the SHA-256 is kept.
create table browser_sessions (
    hash         bytea primary key,
    account      uuid not null references accounts on delete cascade,
    organisation uuid not null references organisations,
    created_at   timestamptz not null,
    used_at      timestamptz not null,
    foreign key (organisation, account) references memberships (organisation, account) on delete cascade
);
create index browser_sessions_of_account on browser_sessions (account);

-- What programs show. A key acts as the account that made it, within its scopes.
create table api_keys (
    id           uuid primary key,
    hash         bytea not null unique,
    organisation uuid not null,
    account      uuid not null,
    name         text not null check (length(name) between 1 and 120),
    hint         text not null, -- its last four characters, to tell it from others
    scopes       text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    used_at      timestamptz,
    foreign key (organisation, account) references memberships (organisation, account) on delete cascade
);
create index api_keys_of_account on api_keys (organisation, account);

-- Links that work once: the first admin's, a member's invitation, a new password.
create table one_time_links (
    hash         bytea primary key,
    purpose      text not null check (purpose in ('first-admin', 'invitation', 'new-password')),
    id           uuid not null unique,
    organisation uuid references organisations on delete cascade,
    account      uuid references accounts on delete cascade, -- whose new password
    email        text, -- who is invited
    role         text check (role in ('admin', 'manager', 'member')),
    created_by   uuid references accounts on delete set null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    check (purpose <> 'invitation' or (organisation is not null and email is not null and role is not null)),
    check (purpose <> 'new-password' or account is not null)
);

-- What people did, for whoever has to answer for it. Nothing here is ever changed.
create table audit (
    id           uuid primary key,
    organisation uuid references organisations,
    at           timestamptz not null,
    account      uuid,
    name         text not null, -- as it was then
    means        text not null, -- 'browser', the key's name, or 'server'
    address      text,
    action       text not null,
    object       text,
    detail       text
);
create index audit_newest on audit (organisation, id desc);
