-- The role and the database, once, on the primary: sudo -u postgres psql -f create.sql
-- Several machines: then \password sajad, and for the replica
--   CREATE ROLE sajad_replica LOGIN REPLICATION; \password sajad_replica
CREATE ROLE sajad LOGIN;
-- what hangs would keep a worker for ever; pg_dump lifts the first one for itself, an update of the addons with
-- PGOPTIONS='-c statement_timeout=0'
ALTER ROLE sajad SET statement_timeout = '150s';
ALTER ROLE sajad SET idle_in_transaction_session_timeout = '600s';
-- sorts as Persian does
CREATE DATABASE sajad OWNER sajad TEMPLATE template0 ENCODING 'UTF8'
    LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'fa';
\connect sajad
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
-- Odoo uses it in indexes only then
ALTER FUNCTION unaccent(text) IMMUTABLE;
