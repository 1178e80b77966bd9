-- The door: who is on the list of a day, and who came. A volunteer sees the list of their day and nothing else.

create function app.door_readers() returns text[]
language sql immutable parallel safe as $$ select array['door', 'coordinator', 'moderator', 'auditor'] $$;
create function app.door_keepers() returns text[]
language sql immutable parallel safe as $$ select array['door', 'coordinator', 'moderator'] $$;

create function app.pass_hash(p_code text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return encode(sha256(convert_to(p_code, 'UTF8')), 'hex');
end $$;

create function app.other_passes(p_seat app.seats) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select case when count(*) = 0 then '{}' else jsonb_build_object('also', jsonb_agg(jsonb_build_object(
      'folio', u.folio, 'pass_hash', app.pass_hash(o.pass_code)) order by o.position)) end
  from app.seats o join app.submissions u on u.id = o.submission_id
  where o.repeats = p_seat.submission_id and o.jornada_id = p_seat.jornada_id and o.status = 'repeated'
    and o.pass_code is not null);
end $$;

-- Lines of the list, by name. What is set apart waits. `also`: passes of other registrations of the same person, which
-- open the same line. Each holds the hash of the pass: the phone at the door compares passes offline without
-- holding any. `left_at`, `clash`, `walk_in`, `online` and `pending` come only where they say something.
create function app.door_lines(p_seats app.seats[]) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('submission_id', s.id, 'folio', s.folio, 'name', c.display_name,
      'body', b.name, 'status', app.shown_status(t), 'pass_hash', app.pass_hash(t.pass_code),
      'checked_in_at', t.checked_in_at, 'version', s.version) || app.other_passes(t) || app.noted_at_door(t, r.walk_in) order by lower(c.display_name), s.folio), '[]')
  from unnest(p_seats) t join app.submissions s on s.id = t.submission_id
  join app.registrations r on r.submission_id = s.id
  join app.sujetos_obligados b on b.id = r.body_id left join app.contacts c on c.submission_id = s.id);
end $$;

-- The row of a verdict at the door: the line of that submission on that day, or of the one that it repeats.
create function app.door_row(p_submission uuid, p_jornada uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.door_lines(array[s]) -> 0 from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = coalesce((select o.repeats from app.seats o
      where o.submission_id = p_submission and o.jornada_id = p_jornada), p_submission) and s.jornada_id = p_jornada
    and app.has_role(app.door_readers(), j.convocatoria_id, j.id));
end $$;

