-- Where an organisation keeps what is recorded of it: a bucket of S3. Without one it is the server's own folder. What was
-- recorded stays where it is when another one is chosen, so earlier ones remain as long as something lies in them.
create table stores (
    id            uuid primary key,
    organisation  uuid not null references organisations,
    current       boolean not null, -- where new recordings go
    endpoint      text not null, -- empty for AWS's own of the region
    region        text not null,
    bucket        text not null,
    prefix        text not null,
    path_style    boolean not null,
    access_key    text not null,
    secret        bytea not null, -- sealed with the key keys/{id}.storage
    storage_class text,
    copies        text not null check (copies in ('none', 'aes256', 'kms')), -- readable ones, and how S3 encrypts them
    kms_key       text,
    revision      bigint not null default 0, -- counts changes of anything above but current
    created_at    timestamptz not null,
    unique (endpoint, bucket, prefix),
    check ((copies = 'kms') = (kms_key is not null))
);
create unique index stores_current on stores (organisation) where current;

alter table recordings add column store uuid references stores on delete set null;
create index recordings_of_store on recordings (store) where store is not null;

-- The name in the recording's store under which ordinary tools find the file, known before it is put there; null if there is
-- no such copy.
alter table renditions add column copy text;
create unique index renditions_copies on renditions (recording, copy) where copy is not null;
