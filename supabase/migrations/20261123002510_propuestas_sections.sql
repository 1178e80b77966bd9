-- What staff write of a consultation: the strategy with its numbered parts, and the insumos.

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function) values
  ('propuestas', 'estrategia', 30, 'check_strategy', 'read_strategy', 'write_strategy'),
  ('propuestas', 'insumos', 40, 'check_insumos', 'read_insumos', 'write_insumos');

-- Each published wording of a strategy, whole. A propuesta speaks about the version in force when it was received.
create table app.strategy_versions (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  version int not null,
  published_at timestamptz not null default app.now(),
  data jsonb not null,             -- as the section `estrategia`
  primary key (convocatoria_id, version)
);
alter table app.strategy_versions enable row level security;
comment on table app.strategy_versions is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign; every published wording stays. Deleted'
  ' by: public.delete_convocatoria.';
create trigger strategy_versions_are_append_only before update on app.strategy_versions
  for each row execute function app.refuse_rewriting();
create trigger strategy_versions_are_kept before truncate on app.strategy_versions
  for each statement execute function app.refuse_rewriting();

-- Strategy -----------------------------------------------------------------------------------------------

create function app.part_problems(p_part jsonb, p_convocatoria uuid, p_topics text[]) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'part-' || (p_part ->> 'id');
  v_problems app.problem[] := app.text_problems(p_part, 'number', 12, true, v_field)
    || app.text_problems(p_part, 'title', 160, p_part ->> 'kind' = 'action', v_field || '-title')
    || app.formatted_problems(p_part, 'body', 4000, true, v_field)
    || app.text_problems(p_part, 'answered_by', 120, false, v_field || '-answered_by');
begin
  if coalesce(p_part ->> 'kind', '') not in ('action', 'paragraph')
    or not coalesce(p_part ->> 'topic_id', '') = any (p_topics) then
    return v_problems || app.problem(v_field, 'malformed_op', 'wrong');
  elsif p_part ->> 'kind' = 'action' and app.kept_text(p_part, 'answered_by') is null then
    v_problems := v_problems || app.problem(v_field || '-answered_by', 'answerer_required', 'missing');
  end if;
  if exists (select from app.parts p join app.convocatorias c on c.id = p.convocatoria_id and c.published
    where p.id = app.parse_uuid(p_part ->> 'id') and (p.number, p.kind) is distinct from (p_part ->> 'number', p_part ->> 'kind')) then
    v_problems := v_problems || app.problem(v_field, 'number_fixed', 'wrong');
  end if;
  return v_problems;
end $$;

-- Parts whose number another part has or, retired, once had: people cite a part by its number.
create function app.number_problems_of_parts(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (with parts as (select p.place, p.item ->> 'id' as id, p.item ->> 'number' as number from app.items_of(p_data, 'parts') p)
  select coalesce((select array_agg(x order by p.place) from parts p, unnest(app.problem('part-' || p.id, 'number_taken', 'missing')) x
    where exists (select from parts q where q.number = p.number and q.place < p.place)
      or exists (select from app.parts r where r.convocatoria_id = p_convocatoria and r.position is null
        and r.number = p.number and r.id::text <> p.id)), '{}'));
end $$;

create function app.check_strategy(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'topics', 60) || app.list_problems(p_data, 'parts', 600);
  v_topics text[] := array(select t.item ->> 'id' from app.items_of(p_data, 'topics') t);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  v_problems := app.id_problems(p_data, 'topics', p_convocatoria, 'topics')
    || app.id_problems(p_data, 'parts', p_convocatoria, 'parts')
    || coalesce((select array_agg(x) from app.items_of(p_data, 'topics') t,
      unnest(app.text_problems(t.item, 'title', 160, true, 'topic-' || (t.item ->> 'id'))) x), '{}')
    || coalesce((select array_agg(x order by p.place) from app.items_of(p_data, 'parts') p,
      unnest(app.part_problems(p.item, p_convocatoria, v_topics)) x), '{}');
  if not exists (select from app.items_of(p_data, 'parts') p where p.item ->> 'kind' = 'action') then
    v_problems := v_problems || app.problem('parts', 'strategy_without_action', 'missing');
  end if;
  return v_problems || app.number_problems_of_parts(p_convocatoria, p_data);
end $$;

create function app.read_strategy(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object(
    'topics', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title) order by t.position)
      from app.topics t where t.convocatoria_id = p_convocatoria and t.position is not null), '[]'),
    'parts', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'topic_id', p.topic_id, 'kind', p.kind,
      'number', p.number, 'title', p.title, 'body', p.body, 'answered_by', p.answered_by) order by p.position)
      from app.parts p where p.convocatoria_id = p_convocatoria and p.position is not null), '[]'));
