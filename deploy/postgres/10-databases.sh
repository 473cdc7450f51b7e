#!/usr/bin/env bash
# Five databases, each with an owner that migrates it and a service role that owns nothing.
# Runs once, when the volume is new; what the service roles may do in the tables is granted by `migrate`.
set -euo pipefail
psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres <<'SQL'
\i /run/secrets/postgres_roles.sql
revoke connect on database postgres, template1 from public;
SQL
for database in intake cases notifications reporting vault; do
  psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
    -v database="$database" -v owner="${database}_owner" -v service="${database}_service" <<'SQL'
create database :"database" owner :"owner";
revoke all on database :"database" from public;
grant connect on database :"database" to :"service";
SQL
done