-- From when arrivals are noted: six hours before the day begins, or its first moment where the hour is unknown. Null
-- without a day.
create function app.doors_open(p_jornada app.jornadas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(p_jornada.starts_at - interval '6 hours', p_jornada.on_day::timestamp at time zone 'America/Mexico_City');
end $$;

-- When somebody came, as far as the phone's claim can be true: from when the doors open to the present, with
-- five minutes for clocks that differ. Otherwise the present while the day lasts
-- or is still to come, and afterwards its end.
create function app.arrival_at(p_jornada app.jornadas, p_claim timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_first timestamptz := app.doors_open(p_jornada);
begin
  if p_claim <= app.now() + interval '5 minutes' and (v_first is null or p_claim >= v_first) then
    return least(p_claim, app.now());
  end if;
  return least(app.now(), greatest(coalesce(p_jornada.ends_at, app.end_of_day(p_jornada.on_day)), v_first));
end $$;

-- The day that an op at its door names. Refuses whoever does not keep that door.
create function app.day_at_door(p_op app.op) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid := app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  v_day app.jornadas;
begin
  select * into v_day from app.jornadas j where j.id = v_id;
  if not app.has_role(app.door_keepers(), v_day.convocatoria_id, v_id) then perform app.refuse('not_allowed', null, 403); end if;
  return v_day;
end $$;

-- Letting somebody in is approving them for that day, where the institution has not answered yet: the person stands there, and
-- their place is held. The other days wait for the coordination.
create function app.approve_at_door(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set status = 'confirmed', pass_code = encode(extensions.gen_random_bytes(10), 'hex')
  where s.submission_id = p_submission and s.jornada_id = p_jornada and s.status = 'pending';
  if not found then return; end if;
  perform app.record_event(u.id, 'staff', 'approved', u.state, u.state, p_actor => auth.uid(),
    p_message => 'Le dejaron entrar en la puerta.') from app.submissions u where u.id = p_submission;
end $$;

-- Somebody with a seat online came to the hall. They get a seat of the hall where one is free and nobody waits for it, and leave
-- theirs to the line online. Otherwise it is refused: the hall is never over its capacity, and the seat online stays.
-- p_payload {online}, since version 3 of an arrival: they attended online, and staff note it at the list.
create function app.come_to_hall(p_seat app.seats, p_payload jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if not p_seat.online or p_seat.status = 'attended' or p_payload -> 'online' = 'true' then return; end if;
  if not app.is_free(p_seat.jornada_id, false) then perform app.refuse('no_free_seat', null, 409); end if;
  update app.seats s set online = false, came_from_online = true
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  perform app.offer_seats(p_seat.jornada_id, true);
end $$;

-- The seat that an op at the door names, with the lock of its day held. Refuses a day that was called off, somebody
-- without a seat, a pass that is not theirs, and before the doors open: an arrival shuts the day to every change. Without a
-- code, the person at the door found the name on the list.
create function app.seat_at_door(p_op app.op) returns app.seats
language plpgsql volatile set search_path = '' as $$
declare
  v_day app.jornadas := app.day_at_door(p_op);
  v_code text := lower(app.trimmed(app.text_of(p_op.payload, 'code')));
  v_seat app.seats;
begin
  perform app.lock_submission(p_op.entity_id, null);
  select * into v_day from app.jornadas j where j.id = v_day.id;   -- as it is now that its lock is held
  if v_day.cancelled_at is not null then perform app.refuse('jornada_cancelled', null, 409); end if;
  if v_code is null and app.now() >= app.doors_open(v_day) then perform app.approve_at_door(p_op.entity_id, v_day.id); end if;
  select * into v_seat from app.seats s where s.submission_id = p_op.entity_id and s.jornada_id = v_day.id;
  if v_seat.pass_code is null or v_seat.status = 'repeated' then
    perform app.refuse('seat_not_confirmed', null, 409);
  elsif v_code <> v_seat.pass_code and not exists (select from app.seats o where o.repeats = v_seat.submission_id
    and o.jornada_id = v_day.id and o.status = 'repeated' and o.pass_code = v_code) then
    perform app.refuse('pass_wrong', 'code', 403);
  elsif v_seat.status <> 'attended' and coalesce(app.now() < app.doors_open(v_day), true) then
    perform app.refuse('check_in_early', null, 409);
  end if;
  return v_seat;
end $$;

-- payload {jornada_id, code, at, door, noted_by, online}, door and noted_by since version 2 (app.note_at_door), online since
-- version 3 (app.come_to_hall). The first check-in that
-- came counts; a later one is kept beside it, and after a departure it says that the person is in again.
create function app.check_in(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats := app.seat_at_door(p_op);
  v_at timestamptz := app.note_at_door(p_op, 'in');
begin
  if v_at is null then return; end if;
  perform app.come_to_hall(v_seat, p_op.payload);
  if v_seat.checked_in_at is null or (v_seat.left_at = v_seat.checked_in_at and v_at < v_seat.left_at) then   -- only a departure was known
    v_seat.checked_in_at := v_at;
    v_seat.checked_in_by := app.noter_of(p_op);
  end if;
  update app.seats s set status = 'attended', held_until = null, checked_in_at = v_seat.checked_in_at,
    checked_in_by = v_seat.checked_in_by, left_at = app.departure_of(s, v_seat.checked_in_at)
  where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id;
  perform app.touch_submission(v_seat.submission_id);
end $$;

-- Whether an arrival is the one that a phone saw at this instant. A claim that cannot be true was stored as another
-- instant, and then its member noted it.
create function app.is_arrival(p_seat app.seats, p_day app.jornadas, p_seen timestamptz) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return abs(extract(epoch from p_seat.checked_in_at - p_seen)) <= 2
    or (p_seat.checked_in_by = auth.uid() and app.arrival_at(p_day, p_seen) is distinct from p_seen);
end $$;

-- payload {jornada_id, arrived_at}: the arrival that the member saw was noted by mistake. Changes nothing where another
-- arrival stands, or none: somebody else noted the person since. What another door noted counts from then on; otherwise the
-- seat is confirmed as before, that of somebody unconfirmed is held anew, and that of a walk-in is free again.
create function app.undo_check_in(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_day app.jornadas := app.day_at_door(p_op);
  v_seen timestamptz := app.parse_instant(app.text_of(p_op.payload, 'arrived_at'));
  v_submission app.submissions;
  v_seat app.seats;
begin
  if v_seen is null then perform app.refuse('malformed_op', 'arrived_at'); end if;
  v_submission := app.lock_submission(p_op.entity_id, null);
  select * into v_seat from app.seats s where s.submission_id = v_submission.id and s.jornada_id = v_day.id;
  if v_seat.status is distinct from 'attended' then return; end if;
  if not app.is_arrival(v_seat, v_day, v_seen) then
    if app.drop_later_note(v_seat, v_seen) then perform app.touch_submission(v_submission.id); end if;
    return;
  end if;
  if not app.fall_back_to_note(v_seat) then perform app.take_arrival_back(v_seat, v_submission); end if;
  perform app.record_event(v_submission.id, 'staff', 'arrival_undone', v_submission.state, v_submission.state, p_actor => auth.uid());
  perform app.touch_submission(v_submission.id);
end $$;

-- The seat of an arrival that nobody noted but by mistake. Whoever came from online is online again where a seat is free there,
-- and whose place was held for an approval waits for it again.
create function app.take_arrival_back(p_seat app.seats, p_submission app.submissions) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
  v_walk_in boolean;
  v_online boolean := p_seat.came_from_online and app.is_free(p_seat.jornada_id, true);
begin
  update app.seats s set status = 'confirmed', checked_in_at = null, checked_in_by = null, left_at = null,
    online = s.online or v_online, came_from_online = false, held_until = case when r.confirmed_at is null then app.next_business_hour(app.now()) end
  from app.registrations r
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id and r.submission_id = s.submission_id
  returning s.* into v_seat;
  update app.registrations r set reminded_at = null where r.submission_id = p_submission.id and r.confirmed_at is null;
  if app.needs_approval(p_submission.id) then
    update app.seats s set status = 'pending', pass_code = null
    where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id returning s.* into v_seat;
  end if;
  if v_online then perform app.offer_seats(v_seat.jornada_id, false); end if;
  select r.walk_in into v_walk_in from app.registrations r where r.submission_id = p_submission.id;
  if p_submission.state = 'withdrawn' or v_walk_in then   -- it stayed for the arrival alone
    perform app.release_seat(v_seat, p_submission.state = 'withdrawn');
  end if;
end $$;

-- Another text after each change of a day's list: every change of a seat raises the version of its submission.
create function app.list_token(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select concat_ws('.', p_jornada.sequence, p_jornada.capacity, count(*), sum(u.version))
    from app.seats s join app.submissions u on u.id = s.submission_id where s.jornada_id = p_jornada.id);
end $$;

-- A jornada and its list, without cancelled seats. With p_limit, up to 1,000 lines a page in the order of arrival, and
-- p_after is the `next` of the page before; without it the whole list by name, as phones of before pages ask for it.
-- Somebody who registers again while a phone reads moves to the end of the line, so no page misses them. The first page
-- carries a `token`. Who gives it back as p_known gets `unchanged` and no lines while the list is the same.
create function public.door_list(p_jornada uuid, p_after bigint default null, p_limit int default null,
  p_known text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_jornada app.jornadas;
  v_limit int := case when p_limit is not null then least(greatest(p_limit, 1), 1000) end;
  v_token text;
  v_seats app.seats[];
begin
  select * into v_jornada from app.jornadas j where j.id = p_jornada;
  if not app.has_role(app.door_readers(), v_jornada.convocatoria_id, p_jornada) then
    perform app.refuse('not_allowed', null, 403);
  elsif v_jornada.id is null then
    perform app.refuse('jornada_unknown', null, 404);
  end if;
  if p_after is null then v_token := app.list_token(v_jornada); end if;
  if v_token = p_known then
    return jsonb_build_object('jornada', app.staff_jornada_row(v_jornada), 'items', '[]'::jsonb, 'next', null,
      'token', v_token, 'unchanged', true);
  end if;
  v_seats := array(select s from app.seats s
    where s.jornada_id = p_jornada and s.position > coalesce(p_after, 0) and s.status not in ('cancelled', 'repeated')
    order by s.position limit v_limit);
  return jsonb_build_object('jornada', app.staff_jornada_row(v_jornada), 'items', app.door_lines(v_seats),
    'next', case when cardinality(v_seats) = v_limit then (v_seats[v_limit]).position end)
    || case when v_token is null then '{}' else jsonb_build_object('token', v_token) end;
end $$;
grant execute on function public.door_list(uuid, bigint, int, text) to authenticated;

-- A jornada of a published campaign with the number of its seats by status, without its link; null for any other.
create function app.counted_day(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.staff_jornada_row(p_jornada) || jsonb_build_object('convocatoria_id', c.id,
    'convocatoria_title', c.title, 'group_name', g.name, 'counts', (select jsonb_build_object(
      'confirmed', count(*) filter (where s.status = 'confirmed'), 'waiting', count(*) filter (where s.status = 'waiting'),
      'offered', count(*) filter (where s.status = 'offered'), 'attended', count(*) filter (where s.status = 'attended'),
      'pending', count(*) filter (where s.status = 'pending'),
      'called_off', count(*) filter (where s.called_off), 'moved', count(*) filter (where s.moved_to is not null))
      from app.seats s where s.jornada_id = p_jornada.id))
  from app.jornada_groups g join app.convocatorias c on c.id = p_jornada.convocatoria_id and c.published
  where g.id = p_jornada.group_id);
end $$;

-- The same of a jornada by its id; null when the caller may not see it. Its link is for those who may change it.
create function app.jornada_day(p_jornada uuid, p_part uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.counted_day(j) || jsonb_build_object(
    'link', case when app.has_role(array['coordinator'], j.convocatoria_id) then j.link end)
  from app.jornadas j where j.id = p_jornada and app.has_role(app.door_readers(), j.convocatoria_id, j.id));
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

insert into app.op_kinds (kind, actor, handler, max_version, roles, row_function, part_key)
values ('door.check_in', 'staff', 'check_in', 3, app.door_keepers(), 'door_row', 'jornada_id'),
  ('door.undo_check_in', 'staff', 'undo_check_in', 1, app.door_keepers(), 'door_row', 'jornada_id');
