-- The versions of models: those of one name and owner are numbered from 1 as they come, and no number is given twice.
create table model_name (
    owner        varchar(200) not null,
    name         varchar(400) not null,
    last_version int          not null,
    primary key (owner, name)
);
alter table model add column version int;

create table numbered_model (
    id      uuid primary key,
    owner   varchar(200) not null,
    name    varchar(400) not null,
    version int          not null
);
insert into numbered_model (id, owner, name, version)
    select id, owner, name, row_number() over (partition by owner, name order by created_at, id) from model where name is not null;
update model set version = (select numbered_model.version from numbered_model where numbered_model.id = model.id);
insert into model_name (owner, name, last_version) select owner, name, max(version) from numbered_model group by owner, name;
drop table numbered_model;
create unique index model_by_version on model (owner, name, version);

-- Other names of a version: each is one model's at a time.
create table model_alias (
    owner    varchar(200) not null,
    name     varchar(400) not null,
    alias    varchar(64)  not null,
    model_id uuid         not null references model on delete cascade,
    primary key (owner, name, alias)
);
create index model_alias_by_model on model_alias (model_id);
