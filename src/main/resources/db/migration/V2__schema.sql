create table network (
    id         uuid primary key,
    definition text                        not null,
    created_at timestamp(6) with time zone not null
);
create index network_by_age on network (created_at, id);

create table dataset (
    id           uuid primary key,
    input_names  text                        not null,
    target_names text                        not null,
    samples      int                         not null,
    inputs       bytes                        not null,
    targets      bytes                        not null,
    created_at   timestamp(6) with time zone not null
);
create index dataset_by_age on dataset (created_at, id);

create table training (
    id                 uuid primary key,
    network_id         uuid                        not null references network,
    dataset_id         uuid                        not null references dataset,
    settings           text                        not null,
    engine             varchar(20)                 not null,
    initial_parameters bytes,
    state              varchar(20)                 not null,
    cancel_requested   boolean                     not null,
    epoch              int                         not null,
    loss               double precision,
    error              text,
    created_at         timestamp(6) with time zone not null,
    started_at         timestamp(6) with time zone,
    progress_at        timestamp(6) with time zone,
    finished_at        timestamp(6) with time zone
);
create index training_by_age on training (created_at, id);
create index training_by_network on training (network_id);
create index training_by_dataset on training (dataset_id);

-- The losses of consecutive epochs, as many to a row as were written at once.
create table training_losses (
    training_id uuid not null references training on delete cascade,
    first_epoch int  not null,
    losses      bytes not null,
    primary key (training_id, first_epoch)
);

create table model (
    id          uuid primary key,
    network_id  uuid                        not null references network,
    training_id uuid                        not null references training on delete cascade,
    loss        double precision            not null,
    parameters  bytes                        not null,
    created_at  timestamp(6) with time zone not null
);
create index model_by_age on model (created_at, id);
create unique index model_of_training on model (training_id);

-- db-scheduler's queue, as its documentation has it.
create table scheduled_tasks (
    task_name            varchar(255)             not null,
    task_instance        varchar(255)             not null,
    task_data            bytes,
    execution_time       timestamp with time zone not null,
    picked               boolean                  not null,
    picked_by            varchar(255),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures int,
    last_heartbeat       timestamp with time zone,
    version              bigint                   not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index execution_time_idx on scheduled_tasks (execution_time);
create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
