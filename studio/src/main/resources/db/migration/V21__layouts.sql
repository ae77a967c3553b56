-- Layouts of an organisation's own, beside those that are shipped.
create table layouts (
    id           uuid primary key,
    organisation uuid not null references organisations on delete cascade,
    name         text not null check (length(name) between 1 and 80),
    form         text not null check (length(form) between 1 and 16384), -- JSON, as docs/formats.md has it
    created_at   timestamptz not null
);
create unique index layouts_of_organisation on layouts (organisation, lower(name));
