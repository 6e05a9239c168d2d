-- What waits, owner by owner in the order in which it is taken up; also what runs, and how many there are of each.
create index training_by_turn on training (state, cancel_requested, owner, priority desc, token, created_at, id);
