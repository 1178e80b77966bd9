-- What staff write of a campaign, section by section. The working copy of a section is kept here until it is
-- published. A kind adds its own sections in its migration: rows of app.kind_sections and the functions they name.

create table app.kind_sections (
  kind text references app.campaign_kinds,   -- null: every kind has it
  section text not null check (section ~ '^[a-z_]{3,40}$'),
  position int not null,
  check_function text not null,  -- app.<name>(convocatoria uuid, data jsonb) returns app.problem[]
  read_function text not null,   -- app.<name>(convocatoria uuid) returns jsonb: the section as it is public
  write_function text not null,  -- app.<name>(convocatoria uuid, data jsonb) returns void: makes it public
  clone_function text,           -- app.<name>(data jsonb, from date, to date) returns jsonb: a copy's; null: as it is
  rights_function text,          -- app.<name>(before jsonb, after jsonb) returns boolean: whether publishing the change
    -- takes back what people were told, and so needs a reason; null: it never does
  unique nulls not distinct (kind, section)
);
alter table app.kind_sections enable row level security;
comment on table app.kind_sections is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

create function app.sections_of(p_kind text) returns setof app.kind_sections
language sql stable set search_path = '' as $$
  select s.* from app.kind_sections s where s.kind is null or s.kind = p_kind order by s.position, s.section
$$;

-- `data` is null while the section has no change that is not public. `version` grows with each save, so that of two
-- people who write at once the second learns of the first.
create table app.campaign_sections (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  section text not null,
  data jsonb check (jsonb_typeof(data) = 'object' and octet_length(data::text) <= 524288),
  version int not null default 1,
  saved_at timestamptz not null default app.now(),
  saved_by uuid not null,
  primary key (convocatoria_id, section)
);
alter table app.campaign_sections enable row level security;
comment on table app.campaign_sections is
  'Personal data: names of speakers and the member who saved. Readers: coordinators of the campaign. Kept: with its'
  ' campaign. Deleted by: public.delete_convocatoria.';

