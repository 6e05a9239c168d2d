-- A running training belongs to the service that has its lease. Each time it is taken up its token rises; every write of
-- the service that runs it names the token, so that one whose lease has passed to another changes nothing.
alter table training add column owner varchar(200) default 'local' not null;
alter table training add column priority int default 5 not null;
alter table training add column token bigint default 0 not null;
alter table training add column worker uuid;
alter table training add column leased_until timestamp(6) with time zone;
-- How often it was taken up since it last got further.
alter table training add column attempts int default 0 not null;
alter table training add column pause_requested boolean default false not null;
-- How long it has run, which is not the time since its start where it was interrupted; null of those before this column.
alter table training add column seconds double precision;

drop table scheduled_tasks;