end $$;

-- Makes the strategy what p_data says. A part that propuestas may point at is retired instead of deleted.
create function app.write_parts(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := array(select app.parse_uuid(p.item ->> 'id') from app.items_of(p_data, 'parts') p);
begin
  delete from app.parts p using app.convocatorias c
  where c.id = p.convocatoria_id and p.convocatoria_id = p_convocatoria and not c.published and p.id <> all (v_ids);
  update app.parts p set position = null where p.convocatoria_id = p_convocatoria and p.id <> all (v_ids);
  insert into app.parts (id, convocatoria_id, topic_id, position, kind, number, title, body, answered_by)
  select app.parse_uuid(p.item ->> 'id'), p_convocatoria, app.parse_uuid(p.item ->> 'topic_id'), p.place + 1,
    p.item ->> 'kind', coalesce(app.kept_text(p.item, 'number'), ''), coalesce(app.kept_text(p.item, 'title'), ''),
    coalesce(app.kept_text(p.item, 'body'), ''), app.kept_text(p.item, 'answered_by')
  from app.items_of(p_data, 'parts') p
  on conflict (id) do update set topic_id = excluded.topic_id, position = excluded.position, kind = excluded.kind,
    number = excluded.number, title = excluded.title, body = excluded.body, answered_by = excluded.answered_by;
end $$;

create function app.write_strategy(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_topics uuid[] := array(select app.parse_uuid(t.item ->> 'id') from app.items_of(p_data, 'topics') t);
begin
  set constraints all deferred;
  update app.topics t set position = null where t.convocatoria_id = p_convocatoria and t.id <> all (v_topics);
  insert into app.topics (id, convocatoria_id, position, title)
  select app.parse_uuid(t.item ->> 'id'), p_convocatoria, t.place + 1, coalesce(app.kept_text(t.item, 'title'), '')
  from app.items_of(p_data, 'topics') t
  on conflict (id) do update set position = excluded.position, title = excluded.title;
  perform app.write_parts(p_convocatoria, p_data);
  delete from app.topics t where t.convocatoria_id = p_convocatoria and t.id <> all (v_topics)
    and not exists (select from app.parts p where p.topic_id = t.id);
  insert into app.strategy_versions (convocatoria_id, version, data)
  select p_convocatoria, coalesce(max(v.version), 0) + 1, p_data
  from app.strategy_versions v where v.convocatoria_id = p_convocatoria;
end $$;

-- Insumos --------------------------------------------------------------------------------------------------

-- Open licences by which an insumo may be passed on. src/domain/insumo.ts lists the same ones.
create function app.insumo_licences() returns text[]
language sql immutable parallel safe as $$
  select array['cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'libre-uso-mx', 'public-domain', 'other']
$$;

-- What publishing lacks of an insumo with a file, beside its texts. An unknown file is one that was erased. The id counts
-- only as app.campaigns_with_file finds it, so that no file is erased that a section names in another spelling.
create function app.insumo_file_problems(p_item jsonb, p_field text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_file app.insumo_files;
begin
  select * into v_file from app.insumo_files f
  where f.id = app.parse_uuid(p_item ->> 'file') and to_jsonb(f.id) = p_item -> 'file';
  if not found then return app.problem(p_field || '-file', 'file_required', 'missing'); end if;
  if v_file.kind <> p_item ->> 'kind' then return app.problem(p_field || '-file', 'malformed_op', 'wrong'); end if;
  return case v_file.status when 'waiting' then app.problem(p_field || '-file', 'file_unverified', 'missing')
    when 'refused' then app.problem(p_field || '-file', v_file.refusal, 'missing') end;
end $$;

-- A page may do without a licence. `licence_name` names one that the list lacks.
create function app.insumo_licence_problems(p_item jsonb, p_field text, p_required boolean) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case
    when coalesce(jsonb_typeof(p_item -> 'licence'), 'null') = 'null' then
      case when p_required then app.problem(p_field || '-licence', 'insumo_licence_required', 'missing') end
    when not (p_item ->> 'licence' = any (app.insumo_licences()))
      then app.problem(p_field || '-licence', 'malformed_op', 'wrong')
    else app.text_problems(p_item, 'licence_name', 120, p_item ->> 'licence' = 'other', p_field || '-licence_name')
  end;
end $$;

-- The text that stands for the file, or is the page. What it must say depends on the kind.
create function app.insumo_body_problems(p_item jsonb, p_kind text, p_field text) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
declare
  v_problems app.problem[];
begin
  if p_kind = 'page' then return app.formatted_problems(p_item, 'body', 20000, true, p_field); end if;
  v_problems := app.text_problems(p_item, 'body', case p_kind when 'audio' then 20000 else 4000 end, true, p_field);
  if v_problems = '{}' or v_problems[1].code <> 'text_required' then return v_problems; end if;
  return app.problem(p_field, case p_kind when 'pdf' then 'pdf_text_required' when 'image' then 'image_text_required'
    when 'audio' then 'audio_text_required' else 'figures_text_required' end, 'missing');
end $$;

create function app.insumo_problems(p_item jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'insumo-' || (p_item ->> 'id');
  v_kind text := coalesce(p_item ->> 'kind', 'page');
  v_problems app.problem[] := app.text_problems(p_item, 'title', 160, true, v_field || '-title')
    || app.text_problems(p_item, 'summary', 400, true, v_field || '-summary')
    || app.insumo_body_problems(p_item, v_kind, v_field)
    || app.text_problems(p_item, 'source', 500, v_kind <> 'page', v_field || '-source')
    || app.insumo_licence_problems(p_item, v_field, v_kind <> 'page');
begin
  if v_kind = 'page' then
    return v_problems || case when coalesce(jsonb_typeof(p_item -> 'file'), 'null') <> 'null'
      then app.problem(v_field, 'malformed_op', 'wrong') end;
  elsif app.insumo_types(v_kind) is null then
    return v_problems || app.problem(v_field, 'malformed_op', 'wrong');
  end if;
  return v_problems || app.insumo_file_problems(p_item, v_field);
end $$;

create function app.check_insumos(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'items', 40);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  return app.id_problems(p_data, 'items', p_convocatoria, 'insumos')
    || coalesce((select array_agg(x order by i.place) from app.items_of(p_data, 'items') i,
      unnest(app.insumo_problems(i.item)) x), '{}')
    || case when not exists (select from app.items_of(p_data, 'items')) then app.problem('items', 'insumos_none', 'look') end;
end $$;

create function app.read_insumos(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title,
    'summary', i.summary, 'body', i.body, 'source', i.source) || app.insumo_extras(i)
    || case when i.file_id is not null then jsonb_build_object('file', i.file_id) else '{}' end order by i.position)
    from app.insumos i where i.convocatoria_id = p_convocatoria), '[]'));
end $$;

-- An insumo whose file is not there yet is left out: only a preview writes one.
create function app.write_insumos(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  set constraints all deferred;
  delete from app.insumos i where i.convocatoria_id = p_convocatoria
    and i.id <> all (array(select app.parse_uuid(x.item ->> 'id') from app.items_of(p_data, 'items') x));
  insert into app.insumos (id, convocatoria_id, position, title, summary, body, source, kind, file_id, licence, licence_name)
  select app.parse_uuid(i.item ->> 'id'), p_convocatoria, i.place + 1, coalesce(app.kept_text(i.item, 'title'), ''),
    coalesce(app.kept_text(i.item, 'summary'), ''), coalesce(app.kept_text(i.item, 'body'), ''),
    app.kept_text(i.item, 'source'), coalesce(i.item ->> 'kind', 'page'), f.id, i.item ->> 'licence',
    app.kept_text(i.item, 'licence_name')
  from app.items_of(p_data, 'items') i left join app.insumo_files f on f.id = app.parse_uuid(i.item ->> 'file')
  where f.id is not null or coalesce(i.item ->> 'kind', 'page') = 'page'
  on conflict (id) do update set position = excluded.position, title = excluded.title, summary = excluded.summary,
    body = excluded.body, source = excluded.source, kind = excluded.kind, file_id = excluded.file_id,
    licence = excluded.licence, licence_name = excluded.licence_name;
end $$;
