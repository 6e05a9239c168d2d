-- The datasets that terms of a loss draw from, beside the training's own: they stay as long as the training does.
create table training_dataset (
    training_id uuid not null references training on delete cascade,
    dataset_id  uuid not null references dataset,
    primary key (training_id, dataset_id)
);
create index training_dataset_by_dataset on training_dataset (dataset_id);
