-- Answers to requests that made something, for those who send the same again: by the hash of owner and key, encrypted by the key.
create table given_answer (
    id          varchar(64) not null primary key,
    fingerprint bytes not null,
    answer      bytes not null,
    created_at  timestamp(6) with time zone not null
);
create index given_answer_by_age on given_answer (created_at);
