create table ensemble (
    id         uuid primary key,
    owner      varchar(200) default 'local' not null,
    name       varchar(400),
    created_at timestamp(6) with time zone not null
);
create index ensemble_by_age on ensemble (owner, created_at, id);
create index ensemble_by_name on ensemble (name, created_at, id);
create table ensemble_tag (
    owner_id uuid         not null references ensemble on delete cascade,
    tag      varchar(128) not null,
    primary key (owner_id, tag)
);
create index ensemble_tag_by_tag on ensemble_tag (tag, owner_id);

-- The models of an ensemble, in order: they stay as long as it does.
create table ensemble_model (
    ensemble_id uuid not null references ensemble on delete cascade,
    place       int  not null,
    model_id    uuid not null references model,
    primary key (ensemble_id, place)
);
create index ensemble_model_by_model on ensemble_model (model_id);
