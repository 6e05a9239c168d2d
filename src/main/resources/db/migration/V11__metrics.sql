-- For every epoch each metric that was asked for, and each multiplier of a term, in order.
alter table training_losses add column metrics bytes;
alter table training_losses add column multipliers bytes;

-- A training whose terms all have datasets or points of their own needs none beside them.
alter table training alter column dataset_id drop not null;
