-- The coefficients of models: after every epoch as numbers, and of the last epoch and of models as JSON by name.
alter table training_losses add column coefficients bytes;
alter table training add column coefficients text;
alter table model add column coefficients text;
