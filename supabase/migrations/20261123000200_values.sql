-- How text, ids, instants and JSON values are read and measured. The text functions agree with
-- src/domain/text.ts; tests/sql compares both.

-- Text ------------------------------------------------------------------------------------------------

-- The text without the white space that JavaScript's trim() removes from both ends.
create function app.trimmed(p_text text) returns text
language sql immutable parallel safe as $$
  select regexp_replace(p_text,
    '^[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+'
    || '|[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$', '', 'g')
$$;

-- The number of visible code points after trimming: an emoji counts 1, a zero-width space 0.
create function app.visible_length(p_text text) returns int
language sql immutable parallel safe as $$
  select char_length(app.trimmed(regexp_replace(p_text,
    '[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]', '', 'g')))
$$;

-- Whether the text holds a control character other than tab and line breaks. NUL cannot occur: Postgres
-- stores none.
create function app.has_control(p_text text) returns boolean
language sql immutable parallel safe as $$
  select p_text ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]'
$$;

-- Lower case without accents, so that a search matches with and without them.
create function app.folded(p_text text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text));
end $$;

create function app.sha256_hex(p_text text) returns text
language plpgsql immutable parallel safe as $$
begin
  return encode(sha256(convert_to(p_text, 'UTF8')), 'hex');
end $$;

-- Ids and instants --------------------------------------------------------------------------------------

-- The uuid, or null when the text is not one. Never raises.
create function app.parse_uuid(p_text text) returns uuid
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then p_text::uuid end;
end $$;

-- The instant, or null when the text is not ISO 8601 with an offset. Words that Postgres accepts, such as
-- «now» and «infinity», are no instants.
create function app.parse_instant(p_text text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return case
    when p_text ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$'
      and pg_input_is_valid(p_text, 'timestamptz') then p_text::timestamptz
  end;
end $$;

-- The instant that a phone claims, where it can be true: between p_first and the present. Otherwise the present, which is
-- when the claim arrived; a phone with a wrong clock loses nothing.
create function app.plausible_instant(p_claim timestamptz, p_first timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return case when p_claim < p_first then app.now() else least(p_claim, app.now()) end;
end $$;

-- The position of a row in a list ordered by (instant, id): the `p_after` of the next page.
create function app.page_key(p_at timestamptz, p_id uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '~' || p_id;
end $$;

-- JSON --------------------------------------------------------------------------------------------------

-- The JSON value, or null when the text is none or Postgres cannot store it.
create function app.jsonb_or_null(p_text text) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return p_text::jsonb;
exception when data_exception or program_limit_exceeded then
  return null;
end $$;

-- The whole number, 0 to 999,999,999, or null for any other value.
create function app.int_of(p_object jsonb, p_key text) returns int
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_object -> p_key) = 'number' and p_object ->> p_key ~ '^\d{1,9}$'
    then (p_object ->> p_key)::int end;
end $$;

-- The whole number from 1, up to 15 digits, or null for any other value.
create function app.size_of(p_object jsonb, p_key text) returns bigint
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_object -> p_key) = 'number' and p_object ->> p_key ~ '^[1-9]\d{0,14}$'
    then (p_object ->> p_key)::bigint end;
end $$;

-- The text, or null when it is absent or null. Refuses any other value.
create function app.text_of(p_object jsonb, p_key text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(p_object -> p_key), 'null') not in ('string', 'null') then
    perform app.refuse('malformed_op', p_key);
  end if;
  return p_object ->> p_key;
end $$;

-- The text, cut to 100 characters, or null for any other value.
create function app.string_of(p_object jsonb, p_key text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_object -> p_key) = 'string' then left(p_object ->> p_key, 100) end;
end $$;

-- Whether the JSON holds a number that takes far more room as text than as JSON: `1e131071` is 8 characters there and
-- 131,072 in Postgres' text, so a call of 200 KB would become gigabytes. No field of this project has such a number.
create function app.has_huge_number(p_json jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_path_exists(p_json,
    '$.** ? (@.type() == "number" && (@.abs() > 1e15 || (@.abs() < 1e-15 && @ != 0)))');
end $$;

-- For functions that take JSON. Call it before anything makes text of the JSON.
create function app.refuse_huge_numbers(p_json jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
  if app.has_huge_number(p_json) then perform app.refuse('malformed_op', null, 400); end if;
end $$;
