-- What staff write of a call for videos: the pillars with their questions, and the limits of a file.

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function, clone_function,
  rights_function)
values
  ('videos', 'pilares', 30, 'check_pillars', 'read_pillars', 'write_pillars', null, 'drops_pillar'),
  ('videos', 'video', 40, 'check_video_limits', 'read_video_limits', 'write_video_limits', 'clone_video_limits',
    'narrows_video_limits');

-- The largest file that this project's storage takes, in bytes. A bucket without a limit of its own has that of a
-- free plan, because SQL cannot read the project's.
create function app.file_limit() returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select b.file_size_limit from storage.buckets b where b.id = 'videos-intake'), 52428800);
end $$;

-- Pillars --------------------------------------------------------------------------------------------------

create function app.check_pillars(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'pillars', 12);
  v_keys text[] := array(select p.item ->> 'key' from app.items_of(p_data, 'pillars') p);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  if exists (select from unnest(v_keys) k where coalesce(k, '') !~ '^[a-z][a-z_]{0,39}$')
    or cardinality(v_keys) <> (select count(distinct k) from unnest(v_keys) k) then
    return app.problem('pillars', 'malformed_op', 'wrong');
  elsif exists (select from app.videos v where v.convocatoria_id = p_convocatoria and v.pillar <> all (v_keys)) then
    return app.problem('pillars', 'pillar_in_use', 'wrong');
  elsif v_keys = '{}' then
    return app.problem('pillars', 'pillars_required', 'missing');
  end if;
  return coalesce((select array_agg(x order by p.place) from app.items_of(p_data, 'pillars') p,
    unnest(app.text_problems(p.item, 'title', 120, true, 'pillar-' || (p.item ->> 'key') || '-title')
      || app.formatted_problems(p.item, 'hint', 300, true, 'pillar-' || (p.item ->> 'key'))) x), '{}');
end $$;

create function app.read_pillars(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('pillars', coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'title', p.title,
    'hint', p.hint) order by p.position) from app.pillars p
    where p.convocatoria_id = p_convocatoria and p.position is not null), '[]'));
end $$;

-- Whether a pillar that people may be filming on disappears.
create function app.drops_pillar(p_before jsonb, p_after jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.items_of(p_before, 'pillars') b where not exists (
    select from app.items_of(p_after, 'pillars') a where a.item ->> 'key' = b.item ->> 'key'));
end $$;

