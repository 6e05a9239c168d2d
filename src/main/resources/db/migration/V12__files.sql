-- Of a dataset that came as CSV: where its columns come from, as JSON, and how many rows were left out.
alter table dataset add column source_columns text;
alter table dataset add column dropped_rows int default 0 not null;
