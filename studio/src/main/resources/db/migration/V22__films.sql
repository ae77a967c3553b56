-- Whether films of everybody are made while a recording goes on, when somebody wants to watch, or only before its tape ends.
alter table organisations
    add column films text not null default 'always' check (films in ('always', 'on-first-view', 'never'));

-- Since when somebody wants to watch what is not filmed by itself.
alter table recordings add column film_wanted_at timestamptz;

-- A film that is made piece by piece, to be watched while its recording goes on and until its file is there.
create table films (
    recording uuid primary key references recordings on delete cascade,
    beginning bytea not null, -- what every player needs before the first piece
    over      boolean not null default false
);

create table film_pieces (
    recording      uuid not null references films on delete cascade,
    number         integer not null,
    duration_nanos bigint not null,
    size_bytes     bigint not null,
    primary key (recording, number)
);
