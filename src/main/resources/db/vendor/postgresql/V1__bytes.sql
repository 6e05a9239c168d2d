-- Bytes of any length under one name, so that one schema serves every database.
create domain bytes as bytea;
