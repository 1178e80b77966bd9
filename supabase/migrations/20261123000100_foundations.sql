-- The basis of every other migration: privileges, the clock, and how a refusal travels. Tables and helpers
-- live in schema app, which no API exposes. Schema public holds only the functions that clients call; each
-- one is granted by name.

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- Nobody may execute a function without a grant by name. Supabase gives the API roles their own default
-- grants in schema public, so revoking from public alone would leave those in place.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;

create schema app;
revoke all on schema app from public, anon, authenticated, service_role;
alter default privileges in schema app revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema app revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema app revoke execute on functions from public, anon, authenticated, service_role;

-- The clock of every rule: the start of the transaction. Tests replace this function. No setting moves the
-- clock in production.
create function app.now() returns timestamptz
language sql stable as $$ select pg_catalog.now() $$;

-- Raises a refusal, which rolls back the operation. PostgREST answers with the HTTP status, the code in
-- `message` and the field it concerns in `details`.
create function app.refuse(p_code text, p_field text default null, p_status int default 422) returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise exception using errcode = 'PT' || p_status, message = p_code, detail = coalesce(p_field, '');
end $$;

-- Makes a table append-only: rows keep the values they were written with.
create function app.refuse_rewriting() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '55000';
end $$;
