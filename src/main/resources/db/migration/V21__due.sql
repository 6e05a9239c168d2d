-- By when it was posted and how long it is thought to take: of two of an owner with the same priority that were not yet
-- run, the one that is due first is taken up first.
alter table training add column due_at timestamp(6) with time zone;
update training set due_at = created_at;
alter table training alter column due_at set not null;
drop index training_by_turn;
create index training_by_turn on training (state, cancel_requested, owner, priority desc, token, due_at, id);
