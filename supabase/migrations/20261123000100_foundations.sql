-- What every other migration stands on: who may call what, the clock, how text is measured, and how a
-- refusal travels. Tables and helpers live in schema app, which no API exposes; schema public holds only
-- the functions that clients call, each granted by name.

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- Nobody may execute what nobody granted. Revoking from public alone would leave the API roles their own
-- default grants in schema public (Supabase gives them), so those go too.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;

create schema app;
revoke all on schema app from public, anon, authenticated, service_role;
alter default privileges in schema app revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema app revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema app revoke execute on functions from public, anon, authenticated, service_role;

-- The clock of every rule: the start of the transaction. Tests replace this function; no setting moves it.
create function app.now() returns timestamptz
language sql stable as $$ select pg_catalog.now() $$;

-- Refusals -------------------------------------------------------------------------------------------

-- Ends the operation with a code that people are told in words: PostgREST answers with the HTTP status,
-- message = the code, details = the field it is about.
create function app.refuse(p_code text, p_field text default null, p_status int default 422) returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise exception using errcode = 'PT' || p_status, message = p_code, detail = coalesce(p_field, '');
end $$;

-- Text: the same semantics as src/domain/text.ts; tests/sql compares both ------------------------------

-- Without the white space that JavaScript's trim() removes from both ends.
create function app.trimmed(p_text text) returns text
language sql immutable parallel safe as $$
  select regexp_replace(p_text,
    '^[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+'
    || '|[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$', '', 'g')
$$;

-- Visible code points once the ends are trimmed: an emoji counts 1, a zero-width space 0.
create function app.visible_length(p_text text) returns int
language sql immutable parallel safe as $$
  select char_length(app.trimmed(regexp_replace(p_text,
    '[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]', '', 'g')))
$$;

-- Whether the text holds a control character other than tab and line breaks. Postgres stores no NUL.
create function app.has_control(p_text text) returns boolean
language sql immutable parallel safe as $$
  select p_text ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]'
$$;

-- Lower case without accents, so that search forgives both.
create function app.folded(p_text text) returns text
language sql stable set search_path = '' as $$
  select lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text))
$$;

create function app.sha256_hex(p_text text) returns text
language sql immutable parallel safe as $$
  select encode(sha256(convert_to(p_text, 'UTF8')), 'hex')
$$;

-- A uuid, or null when the text is none: never an exception.
create function app.parse_uuid(p_text text) returns uuid
language sql immutable set search_path = '' as $$
  select case when p_text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then p_text::uuid end
$$;

-- An instant of ISO 8601 with offset, or null: words such as «now» and «infinity» are no claims.
create function app.parse_instant(p_text text) returns timestamptz
language sql stable set search_path = '' as $$
  select case
    when p_text ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$'
      and pg_input_is_valid(p_text, 'timestamptz') then p_text::timestamptz
  end
$$;

-- The place of a row in a list ordered by (instant, id), as the next page's `p_after`.
create function app.page_key(p_at timestamptz, p_id uuid) returns text
language sql stable set search_path = '' as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '~' || p_id
$$;

-- Days ------------------------------------------------------------------------------------------------

-- Days on which the institution does not work, beside Saturdays and Sundays.
create table app.holidays (
  day date primary key,
  name text not null
);
alter table app.holidays enable row level security;

-- The day it is in the centre of Mexico at an instant.
create function app.local_day(p_at timestamptz) returns date
language sql stable set search_path = '' as $$
  select (p_at at time zone 'America/Mexico_City')::date
$$;

-- The last second of a day in the centre of Mexico: what «hasta el día D, 23:59» means.
create function app.end_of_day(p_day date) returns timestamptz
language sql stable set search_path = '' as $$
  select (p_day + time '23:59:59') at time zone 'America/Mexico_City'
$$;

create function app.is_business_day(p_day date) returns boolean
language sql stable set search_path = '' as $$
  select extract(isodow from p_day) < 6 and not exists (select from app.holidays h where h.day = p_day)
$$;

-- The end of the nth business day after the day of p_from. The day itself does not count.
create function app.business_deadline(p_from timestamptz, p_days int) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_day date := app.local_day(p_from);
  v_left int := p_days;
begin
  while v_left > 0 loop
    v_day := v_day + 1;
    if app.is_business_day(v_day) then v_left := v_left - 1; end if;
  end loop;
  return app.end_of_day(v_day);
end $$;

-- Makes a table append-only: what was written stays as it was written.
create function app.refuse_rewriting() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '55000';
end $$;
