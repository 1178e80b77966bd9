-- What was noted at the doors of a day, as each phone noted it. The seat holds what counts of it; two doors without signal
-- both keep their note, and the list shows both.

create table app.door_notes (
  submission_id uuid not null,
  jornada_id uuid not null,
  way text not null check (way in ('in', 'out')),
  at timestamptz not null,          -- the claim as far as it can be true (app.arrival_at)
  claimed_at timestamptz not null,
  noted_by uuid not null,
  sent_by uuid,                     -- the colleague who sent it from the same phone; null: who noted it
  door text check (char_length(door) <= 40),   -- how its members call that door or phone
  received_at timestamptz not null default app.now(),
  primary key (submission_id, jornada_id, way, noted_by, claimed_at),
  foreign key (submission_id, jornada_id) references app.seats on delete cascade
);
alter table app.door_notes enable row level security;
comment on table app.door_notes is
  'Personal data: when somebody came and left, and who noted it. Readers: the door of the day, which sees names and hours'
  ' where two notes clash. Kept: until app.erase_attendance. Deleted by: app.erase_registration.';

-- Who noted what an op says: its sender, or the colleague on the same phone whose note the sender took over
-- (docs/decisions/0077). Whoever is not of the staff is not named.
create function app.noter_of(p_op app.op) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_noter uuid := app.parse_uuid(app.text_of(p_op.payload, 'noted_by'));
begin
  return case when exists (select from app.staff s where s.user_id = v_noter) then v_noter else auth.uid() end;
end $$;

-- Keeps the note of an op, {at, door, noted_by}, and answers its instant; null when it is here already, also when its
-- author and a colleague sent it. The caller holds the lock of the day.
create function app.note_at_door(p_op app.op, p_way text) returns timestamptz
language plpgsql volatile set search_path = '' as $$
declare
  v_claim timestamptz := app.parse_instant(app.text_of(p_op.payload, 'at'));
  v_day app.jornadas;
  v_at timestamptz;
begin
  if v_claim is null then perform app.refuse('malformed_op', 'at'); end if;
  select * into v_day from app.jornadas j where j.id = app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  insert into app.door_notes (submission_id, jornada_id, way, at, claimed_at, noted_by, sent_by, door)
  values (p_op.entity_id, v_day.id, p_way, app.arrival_at(v_day, v_claim), v_claim, app.noter_of(p_op),
    nullif(auth.uid(), app.noter_of(p_op)), nullif(app.one_line(app.text_of(p_op.payload, 'door'), 40), ''))
  on conflict do nothing returning door_notes.at into v_at;
  return v_at;
end $$;

