-- Models that come from elsewhere: of no training, and of no loss that is known.
alter table model alter column training_id drop not null;
alter table model alter column loss drop not null;
