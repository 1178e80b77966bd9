-- The renewed text of a strategy: what changed because of which findings, and why the rest did not. Staff draft it, a second
-- person approves it, and the approved text is frozen with its hash (docs/decisions/0092).

-- The working copy. `data`: {parts: [{id, change, findings, why, kind?, topic_id?, number?, title?, body?}]}.
create table app.renewal_drafts (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  version int not null default 1,
  data jsonb not null check (jsonb_typeof(data) = 'object' and octet_length(data::text) <= 1048576),
  saved_at timestamptz not null default app.now(),
  saved_by uuid not null,
  offered_at timestamptz,          -- handed to a second person; null: being written
  offered_by uuid,
  check ((offered_at is null) = (offered_by is null))
);
alter table app.renewal_drafts enable row level security;
comment on table app.renewal_drafts is
  'Personal data: the members who wrote. Readers: staff of the campaign. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';

-- Each approved text in its canonical form (RFC 8785), whose bytes the hash is of.
create table app.renewals (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  number int not null,
  text text not null,
  hash text not null check (hash = app.sha256_hex(text)),
  approved_at timestamptz not null default app.now(),
  written_by uuid not null,
  approved_by uuid not null check (approved_by <> written_by),
  primary key (convocatoria_id, number)
);
alter table app.renewals enable row level security;
comment on table app.renewals is
  'Personal data: the members who wrote and approved. Readers: everybody the text; the members, staff of the campaign.'
  ' Kept: with its campaign; every approved text stays. Deleted by: public.delete_convocatoria.';
create trigger renewals_are_append_only before update on app.renewals
  for each row execute function app.refuse_rewriting();
create trigger renewals_are_kept before truncate on app.renewals
  for each statement execute function app.refuse_rewriting();

-- The canonical form of JSON whose numbers are whole (RFC 8785): sorted names, no blanks.
create function app.canonical_json(p_value jsonb) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return case jsonb_typeof(p_value)
    when 'object' then (select '{' || coalesce(string_agg(to_jsonb(e.key)::text || ':' || app.canonical_json(e.value), ','
      order by e.key collate "C"), '') || '}' from jsonb_each(p_value) e)
    when 'array' then (select '[' || coalesce(string_agg(app.canonical_json(e.value), ',' order by e.ordinality), '') || ']'
      from jsonb_array_elements(p_value) with ordinality e)
    else p_value::text end;
end $$;

-- Problems ------------------------------------------------------------------------------------------------

-- The findings that a part of the draft names; null for what is no list of ids.
create function app.renewal_findings(p_item jsonb) returns uuid[]
language plpgsql immutable set search_path = '' as $$
declare
  v_ids uuid[];
