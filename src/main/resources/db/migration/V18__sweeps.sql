create table sweep (
    id               uuid primary key,
    owner            varchar(200) default 'local' not null,
    name             varchar(400),
    plan             text                        not null,
    stop             text                        not null,
    metric           varchar(20)                 not null,
    -- Of its longest trial, and of all trials together.
    epochs           int                         not null,
    all_epochs       bigint                      not null,
    trials           int                         not null,
    cancel_requested boolean default false       not null,
    created_at       timestamp(6) with time zone not null
);
create index sweep_by_age on sweep (owner, created_at, id);
create index sweep_by_name on sweep (name, created_at, id);
create table sweep_tag (
    owner_id uuid         not null references sweep on delete cascade,
    tag      varchar(128) not null,
    primary key (owner_id, tag)
);
create index sweep_tag_by_tag on sweep_tag (tag, owner_id);

-- Of a trial: its number, from 0, its values as JSON by pointers, and of the epochs that are over the lowest metric of the
-- sweep and the sum of all.
alter table training add column sweep_id uuid references sweep on delete cascade;
alter table training add column trial int;
alter table training add column trial_values text;
alter table training add column metric_lowest double precision;
alter table training add column metric_sum double precision;
create index training_by_sweep on training (sweep_id, trial);

-- How trials stood after those epochs after which they are compared. What others were compared with stays when a trial goes.
create table trial_score (
    sweep_id    uuid             not null references sweep on delete cascade,
    epoch       int              not null,
    training_id uuid             not null,
    lowest      double precision not null,
    mean        double precision not null,
    primary key (sweep_id, epoch, training_id)
);
