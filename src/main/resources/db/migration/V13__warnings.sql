-- What was said of a training when it was accepted, as JSON.
alter table training add column warnings text;
