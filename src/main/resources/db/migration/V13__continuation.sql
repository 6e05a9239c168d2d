-- What was said of a training when it was accepted, as JSON.
alter table training add column warnings text;

-- What a training that goes on needs of the one before it.
create table training_state (
    training_id uuid primary key references training on delete cascade,
    state       bytes not null
);