-- A section as staff see it: the working copy, or what is public when there is none.
create function app.section_data(p_convocatoria uuid, p_section text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_data jsonb;
  v_read text;
begin
  select s.data into v_data from app.campaign_sections s
  where s.convocatoria_id = p_convocatoria and s.section = p_section;
  if v_data is not null then return v_data; end if;
  select s.read_function into v_read
  from app.convocatorias c, app.sections_of(c.kind) s where c.id = p_convocatoria and s.section = p_section;
  return coalesce(app.call_kind_function(v_read, p_convocatoria), '{}');
end $$;

-- Problems -----------------------------------------------------------------------------------------------

-- `wrong` refuses saving, `missing` refuses publishing, `look` refuses nothing. `field` is the id of the field in
-- the editor; `code` is a word of src/domain/refusals.ts.
create type app.problem as (field text, code text, level text);

create function app.problem(p_field text, p_code text, p_level text) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return array[row(p_field, p_code, p_level)::app.problem];
end $$;

-- Problems of one text. `p_max` counts code points.
create function app.text_problems(p_data jsonb, p_key text, p_max int, p_required boolean, p_field text default null)
returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case
    when coalesce(jsonb_typeof(p_data -> p_key), 'null') not in ('string', 'null')
      then app.problem(coalesce(p_field, p_key), 'malformed_op', 'wrong')
    when char_length(app.trimmed(p_data ->> p_key)) > p_max
      then app.problem(coalesce(p_field, p_key), 'text_too_long', 'wrong')
    when p_required and app.visible_length(coalesce(p_data ->> p_key, '')) = 0
      then app.problem(coalesce(p_field, p_key), 'text_required', 'missing')
    else '{}'
  end;
end $$;

-- Whether a formatted text (docs/formatted-text.md) has a link that leads elsewhere than to a page, an address of mail or
-- a telephone. The rule agrees with src/domain/formattedRuns.ts; both tests have the same examples.
create function app.has_unsafe_link(p_text text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return p_text ~ '^\u2063' and exists (
    select from regexp_matches(regexp_replace(p_text, '\\.', '', 'g'), '\]\(([^()[:space:]]*)', 'g') link(part)
    where char_length(part[1]) > 2000 or part[1] ~ '[][<>"]' or app.visible_length(part[1]) <> char_length(part[1])
      or part[1] !~* ('^(https?://[^@/?#]+([/?#].*)?|mailto:[^@:/?#]+@[^@:/?#]+|tel:\+?[0-9.-]{3,20})$'));
end $$;

-- Problems of a text that may be formatted. `p_max` counts what is stored, marks included.
create function app.formatted_problems(p_data jsonb, p_key text, p_max int, p_required boolean, p_field text default null)
returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return app.text_problems(p_data, p_key, p_max, p_required, p_field)
    || case when app.has_unsafe_link(p_data ->> p_key)
      then app.problem(coalesce(p_field, p_key), 'text_link_invalid', 'wrong') end;
end $$;

-- Problems of a whole number between two bounds.
create function app.number_problems(p_data jsonb, p_key text, p_min bigint, p_max bigint, p_required boolean,
  p_field text default null) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case
    when coalesce(jsonb_typeof(p_data -> p_key), 'null') = 'null' then
      case when p_required then app.problem(coalesce(p_field, p_key), 'number_required', 'missing') else '{}' end
    when not coalesce(jsonb_typeof(p_data -> p_key) = 'number' and p_data ->> p_key ~ '^\d{1,15}$'
      and (p_data ->> p_key)::bigint between p_min and p_max, false)
      then app.problem(coalesce(p_field, p_key), 'number_invalid', 'wrong')
    else '{}'
  end;
end $$;

-- Problems of a day, `YYYY-MM-DD`.
create function app.day_problems(p_data jsonb, p_key text, p_required text, p_field text default null)
returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case
    when coalesce(p_data ->> p_key, '') = '' then
      case when p_required is null then '{}' else app.problem(coalesce(p_field, p_key), p_required, 'missing') end
    when not (p_data ->> p_key ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(p_data ->> p_key, 'date'))
      then app.problem(coalesce(p_field, p_key), 'date_invalid', 'wrong')
    else '{}'
  end;
end $$;

-- Problems of an instant, ISO 8601 with an offset.
create function app.instant_problems(p_data jsonb, p_key text, p_required text, p_field text default null)
returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case
    when coalesce(p_data ->> p_key, '') = '' then
      case when p_required is null then '{}' else app.problem(coalesce(p_field, p_key), p_required, 'missing') end
    when app.parse_instant(p_data ->> p_key) is null then app.problem(coalesce(p_field, p_key), 'date_invalid', 'wrong')
    else '{}'
  end;
end $$;

-- Problems of a list of objects, and of how many there are.
create function app.list_problems(p_data jsonb, p_key text, p_max int) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case
    when coalesce(jsonb_typeof(p_data -> p_key), 'null') not in ('array', 'null')
      or exists (select from jsonb_array_elements(case when jsonb_typeof(p_data -> p_key) = 'array'
        then p_data -> p_key else '[]' end) e where jsonb_typeof(e.value) <> 'object')
      then app.problem(p_key, 'malformed_op', 'wrong')
    when jsonb_typeof(p_data -> p_key) = 'array' and jsonb_array_length(p_data -> p_key) > p_max
      then app.problem(p_key, 'list_too_long', 'wrong')
    else '{}'
  end;
end $$;

-- The objects of a list with their places from 0. Whatever is no list of objects has none.
create function app.items_of(p_data jsonb, p_key text) returns table (place int, item jsonb)
language sql immutable set search_path = '' as $$
  select (e.ordinality - 1)::int, e.value
  from jsonb_array_elements(case when jsonb_typeof(p_data -> p_key) = 'array' then p_data -> p_key else '[]' end)
    with ordinality e
  where jsonb_typeof(e.value) = 'object'
$$;

create function app.has_wrong(p_problems app.problem[]) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return exists (select from unnest(p_problems) p where p.level = 'wrong');
end $$;

-- Problems of the ids in a list: each is a uuid, none occurs twice, and none belongs to a row of another campaign.
create function app.id_problems(p_data jsonb, p_key text, p_convocatoria uuid, p_table text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_ids uuid[] := array(select app.parse_uuid(i.item ->> 'id') from app.items_of(p_data, p_key) i);
  v_foreign boolean;
begin
  if array_position(v_ids, null) is not null
    or cardinality(v_ids) <> (select count(distinct i) from unnest(v_ids) i) then
    return app.problem(p_key, 'malformed_op', 'wrong');
  end if;
  execute format('select exists (select from app.%I t where t.id = any ($1) and t.convocatoria_id <> $2)', p_table)
    into v_foreign using v_ids, p_convocatoria;
  return case when v_foreign then app.problem(p_key, 'malformed_op', 'wrong') else '{}' end;
end $$;

-- Calls ----------------------------------------------------------------------------------------------------

create function app.check_section(p_section app.kind_sections, p_convocatoria uuid, p_data jsonb)
returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[];
begin
  execute format('select app.%I($1, $2)', p_section.check_function) into v_problems using p_convocatoria, p_data;
  return coalesce(v_problems, '{}');
end $$;

-- Whether publishing this data over what is public needs a reason.
create function app.touches_rights(p_section app.kind_sections, p_public jsonb, p_data jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_result boolean := false;
begin
  if p_section.rights_function is not null then
    execute format('select app.%I($1, $2)', p_section.rights_function) into v_result using p_public, p_data;
  end if;
  return v_result;
end $$;

create function app.write_section(p_section app.kind_sections, p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  execute format('select app.%I($1, $2)', p_section.write_function) using p_convocatoria, p_data;
end $$;