-- The last departure after this arrival; null when none was noted, or an arrival after it.
create function app.departure_of(p_seat app.seats, p_arrival timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (select max(o.at) from app.door_notes o
    where o.submission_id = p_seat.submission_id and o.jornada_id = p_seat.jornada_id and o.way = 'out' and o.at >= p_arrival
      and not exists (select from app.door_notes i where i.submission_id = o.submission_id and i.jornada_id = o.jornada_id
        and i.way = 'in' and i.at > o.at));
end $$;

-- payload {jornada_id, code, at, door, noted_by}. Whoever was noted leaving was there: where nobody noted them coming, the
-- departure is all that is known, until an arrival comes.
create function app.check_out(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats := app.seat_at_door(p_op);
  v_at timestamptz := app.note_at_door(p_op, 'out');
begin
  if v_at is null then return; end if;
  perform app.come_to_hall(v_seat, p_op.payload);
  update app.seats s set status = 'attended', held_until = null, checked_in_at = coalesce(s.checked_in_at, v_at),
    checked_in_by = coalesce(s.checked_in_by, app.noter_of(p_op)),
    left_at = app.departure_of(s, coalesce(s.checked_in_at, v_at))
  where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id;
  perform app.touch_submission(v_seat.submission_id);
end $$;

-- payload {jornada_id, left_at}: the departure that the member saw was noted by mistake. Changes nothing where another one
-- stands, or none.
create function app.undo_check_out(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_day app.jornadas := app.day_at_door(p_op);
  v_seen timestamptz := app.parse_instant(app.text_of(p_op.payload, 'left_at'));
  v_submission app.submissions;
  v_seat app.seats;
begin
  if v_seen is null then perform app.refuse('malformed_op', 'left_at'); end if;
  v_submission := app.lock_submission(p_op.entity_id, null);
  delete from app.door_notes n where n.submission_id = v_submission.id and n.jornada_id = v_day.id and n.way = 'out'
    and (abs(extract(epoch from n.at - v_seen)) <= 2
      or (n.noted_by = auth.uid() and abs(extract(epoch from n.claimed_at - v_seen)) <= 2));
  if not found then return; end if;
  select * into v_seat from app.seats s where s.submission_id = v_submission.id and s.jornada_id = v_day.id;
  if v_seat.left_at > v_seat.checked_in_at then
    update app.seats s set left_at = app.departure_of(s, s.checked_in_at)
    where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id;
  elsif v_seat.left_at is not null and not app.fall_back_to_note(v_seat) then
    perform app.take_arrival_back(v_seat, v_submission);
  end if;
  perform app.touch_submission(v_submission.id);
end $$;

-- Deletes a note of the caller that stands beside the arrival that counts.
create function app.drop_later_note(p_seat app.seats, p_seen timestamptz) returns boolean
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.door_notes n where n.submission_id = p_seat.submission_id and n.jornada_id = p_seat.jornada_id
    and n.way = 'in' and n.noted_by = auth.uid() and abs(extract(epoch from n.claimed_at - p_seen)) <= 2;
  return found;
end $$;

-- The registrations of the person of a line: its own, and those that repeat it.
create function app.registrations_of_line(p_seat app.seats) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select o.submission_id from app.seats o where o.repeats = p_seat.submission_id
    and o.jornada_id = p_seat.jornada_id) || p_seat.submission_id;
end $$;

-- Deletes the note that counted, with the departures that the same member noted, and lets the next one count: an arrival,
-- or a departure where nobody else noted an arrival. False when there is none.
create function app.fall_back_to_note(p_seat app.seats) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.registrations_of_line(p_seat);
  v_next app.door_notes;
begin
  delete from app.door_notes n where n.submission_id = any (v_ids) and n.jornada_id = p_seat.jornada_id
    and n.noted_by = p_seat.checked_in_by and (n.way = 'out' or n.at = p_seat.checked_in_at);
  select * into v_next from app.door_notes n where n.submission_id = any (v_ids) and n.jornada_id = p_seat.jornada_id
  order by n.way, n.received_at, n.at limit 1;
  if not found then return false; end if;
  update app.seats s set checked_in_at = v_next.at, checked_in_by = v_next.noted_by, left_at = app.departure_of(s, v_next.at)
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  return true;
end $$;

-- The arrivals that different phones noted of one person, the one that counts first: {at, by, door, folio}. `folio`: of
-- another registration of the same person. Null where they agree. Who came again after leaving is no clash.
create function app.arrival_clash(p_seat app.seats) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_ids uuid[] := app.registrations_of_line(p_seat);
begin
  return (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('at', n.at, 'by', app.staff_name(n.noted_by), 'door', n.door,
      'folio', case when n.submission_id <> p_seat.submission_id
        then (select u.folio from app.submissions u where u.id = n.submission_id) end))
      order by (n.at, n.noted_by) is distinct from (p_seat.checked_in_at, p_seat.checked_in_by), n.received_at, n.at)
    from app.door_notes n
    where n.submission_id = any (v_ids) and n.jornada_id = p_seat.jornada_id and n.way = 'in'
      and not exists (select from app.door_notes o where o.submission_id = n.submission_id and o.jornada_id = n.jornada_id
        and o.way = 'out' and o.at < n.at)
    having count(distinct concat_ws('|', n.noted_by, n.door, n.submission_id)) > 1);
end $$;

-- What a line of the door's list says beyond the seat.
create function app.noted_at_door(p_seat app.seats, p_walk_in boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when p_walk_in then '{"walk_in": true}'::jsonb else '{}' end
    || case when p_seat.online then '{"online": true}'::jsonb else '{}' end
    || case when p_seat.status = 'pending' then '{"pending": true}'::jsonb else '{}' end
    || case when p_seat.status = 'attended' then jsonb_strip_nulls(jsonb_build_object('left_at', p_seat.left_at,
      'clash', app.arrival_clash(p_seat))) else '{}' end;
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function, part_key)
values ('door.check_out', 'staff', 'check_out', app.door_keepers(), 'door_row', 'jornada_id'),
  ('door.undo_check_out', 'staff', 'undo_check_out', app.door_keepers(), 'door_row', 'jornada_id');
