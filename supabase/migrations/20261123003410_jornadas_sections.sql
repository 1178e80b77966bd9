-- What staff write of jornadas: groups with their classes of sujetos obligados, and the days. Days that are public
-- change as announced actions (app.reschedule_jornada); the section only adds days to a published campaign.

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function, clone_function,
  rights_function)
values
  ('jornadas', 'grupos', 30, 'check_groups', 'read_groups', 'write_groups', null, 'excludes_classes'),
  ('jornadas', 'jornadas', 40, 'check_days', 'read_days', 'write_days', 'clone_days', null);

-- Groups ---------------------------------------------------------------------------------------------------

create function app.group_problems(p_group jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'group-' || (p_group ->> 'id');
  v_classes jsonb := p_group -> 'classes';
begin
  if jsonb_typeof(v_classes) is distinct from 'array' or exists (select from jsonb_array_elements_text(v_classes) k
    where not exists (select from app.body_classes b where b.key = k.value)) then
    return app.problem(v_field, 'malformed_op', 'wrong');
  end if;
  return app.text_problems(p_group, 'name', 120, true, v_field || '-name')
    || case when v_classes = '[]' then app.problem(v_field, 'group_without_classes', 'missing')
      when not exists (select from app.sujetos_obligados b where b.active and v_classes ? b.class_key)
        then app.problem(v_field, 'group_without_bodies', 'missing') end;
end $$;

create function app.check_groups(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'groups', 12);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  if exists (select from app.jornadas j join app.convocatorias c on c.id = j.convocatoria_id and c.published
    where j.convocatoria_id = p_convocatoria and not exists (
      select from app.items_of(p_data, 'groups') g where app.parse_uuid(g.item ->> 'id') = j.group_id)) then
    return app.problem('groups', 'group_fixed', 'wrong');
  end if;
  v_problems := app.id_problems(p_data, 'groups', p_convocatoria, 'jornada_groups')
    || coalesce((select array_agg(x order by g.place) from app.items_of(p_data, 'groups') g,
      unnest(app.group_problems(g.item)) x), '{}');
  if app.has_wrong(v_problems) then return v_problems; end if;
  if not exists (select from app.items_of(p_data, 'groups')) then
    return v_problems || app.problem('groups', 'groups_required', 'missing');
  end if;
  return v_problems || coalesce((select array_agg(x) from (
      select (array_agg(g.item ->> 'id' order by g.place desc))[1] as id
      from app.items_of(p_data, 'groups') g, jsonb_array_elements_text(g.item -> 'classes') k
      group by k.value having count(*) > 1) twice,
    unnest(app.problem('group-' || twice.id, 'class_in_two_groups', 'missing')) x), '{}');
end $$;

create function app.read_groups(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('groups', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name,
    'classes', coalesce((select jsonb_agg(c.class_key order by b.position) from app.group_classes c
      join app.body_classes b on b.key = c.class_key where c.group_id = g.id), '[]')) order by g.position)
    from app.jornada_groups g where g.convocatoria_id = p_convocatoria), '[]'));
end $$;

-- Whether a class leaves the group that it could register in.
create function app.excludes_classes(p_before jsonb, p_after jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.items_of(p_before, 'groups') b, jsonb_array_elements_text(b.item -> 'classes') k
    where not exists (select from app.items_of(p_after, 'groups') a
      where a.item ->> 'id' = b.item ->> 'id' and a.item -> 'classes' ? k.value));
end $$;

-- Refuses to reopen registrations when every day has begun or was called off.
create function app.check_days_ahead(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from app.jornadas j where j.convocatoria_id = p_convocatoria
    and j.cancelled_at is null and not app.has_begun(j)) then
    perform app.refuse('no_days_ahead', 'closes_at', 409);
  end if;
  return null;
end $$;

