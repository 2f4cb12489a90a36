#!/bin/sh
# A database and a role per service, and the role that questions come by; runs once, when PostgreSQL starts on an empty volume.
set -eu
for service in membership finance welfare events rights affairs exchange projection; do
    variable="$(echo "$service" | tr '[:lower:]' '[:upper:]')_PASSWORD"
    password="$(printenv "$variable")"
    psql --set ON_ERROR_STOP=1 --username postgres --set "name=$service" --set "password=$password" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
# Owns nothing, reads what the database lets through.
psql --set ON_ERROR_STOP=1 --username postgres --set "password=$PROJECTION_QUERY_PASSWORD" <<'SQL'
CREATE ROLE projection_query LOGIN PASSWORD :'password';
GRANT CONNECT ON DATABASE projection TO projection_query;
SQL
