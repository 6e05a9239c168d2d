-- What a training that goes on needs of the one before it.
create table training_state (
    training_id uuid primary key references training on delete cascade,
    state       bytes not null
);

-- Of a training that goes on: which one it takes up, and the epochs that one had made.
alter table training add column continued_id uuid;
alter table training add column continued_epochs int default 0 not null;