-- A pillar that goes stays where phones may hold a video that names it.
create function app.write_pillars(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_keys text[] := array(select x.item ->> 'key' from app.items_of(p_data, 'pillars') x);
begin
  set constraints all deferred;
  insert into app.video_campaigns (convocatoria_id, medium) values (p_convocatoria, '') on conflict (convocatoria_id) do nothing;   -- its limits follow
  delete from app.pillars p where p.convocatoria_id = p_convocatoria and p.key <> all (v_keys)
    and not app.was_ever_public(p_convocatoria);
  update app.pillars p set position = null where p.convocatoria_id = p_convocatoria and p.key <> all (v_keys);
  insert into app.pillars (convocatoria_id, key, position, title, hint)
  select p_convocatoria, p.item ->> 'key', p.place + 1, coalesce(app.kept_text(p.item, 'title'), ''),
    coalesce(app.kept_text(p.item, 'hint'), '')
  from app.items_of(p_data, 'pillars') p
  on conflict (convocatoria_id, key) do update set position = excluded.position, title = excluded.title,
    hint = excluded.hint;
end $$;

-- Limits -----------------------------------------------------------------------------------------------------

create function app.check_video_limits(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.number_problems(p_data, 'min_s', 1, 3600, true)
    || app.number_problems(p_data, 'max_s', 1, 3600, true) || app.number_problems(p_data, 'max_bytes', 1, 2147483647, true)
    || app.text_problems(p_data, 'medium', 200, true) || app.day_problems(p_data, 'licence_until', 'licence_required')
    || app.day_problems(p_data, 'selection_on', null) || app.list_problems(p_data, 'rubric', 12)
    || app.number_problems(p_data, 'jury_gap', 0, 100, false)
    || case when coalesce(jsonb_typeof(p_data -> 'minors'), 'null') not in ('null', 'boolean')
      then app.problem('minors', 'malformed_op', 'wrong') else '{}' end;
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  if (p_data ->> 'min_s')::int > (p_data ->> 'max_s')::int then
    v_problems := v_problems || app.problem('max_s', 'limits_disordered', 'missing');
  end if;
  if (p_data ->> 'max_bytes')::bigint > app.file_limit() then
    v_problems := v_problems || app.problem('max_bytes', 'file_limit', 'missing');
  end if;
  if nullif(p_data ->> 'licence_until', '')::date <= app.local_day(app.now()) then
    v_problems := v_problems || app.problem('licence_until', 'licence_past', 'missing');
  end if;
  return v_problems || coalesce((select array_agg(x order by r.place) from app.items_of(p_data, 'rubric') r,
    unnest(app.text_problems(r.item, 'title', 120, true, 'rubric-' || r.place)
      || app.text_problems(r.item, 'hint', 300, false, 'rubric-' || r.place)) x), '{}');
end $$;

create function app.read_video_limits(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('min_s', v.min_s, 'max_s', v.max_s, 'max_bytes', v.max_bytes, 'medium', v.medium,
    'licence_until', v.licence_until, 'selection_on', v.selection_on, 'rubric', v.rubric, 'jury_gap', v.jury_gap,
    'minors', v.minors)
  from app.video_campaigns v where v.convocatoria_id = p_convocatoria);
end $$;

-- Whether a video that was within the limits may now be outside them, the licence that people gave changes, or those under 18
-- may take part no more.
create function app.narrows_video_limits(p_before jsonb, p_after jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce((p_after ->> 'min_s')::int > (p_before ->> 'min_s')::int, false)
    or coalesce((p_after ->> 'max_s')::int < (p_before ->> 'max_s')::int, false)
    or coalesce((p_after ->> 'max_bytes')::bigint < (p_before ->> 'max_bytes')::bigint, false)
    or (coalesce(p_before -> 'minors' = 'true', false) and not coalesce(p_after -> 'minors' = 'true', false))
    or p_after ->> 'licence_until' is distinct from p_before ->> 'licence_until');
end $$;

-- Remembers the widest limits that were ever public.
create function app.write_video_limits(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.video_campaigns as v (convocatoria_id, min_s, max_s, max_bytes, medium, licence_until, selection_on, rubric, jury_gap, minors)
  values (p_convocatoria, coalesce((p_data ->> 'min_s')::int, 15), coalesce((p_data ->> 'max_s')::int, 180),
    coalesce((p_data ->> 'max_bytes')::bigint, app.file_limit()),
    coalesce(app.kept_text(p_data, 'medium'), ''), nullif(p_data ->> 'licence_until', '')::date,
    nullif(p_data ->> 'selection_on', '')::date, coalesce(p_data -> 'rubric', '[]'),
    coalesce((p_data ->> 'jury_gap')::int, 25), coalesce(p_data -> 'minors' = 'true', false))
  on conflict (convocatoria_id) do update set min_s = excluded.min_s, max_s = excluded.max_s,
    max_bytes = excluded.max_bytes, medium = excluded.medium, licence_until = excluded.licence_until,
    selection_on = excluded.selection_on, rubric = excluded.rubric, jury_gap = excluded.jury_gap, minors = excluded.minors,
    once_minors = app.was_ever_public(p_convocatoria) and (v.once_minors or v.minors),
    once_min_s = case when app.was_ever_public(p_convocatoria) then least(v.once_min_s, v.min_s) end,
    once_max_s = case when app.was_ever_public(p_convocatoria) then greatest(v.once_max_s, v.max_s) end,
    once_max_bytes = case when app.was_ever_public(p_convocatoria) then greatest(v.once_max_bytes, v.max_bytes) end;
end $$;

-- The selection moves with the calendar. How long the licence lasts is a new decision.
create function app.clone_video_limits(p_data jsonb, p_from date, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return p_data || jsonb_build_object('licence_until', null,
    'selection_on', app.moved_day(nullif(p_data ->> 'selection_on', '')::date, p_from, p_to));
end $$;