-- The days of a group that goes wait in the first group that stays, so that a day which moves to another group keeps its
-- sequence and its door. app.write_days follows: it places them or deletes them. Only a draft's group can have any.
create function app.write_groups(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := array(select app.parse_uuid(x.item ->> 'id') from app.items_of(p_data, 'groups') x order by x.place);
begin
  set constraints all deferred;
  delete from app.group_classes c where c.convocatoria_id = p_convocatoria;
  insert into app.jornada_groups (id, convocatoria_id, position, name)
  select app.parse_uuid(g.item ->> 'id'), p_convocatoria, g.place + 1, coalesce(app.kept_text(g.item, 'name'), '')
  from app.items_of(p_data, 'groups') g
  on conflict (id) do update set position = excluded.position, name = excluded.name;
  update app.jornadas j set group_id = v_ids[1]
  where j.convocatoria_id = p_convocatoria and j.group_id <> all (v_ids) and cardinality(v_ids) > 0;
  delete from app.jornada_groups g where g.convocatoria_id = p_convocatoria and g.id <> all (v_ids);
  insert into app.group_classes (convocatoria_id, class_key, group_id)
  select p_convocatoria, k.value, app.parse_uuid(g.item ->> 'id')
  from app.items_of(p_data, 'groups') g, jsonb_array_elements_text(g.item -> 'classes') k
  on conflict do nothing;
end $$;

-- Days -------------------------------------------------------------------------------------------------------

-- What a day with a date lacks. A day without a date is «por confirmar» and needs nothing else.
create function app.day_gaps(p_day jsonb, p_field text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case when coalesce(p_day ->> 'on_day', '') = '' then '{}' else
    case when p_day ->> 'starts_at' is null then app.problem(p_field || '-starts', 'hour_required', 'missing') else '{}' end
    || case when coalesce(p_day ->> 'modality', '') not in ('presencial', 'virtual')
      then app.problem(p_field || '-modality', 'modality_required', 'missing') end
    || case when p_day ->> 'modality' = 'presencial' and app.kept_text(p_day, 'place') is null
      then app.problem(p_field || '-place', 'place_required', 'missing') end
    || case when (p_day ->> 'modality' = 'virtual' or app.int_of(p_day, 'online_capacity') > 0) and app.kept_text(p_day, 'link') is null
      then app.problem(p_field || '-link', 'link_missing', 'look') end
    || case when app.int_of(p_day, 'capacity') is null then app.problem(p_field || '-capacity', 'capacity_required', 'missing') end
    || case when not app.is_business_day((p_day ->> 'on_day')::date)
      then app.problem(p_field || '-on', 'day_on_rest_day', 'look') end
    || case when (p_day ->> 'on_day')::date < app.local_day(app.now())
      then app.problem(p_field || '-on', 'day_past', 'missing') end
  end;
end $$;

create function app.one_day_problems(p_day jsonb, p_groups text[]) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_field text := 'day-' || (p_day ->> 'id');
  v_starts timestamptz := app.parse_instant(p_day ->> 'starts_at');
  v_problems app.problem[] := app.text_problems(p_day, 'title', 160, true, v_field || '-title')
    || app.text_problems(p_day, 'speaker', 160, true, v_field || '-speaker')
    || app.text_problems(p_day, 'speaker_post', 160, false, v_field || '-post')
    || app.text_problems(p_day, 'place', 200, false, v_field || '-place')
    || app.text_problems(p_day, 'address', 300, false, v_field || '-address')
    || app.text_problems(p_day, 'accessibility', 500, false, v_field || '-accessibility')
    || app.text_problems(p_day, 'link', 500, false, v_field || '-link')
    || app.day_problems(p_day, 'on_day', null, v_field || '-on')
    || app.instant_problems(p_day, 'starts_at', null, v_field || '-starts')
    || app.instant_problems(p_day, 'ends_at', null, v_field || '-ends')
    || app.number_problems(p_day, 'capacity', 1, 100000, false, v_field || '-capacity')
    || app.number_problems(p_day, 'online_capacity', 1, 100000, false, v_field || '-online');
begin
  if not coalesce(p_day ->> 'group_id', '') = any (p_groups) then
    v_problems := v_problems || app.problem(v_field, 'group_required', 'missing');
  end if;
  if coalesce(p_day ->> 'link', '') <> '' and p_day ->> 'link' !~ '^https://[^[:space:]]+$' then
    v_problems := v_problems || app.problem(v_field || '-link', 'link_invalid', 'missing');
  end if;
  if app.has_wrong(v_problems) then return v_problems; end if;
  if v_starts is not null and app.local_day(v_starts)::text is distinct from p_day ->> 'on_day' then
    return v_problems || app.problem(v_field || '-starts', 'malformed_op', 'wrong');
  elsif app.parse_instant(p_day ->> 'ends_at') <= v_starts then
    v_problems := v_problems || app.problem(v_field || '-ends', 'ends_before_starts', 'missing');
  end if;
  return v_problems || app.day_gaps(p_day, v_field);
end $$;

-- A day as the section has it. `cancelled_at` stands only in a day that the institution called off.
create function app.day_data(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_jornada.id, 'group_id', p_jornada.group_id, 'title', p_jornada.title,
    'speaker', p_jornada.speaker, 'speaker_post', p_jornada.speaker_post, 'on_day', p_jornada.on_day,
    'starts_at', p_jornada.starts_at, 'ends_at', p_jornada.ends_at, 'place', p_jornada.place,
    'address', p_jornada.address, 'accessibility', p_jornada.accessibility, 'link', p_jornada.link,
    'modality', p_jornada.modality, 'capacity', p_jornada.capacity)
    || app.if_given('online_capacity', p_jornada.online_capacity)
    || case when p_jornada.cancelled_at is null then '{}' else jsonb_build_object('cancelled_at', p_jornada.cancelled_at) end;
end $$;

create function app.check_days(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'days', 120);
  v_published boolean := (select c.published from app.convocatorias c where c.id = p_convocatoria);
  v_groups jsonb := app.section_data(p_convocatoria, 'grupos');
  v_names text[] := array(select g.item ->> 'id' from app.items_of(v_groups, 'groups') g);
  v_known uuid[] := array(select j.id from app.jornadas j where j.convocatoria_id = p_convocatoria);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  v_problems := app.id_problems(p_data, 'days', p_convocatoria, 'jornadas');
  if app.has_wrong(v_problems) then return v_problems; end if;
  if v_published and exists (select from unnest(v_known) k where not exists (
    select from app.items_of(p_data, 'days') d where app.parse_uuid(d.item ->> 'id') = k)) then
    return app.problem('days', 'day_fixed', 'wrong');
  end if;
  v_problems := coalesce((select array_agg(x order by d.place) from app.items_of(p_data, 'days') d,
    unnest(app.one_day_problems(d.item, v_names)) x
    where not (v_published and app.parse_uuid(d.item ->> 'id') = any (v_known))), '{}');
  return v_problems || coalesce((select array_agg(x) from unnest(v_names) g, unnest(
    app.problem('group-days-' || g, 'group_without_days', 'missing')) x
    where not exists (select from app.items_of(p_data, 'days') d where d.item ->> 'group_id' = g)), '{}');
end $$;

create function app.read_days(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('days', coalesce((select jsonb_agg(app.day_data(j) order by g.position, j.position)
    from app.jornadas j join app.jornada_groups g on g.id = j.group_id
    where j.convocatoria_id = p_convocatoria), '[]'));
end $$;

-- Adds the days that are new; of a draft, makes all days what p_data says. A day that was public before keeps what was
-- announced of it alone: its sequence, that it was called off, and who keeps its door. A day that is added to a
-- published campaign stands in its public history.
create function app.write_days(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_published boolean := (select c.published from app.convocatorias c where c.id = p_convocatoria);
  v_known uuid[] := array(select j.id from app.jornadas j where j.convocatoria_id = p_convocatoria);
begin
  set constraints all deferred;
  delete from app.jornadas j where j.convocatoria_id = p_convocatoria and not v_published
    and j.id <> all (array(select app.parse_uuid(d.item ->> 'id') from app.items_of(p_data, 'days') d
      join app.jornada_groups g on g.id = app.parse_uuid(d.item ->> 'group_id')));
  insert into app.jornadas (id, convocatoria_id, group_id, position, title, speaker, speaker_post, on_day, starts_at,
    ends_at, place, address, accessibility, link, modality, capacity, online_capacity)
  select app.parse_uuid(d.item ->> 'id'), p_convocatoria, app.parse_uuid(d.item ->> 'group_id'), d.place + 1,
    coalesce(app.kept_text(d.item, 'title'), ''), coalesce(app.kept_text(d.item, 'speaker'), ''),
    app.kept_text(d.item, 'speaker_post'), nullif(d.item ->> 'on_day', '')::date,
    app.parse_instant(d.item ->> 'starts_at'),
    case when app.parse_instant(d.item ->> 'ends_at') > app.parse_instant(d.item ->> 'starts_at')
      then app.parse_instant(d.item ->> 'ends_at') end,
    app.kept_text(d.item, 'place'), app.kept_text(d.item, 'address'), app.kept_text(d.item, 'accessibility'),
    substring(app.kept_text(d.item, 'link') from '^https://[^[:space:]]+$'),
    nullif(d.item ->> 'modality', ''), app.int_of(d.item, 'capacity'),
    case when d.item ->> 'modality' = 'presencial' then app.int_of(d.item, 'online_capacity') end
  from app.items_of(p_data, 'days') d
  where not (v_published and app.parse_uuid(d.item ->> 'id') = any (v_known))
    and exists (select from app.jornada_groups g where g.id = app.parse_uuid(d.item ->> 'group_id'))
  on conflict (id) do update set group_id = excluded.group_id, position = excluded.position, title = excluded.title,
    speaker = excluded.speaker, speaker_post = excluded.speaker_post, on_day = excluded.on_day,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, place = excluded.place, address = excluded.address,
    accessibility = excluded.accessibility, link = excluded.link, modality = excluded.modality,
    capacity = excluded.capacity, online_capacity = excluded.online_capacity;
  update app.jornadas j set position = d.place + 1 from app.items_of(p_data, 'days') d
  where j.id = app.parse_uuid(d.item ->> 'id') and j.position <> d.place + 1;
  if v_published then
    perform app.record_added_days(array(select j.id from app.jornadas j
      where j.convocatoria_id = p_convocatoria and j.id <> all (v_known)));
  end if;
end $$;

-- The days that take place: one that was called off is copied nowhere.
create function app.without_cancelled_days(p_data jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_data -> 'days') is distinct from 'array' then p_data
    else p_data || jsonb_build_object('days', coalesce((select jsonb_agg(d.value order by d.ordinality)
      from jsonb_array_elements(p_data -> 'days') with ordinality d where d.value ->> 'cancelled_at' is null), '[]')) end;
end $$;

-- Days move with the calendar. The link of an online session was for the people of then.
create function app.clone_days(p_data jsonb, p_from date, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('days', coalesce((select jsonb_agg(d.item || jsonb_build_object('link', null,
      'on_day', app.moved_day(nullif(d.item ->> 'on_day', '')::date, p_from, p_to),
      'starts_at', app.moved_instant(app.parse_instant(d.item ->> 'starts_at'), p_from, p_to),
      'ends_at', app.moved_instant(app.parse_instant(d.item ->> 'ends_at'), p_from, p_to)) order by d.place)
    from app.items_of(app.without_cancelled_days(p_data), 'days') d), '[]'));
end $$;
