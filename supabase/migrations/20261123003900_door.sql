-- The door: who is on the list of a day, and who came. A volunteer sees the list of their day and nothing else.

create function app.door_readers() returns text[]
language sql immutable parallel safe as $$ select array['door', 'coordinator', 'moderator', 'auditor'] $$;
create function app.door_keepers() returns text[]
language sql immutable parallel safe as $$ select array['door', 'coordinator', 'moderator'] $$;

-- Lines of the list, by name. Each holds the hash of the pass: the phone at the door compares passes offline without
-- holding any.
create function app.door_lines(p_seats app.seats[]) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('submission_id', s.id, 'folio', s.folio, 'name', c.display_name,
      'body', b.name, 'status', t.status, 'pass_hash', encode(sha256(convert_to(t.pass_code, 'UTF8')), 'hex'),
      'checked_in_at', t.checked_in_at, 'version', s.version) order by lower(c.display_name), s.folio), '[]')
  from unnest(p_seats) t join app.submissions s on s.id = t.submission_id
  join app.registrations r on r.submission_id = s.id
  join app.sujetos_obligados b on b.id = r.body_id left join app.contacts c on c.submission_id = s.id);
end $$;

-- The row of a check-in's verdict: the line of that submission on that day.
create function app.door_row(p_submission uuid, p_jornada uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.door_lines(array[s]) -> 0 from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = p_submission and s.jornada_id = p_jornada
    and app.has_role(app.door_readers(), j.convocatoria_id, j.id));
end $$;

-- When somebody came, as far as the phone's claim can be true: from six hours before the day begins (the whole day where
-- the hour is unknown) to the present, with five minutes for clocks that differ. Otherwise the present while the day lasts
-- or is still to come, and afterwards its end.
create function app.arrival_at(p_jornada app.jornadas, p_claim timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_first timestamptz := coalesce(p_jornada.starts_at - interval '6 hours',
    p_jornada.on_day::timestamp at time zone 'America/Mexico_City');
begin
  if p_claim <= app.now() + interval '5 minutes' and (v_first is null or p_claim >= v_first) then
    return least(p_claim, app.now());
  end if;
  return least(app.now(), greatest(coalesce(p_jornada.ends_at, app.end_of_day(p_jornada.on_day)), v_first));
end $$;

-- payload {jornada_id, code, at}. The first check-in counts; a later one changes nothing. Without a code, the
-- person at the door found the name on the list.
create function app.check_in(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_jornada uuid := app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  v_code text := lower(app.trimmed(app.text_of(p_op.payload, 'code')));
  v_at timestamptz := app.parse_instant(app.text_of(p_op.payload, 'at'));
  v_day app.jornadas;
  v_seat app.seats;
begin
  if not app.has_role(app.door_keepers(),
    (select j.convocatoria_id from app.jornadas j where j.id = v_jornada), v_jornada) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if v_at is null then perform app.refuse('malformed_op', 'at'); end if;
  perform app.lock_submission(p_op.entity_id, null);
  select * into v_day from app.jornadas j where j.id = v_jornada;
  if v_day.cancelled_at is not null then perform app.refuse('jornada_cancelled', null, 409); end if;
  select * into v_seat from app.seats s where s.submission_id = p_op.entity_id and s.jornada_id = v_jornada;
  if v_seat.pass_code is null then
    perform app.refuse('seat_not_confirmed', null, 409);
  elsif v_code <> v_seat.pass_code then
    perform app.refuse('pass_wrong', 'code', 403);
  elsif v_seat.status = 'attended' then
    return;
  end if;
  update app.seats s set status = 'attended', checked_in_at = app.arrival_at(v_day, v_at), checked_in_by = auth.uid()
  where s.submission_id = v_seat.submission_id and s.jornada_id = v_jornada;
  perform app.touch_submission(v_seat.submission_id);
end $$;

-- A jornada and its list, without cancelled seats. With p_limit, up to 1,000 lines a page in the order of arrival, and
-- p_after is the `next` of the page before; without it the whole list by name, as phones of before pages ask for it.
-- Somebody who registers again while a phone reads moves to the end of the line, so no page misses them.
create function public.door_list(p_jornada uuid, p_after bigint default null, p_limit int default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_jornada app.jornadas;
  v_limit int := case when p_limit is not null then least(greatest(p_limit, 1), 1000) end;
  v_seats app.seats[];
begin
  select * into v_jornada from app.jornadas j where j.id = p_jornada;
  if not app.has_role(app.door_readers(), v_jornada.convocatoria_id, p_jornada) then
    perform app.refuse('not_allowed', null, 403);
  elsif v_jornada.id is null then
    perform app.refuse('jornada_unknown', null, 404);
  end if;
  v_seats := array(select s from app.seats s
    where s.jornada_id = p_jornada and s.position > coalesce(p_after, 0) and s.status <> 'cancelled'
    order by s.position limit v_limit);
  return jsonb_build_object('jornada', app.jornada_row(v_jornada), 'items', app.door_lines(v_seats),
    'next', case when cardinality(v_seats) = v_limit then (v_seats[v_limit]).position end);
end $$;
grant execute on function public.door_list(uuid, bigint, int) to authenticated;

-- A jornada and the number of its seats by status; null when the caller may not see it. Its link is for those who
-- may change it.
create function app.jornada_day(p_jornada uuid, p_part uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.jornada_row(j) || jsonb_build_object('convocatoria_id', j.convocatoria_id,
    'convocatoria_title', c.title, 'group_name', g.name, 'counts', (select jsonb_build_object(
      'confirmed', count(*) filter (where s.status = 'confirmed'), 'waiting', count(*) filter (where s.status = 'waiting'),
      'offered', count(*) filter (where s.status = 'offered'), 'attended', count(*) filter (where s.status = 'attended'),
      'called_off', count(*) filter (where s.called_off), 'moved', count(*) filter (where s.moved_to is not null))
      from app.seats s where s.jornada_id = j.id),
    'link', case when app.has_role(array['coordinator'], j.convocatoria_id) then j.link end)
  from app.jornadas j join app.jornada_groups g on g.id = j.group_id
  join app.convocatorias c on c.id = j.convocatoria_id and c.published
  where j.id = p_jornada and app.has_role(app.door_readers(), j.convocatoria_id, j.id));
end $$;

-- The jornadas that the caller may see, by day; undated ones last.
create function public.jornada_days() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.door_readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(d.line order by j.on_day, j.starts_at, j.id)
    from app.jornadas j, lateral (select app.jornada_day(j.id) as line) d where d.line is not null), '[]'));
end $$;
grant execute on function public.jornada_days() to authenticated;

insert into app.op_kinds (kind, actor, handler, roles, row_function, part_key)
values ('door.check_in', 'staff', 'check_in', app.door_keepers(), 'door_row', 'jornada_id');
