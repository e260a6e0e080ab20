#!/bin/sh
# Runs once, as superuser, on an empty cluster: the extension and who may do what.
# Programs connect as athena; only migrations connect as athena_owner, who owns the tables.
set -eu

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner_password="$ATHENA_OWNER_PASSWORD" \
  --set app_password="$ATHENA_APP_PASSWORD" \
  --set reader_password="$ATHENA_READER_PASSWORD" <<'SQL'
create extension vector;

create role athena_app nologin;
create role athena_reader nologin;
create role athena_definer nologin;

create role athena_owner login password :'owner_password';
create role athena login password :'app_password' in role athena_app;
create role athena_read login password :'reader_password' in role athena_reader;

grant athena_app, athena_reader, athena_definer to athena_owner with admin option;
alter database :"DBNAME" owner to athena_owner;
revoke connect on database :"DBNAME" from public;
grant connect on database :"DBNAME" to athena_app, athena_reader;
SQL
