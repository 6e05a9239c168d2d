alter table training add column initial_model_id uuid;
alter table training add column stopped_at_epoch int;
alter table training add column stop_reason text;

alter table training_losses add column validation_losses bytes;

-- Only where they are not the model's own.
alter table model add column best_parameters bytes;
alter table model add column last_parameters bytes;

-- Adam was the only optimizer.
update training set settings = replace(settings, '"optimizer":{',
    '"gradientClipping":null,"validationFraction":null,"earlyStopping":null,'
    || '"optimizer":{"type":"adam","schedule":{"type":"constant"},');
