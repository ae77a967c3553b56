-- What goes with a recording's film and lies beside it, sealed as it is: a large picture, the shape of its sound, its chapters.
create table companions (
    recording  uuid not null references recordings on delete cascade,
    kind       text not null check (kind in ('poster', 'waveform', 'chapters', 'chapters.vtt')),
    size_bytes bigint not null,
    sha256     text not null,
    primary key (recording, kind)
);
