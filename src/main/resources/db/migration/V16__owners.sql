-- Whose everything is; what was there before is of the one who needs no key where none are asked for.
alter table network add column owner varchar(200) default 'local' not null;
alter table dataset add column owner varchar(200) default 'local' not null;
alter table model add column owner varchar(200) default 'local' not null;

drop index network_by_age;
drop index dataset_by_age;
drop index training_by_age;
drop index model_by_age;
create index network_by_age on network (owner, created_at, id);
create index dataset_by_age on dataset (owner, created_at, id);
create index training_by_age on training (owner, created_at, id);
create index model_by_age on model (owner, created_at, id);

-- The keys that were given out, by the hash of their secret part.
create table access_key (
    id         uuid primary key,
    owner      varchar(200)                not null,
    admin      boolean                     not null,
    hash       bytes                       not null,
    created_at timestamp(6) with time zone not null
);
create index access_key_by_age on access_key (created_at, id);
