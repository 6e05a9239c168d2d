-- The standard deviations of the coefficients of a model, as JSON by name, where the training that left it told them.
alter table model add column deviations text;
