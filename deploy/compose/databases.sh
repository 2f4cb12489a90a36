#!/bin/sh
# A database and a role per service; runs once, when PostgreSQL starts on an empty volume.
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
