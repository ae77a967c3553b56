-- Wrong passwords are counted by account and address, by account and by address, whether there is such an account or not.
-- Of a subject only a hash is kept.
alter table accounts drop column wrong_passwords, drop column locked_until;
create table sign_in_tries (
    subject  bytea primary key,
    wrong    integer not null,
    tried_at timestamptz not null,
    open_at  timestamptz not null -- before, no password is looked at
);
create index sign_in_tries_old on sign_in_tries (tried_at);

-- Whoever signs in with a provider is known by what it calls them, for good; e-mail addresses change hands.
alter table accounts
    add column oidc_issuer  text,
    add column oidc_subject text,
    add check ((oidc_issuer is null) = (oidc_subject is null));
create unique index accounts_oidc on accounts (oidc_issuer, oidc_subject);

alter table organisations add column created_at timestamptz not null default '2026-11-01T00:00:00Z';
alter table organisations alter column created_at drop default;
create index one_time_links_of_organisation on one_time_links (organisation, purpose, id desc);