begin
  if jsonb_typeof(p_item -> 'findings') is distinct from 'array' or jsonb_array_length(p_item -> 'findings') > 60 then return null; end if;
  v_ids := array(select app.parse_uuid(e.value #>> '{}') from jsonb_array_elements(p_item -> 'findings') e);
  return case when array_position(v_ids, null) is null then v_ids end;
end $$;

-- What refuses to save a part of the draft. `p_old`: the part in force; its id is null for a new one.
create function app.renewal_part_wrong(p_item jsonb, p_old app.parts) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'part-' || (p_item ->> 'id');
begin
  if app.renewal_findings(p_item) is null or not coalesce(p_item ->> 'change' = any (case when p_old.id is null
    then array['added'] else array['same', 'changed', 'removed'] end), false) then
    return app.problem(v_field, 'malformed_op', 'wrong');
  end if;
  return app.text_problems(p_item, 'why', 600, p_item ->> 'change' in ('same', 'removed'), v_field || '-why')
    || case when p_item ->> 'change' in ('changed', 'added') then
      app.text_problems(p_item, 'title', 160, coalesce(p_old.kind, p_item ->> 'kind') = 'action', v_field || '-title')
      || app.formatted_problems(p_item, 'body', 4000, true, v_field || '-body') end
    || case when p_item ->> 'change' = 'added' then app.text_problems(p_item, 'number', 12, true, v_field || '-number') end;
end $$;

-- What the reader of a change would miss: a finding behind it, whose answer is published, and a change.
create function app.renewal_part_missing(p_convocatoria uuid, p_item jsonb, p_old app.parts) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'part-' || (p_item ->> 'id');
  v_findings uuid[] := app.renewal_findings(p_item);
  v_problems app.problem[] := '{}';
begin
  if p_item ->> 'change' = 'changed' and (coalesce(app.kept_text(p_item, 'title'), ''), coalesce(app.kept_text(p_item, 'body'), ''))
    = (p_old.title, p_old.body) then
    v_problems := app.problem(v_field || '-body', 'renewal_same_text', 'missing');
  elsif p_item ->> 'change' <> 'same' and v_findings = '{}' then
    v_problems := app.problem(v_field || '-findings', 'renewal_finding_required', 'missing');
  end if;
  if exists (select from unnest(v_findings) n (id) where not exists (select from app.findings f
    join app.published_answers a on a.finding_id = f.id
    where f.id = n.id and f.convocatoria_id = p_convocatoria and f.removed_at is null)) then
    v_problems := v_problems || app.problem(v_field || '-findings', 'renewal_answer_missing', 'missing');
  end if;
  return v_problems;
end $$;

-- A new part stands in a topic of the strategy under a number that no part has or had.
create function app.renewal_added_problems(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (with added as (select a.place, a.item, 'part-' || (a.item ->> 'id') as field from app.items_of(p_data, 'parts') a
    where a.item ->> 'change' = 'added')
  select coalesce((select array_agg(x) from added a, unnest(app.problem(a.field, 'malformed_op', 'wrong')) x
      where coalesce(a.item ->> 'kind', '') not in ('action', 'paragraph') or not exists (select from app.topics t
        where t.id = app.parse_uuid(a.item ->> 'topic_id') and t.convocatoria_id = p_convocatoria)), '{}')
    || coalesce((select array_agg(x) from added a, unnest(app.problem(a.field || '-number', 'number_taken', 'missing')) x
      where exists (select from app.parts p where p.convocatoria_id = p_convocatoria and p.number = a.item ->> 'number')
        or exists (select from added b where b.place < a.place and b.item ->> 'number' = a.item ->> 'number')), '{}'));
end $$;

-- Every problem of a draft: `wrong` refuses saving it, `missing` refuses handing it over.
create function app.renewal_problems(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'parts', 660);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  v_problems := app.id_problems(p_data, 'parts', p_convocatoria, 'parts') || app.renewal_added_problems(p_convocatoria, p_data)
    || coalesce((select array_agg(x order by i.place) from app.items_of(p_data, 'parts') i
      left join app.parts p on p.id = app.parse_uuid(i.item ->> 'id') and p.position is not null,
      unnest(app.renewal_part_wrong(i.item, p)) x), '{}');
  if app.has_wrong(v_problems) then return v_problems; end if;
  return v_problems
    || coalesce((select array_agg(x order by i.place) from app.items_of(p_data, 'parts') i
      left join app.parts p on p.id = app.parse_uuid(i.item ->> 'id') and p.position is not null,
      unnest(app.renewal_part_missing(p_convocatoria, i.item, p)) x), '{}')
    || coalesce((select array_agg(x order by p.position) from app.parts p, unnest(app.problem('part-' || p.id, 'renewal_part_open', 'missing')) x
      where p.convocatoria_id = p_convocatoria and p.position is not null and not exists (
        select from app.items_of(p_data, 'parts') i where app.parse_uuid(i.item ->> 'id') = p.id)), '{}');
end $$;

-- The frozen text -------------------------------------------------------------------------------------------

-- A part as the approved text has it: {id, topic_id, kind, number, change, why, old, new, findings}. `old` and `new` are
-- {title, body}, or null where there is none.
create function app.renewed_part(p_item jsonb, p_old app.parts) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_change text := p_item ->> 'change';
  v_old jsonb := case when p_old.id is not null then jsonb_build_object('title', p_old.title, 'body', p_old.body) end;
begin
  return jsonb_build_object('id', p_item -> 'id', 'topic_id', coalesce(to_jsonb(p_old.topic_id), p_item -> 'topic_id'),
    'kind', coalesce(p_old.kind, p_item ->> 'kind'), 'number', coalesce(p_old.number, app.kept_text(p_item, 'number')),
    'change', v_change, 'why', app.kept_text(p_item, 'why'), 'old', v_old,
    'new', case v_change when 'same' then v_old when 'removed' then null else jsonb_build_object(
      'title', coalesce(app.kept_text(p_item, 'title'), ''), 'body', coalesce(app.kept_text(p_item, 'body'), '')) end,
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'title', a.title) order by f.position, f.id), '[]')
      from app.findings f join app.published_answers a on a.finding_id = f.id
      where f.id = any (app.renewal_findings(p_item))));
end $$;

-- The whole text, parts in the order of the strategy and new ones after the last of their topic.
create function app.renewal_document(p_campaign app.convocatorias, p_number int, p_data jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('campaign', jsonb_build_object('id', p_campaign.id, 'title', p_campaign.title),
    'number', p_number, 'approved_at', to_char(app.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'topics', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title) order by t.position), '[]')
      from app.topics t where t.convocatoria_id = p_campaign.id and t.position is not null),
    'parts', (select coalesce(jsonb_agg(app.renewed_part(i.item, p) order by t.position, p.position nulls last, i.place), '[]')
      from app.items_of(p_data, 'parts') i
      left join app.parts p on p.id = app.parse_uuid(i.item ->> 'id') and p.position is not null
      join app.topics t on t.id = coalesce(p.topic_id, app.parse_uuid(i.item ->> 'topic_id'))));
end $$;
