-- Names and tags have 200 and 64 characters at most, of which H2 counts those beyond U+FFFF twice.
alter table network alter column name set data type varchar(400);
alter table dataset alter column name set data type varchar(400);
alter table training alter column name set data type varchar(400);
alter table model alter column name set data type varchar(400);
alter table network_tag alter column tag set data type varchar(128);
alter table dataset_tag alter column tag set data type varchar(128);
alter table training_tag alter column tag set data type varchar(128);
alter table model_tag alter column tag set data type varchar(128);
