-- What a registration is: the body, the post, and a seat for each day, as src/features/jornadas/registration.ts describes it.

create table app.registrations (
  submission_id uuid primary key references app.submissions on delete cascade,
  body_id uuid not null references app.sujetos_obligados,
  post text not null check (app.visible_length(post) between 1 and 120),
  person_key text,                  -- app.person_key: two registrations with one key are of one person
  confirmed_at timestamptz,         -- when its person was confirmed: by the address, or by staff on the telephone
  approved_at timestamptz,          -- when the institution approved its person, where the campaign asks for it
  group_of uuid references app.registrations on delete set null,   -- the registration whose person registered this one too
  reminded_at timestamptz,          -- when the letter was queued that says until when the seats are held
  walk_in boolean not null default false       -- registered at the door of its day (app.walk_in)
);
create index on app.registrations (body_id);
create index on app.registrations (group_of) where group_of is not null;
create index on app.registrations (person_key);
alter table app.registrations enable row level security;
comment on table app.registrations is
  'Personal data: body and post of a public servant; keyed hash of address and name. Readers: its author, who registered it in a group, staff of its'
  ' campaign; the hash, the server. Kept: with the submission; post and hash until app.erase_attendance. Deleted by: app.forget_records.';

-- A need may reveal health. It is kept apart, by express consent, and deleted once the days have passed.
create table app.accessibility_needs (
  submission_id uuid primary key references app.registrations on delete cascade,
  need text not null check (app.visible_length(need) between 1 and 500)
);
alter table app.accessibility_needs enable row level security;
comment on table app.accessibility_needs is
  'Personal data: a need that may reveal data of health. Readers: its author, coordinators and the door of the day.'
  ' Kept: until the last day of the registration is over. Deleted by: app.forget_needs.';

-- One person on one day. `position` is the order in which the lock of the jornada was granted. Beyond what phones know:
--   set_apart  received, without a seat or a place in the line until staff admit it (app.is_set_apart);
--   pending    a seat that is held until the institution approves its person (app.needs_approval);
--   repeated   its person holds `repeats` on this day with an earlier registration. Takes no seat, and its author sees
--              `shows`: what the day would have given, so that nobody learns who is registered.
create table app.seats (
  submission_id uuid not null references app.registrations on delete cascade,
  jornada_id uuid not null references app.jornadas,
  status text not null check (status in ('waiting', 'offered', 'confirmed', 'attended', 'cancelled', 'set_apart', 'pending', 'repeated')),
  position bigint not null,
  online boolean not null default false,   -- of the seats online of a day in both modalities, which have their own line
  came_from_online boolean not null default false,   -- its person came to the hall instead, and the door noted it
  received_at timestamptz not null,  -- of the submission, for lists in the order of arrival
  offer_until timestamptz,
  pass_code text,
  checked_in_at timestamptz,
  checked_in_by uuid,
  left_at timestamptz,              -- the departure that counts; null while inside, and where nobody noted one
  given_back boolean not null default false,   -- with the whole registration; undoing that queues it again
  called_off boolean not null default false,   -- the institution cancelled the day; its person may take another
  moved_to uuid references app.jornadas,       -- the day that was taken instead
  replaced_by uuid,                 -- the registration of the person who attends instead
  held_until timestamptz,           -- its person is unconfirmed: after it the seat goes to somebody who waits
  lapsed boolean not null default false,       -- lost like that: waits behind everybody who lost none
  over_limit boolean not null default false,   -- set apart because the body has as many people as the campaign takes
  asked_at timestamptz,             -- when its person was asked «¿Sigue viniendo?»
  keep_until timestamptz,           -- until when they answer; null once they did
  admitted_at timestamptz,          -- set apart until then; app.admit_marked gives it what it would have got
  repeats uuid,                     -- the submission whose seat counts
  shows text check (shows in ('confirmed', 'waiting', 'set_apart')),
  shown text not null generated always as (case when status in ('set_apart', 'pending') or (status = 'repeated' and shows = 'set_apart')
    then 'waiting' when status = 'repeated' then shows else status end) stored,   -- the status as phones know it
  primary key (submission_id, jornada_id),
  unique (jornada_id, position),
  check ((status = 'offered') = (offer_until is not null)),
  check ((status in ('confirmed', 'attended') or (status = 'repeated' and shows = 'confirmed')) = (pass_code is not null)),
  check (status <> 'repeated' or (repeats is not null and shows is not null)),
  check ((status = 'attended') = (checked_in_at is not null)),
  check (left_at is null or (status = 'attended' and left_at >= checked_in_at)),
  check (given_back <= (status = 'cancelled')),
  check (replaced_by is null or status = 'cancelled'),
  check (called_off <= (status = 'cancelled')),
  check (moved_to is null or called_off)
);
create index seats_of_a_day on app.seats (jornada_id, status, online, lapsed, position);
create index seats_shown on app.seats (jornada_id, shown, received_at, submission_id);
create index seats_held on app.seats (held_until) where held_until is not null;
create index seats_admitted on app.seats (admitted_at) where admitted_at is not null;
create index seats_repeated on app.seats (repeats) where repeats is not null;
create index seats_to_keep on app.seats (keep_until) where keep_until is not null;
create index seats_offered on app.seats (offer_until) where status = 'offered';
alter table app.seats enable row level security;
comment on table app.seats is
  'Personal data: which days somebody attended. Readers: its author, staff of its campaign, the door of the day.'
  ' Kept: with the submission; the hour of an arrival and who noted it until app.erase_attendance. Deleted by:'
  ' app.forget_records.';

create trigger log_piece after update or delete on app.seats
  for each row execute function app.log_submission_piece();
create trigger log_piece after delete on app.accessibility_needs
  for each row execute function app.log_submission_piece();

-- Seats that nobody else can take. An offered seat is reserved for the person it was offered to. p_online: those online of
-- a day in both modalities; every other day has one kind of seats, for which it is false.
create function app.seats_taken(p_jornada uuid, p_online boolean default false) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select count(*)::int from app.seats s where s.jornada_id = p_jornada and s.online = p_online
    and s.status in ('pending', 'confirmed', 'offered', 'attended'));
end $$;

create function app.capacity_of(p_jornada app.jornadas, p_online boolean) returns int
language plpgsql stable set search_path = '' as $$
begin
  return case when p_online then p_jornada.online_capacity else p_jornada.capacity end;
end $$;

create function app.seats_left(p_jornada app.jornadas, p_online boolean default false) returns int
language plpgsql stable set search_path = '' as $$
declare
  v_capacity int := app.capacity_of(p_jornada, p_online);
begin
  return (select greatest(v_capacity - app.seats_taken(p_jornada.id, p_online), 0) where v_capacity is not null);
end $$;

-- The free seats as everybody reads them (docs/decisions/0070): 0, or a lower bound that is the same for at least nine
-- figures in a row, so that whoever reads it again and again does not see each registration. 1: up to 9, or a hall of fewer
-- than 20; 10; then steps of a quarter of the hall. The highest step is as wide as the others.
create function app.seats_shown(p_left int, p_capacity int) returns int
language plpgsql immutable set search_path = '' as $$
declare
  v_step int := greatest(10, ceil(p_capacity / 40.0)::int * 10);
begin
  return case when p_left = 0 then 0 when p_left < 10 or p_capacity < 20 then 1
    else greatest(10, least(p_left / v_step, p_capacity / v_step - 1) * v_step) end;
end $$;

-- The status as phones know it. What is set apart waits.
create function app.shown_status(p_seat app.seats) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return p_seat.shown;
end $$;

-- The place in the waiting list, from 1; null for a seat that does not wait. Whoever is set apart counts for nobody else. Exact
-- up to 1,000 and for whoever lapsed; for the others behind them people who have left the line since still count, so that
-- nobody reads a place that is too good, and no read counts a long line.
create function app.waiting_place(p_seat app.seats) returns int
language plpgsql stable set search_path = '' as $$
declare
  v_first bigint[];
begin
  if app.shown_status(p_seat) is distinct from 'waiting' or p_seat.status = 'pending' then return null; end if;
  v_first := array(select s.position from app.seats s where s.jornada_id = p_seat.jornada_id and s.status = 'waiting'
      and s.online = p_seat.online and (s.lapsed, s.position) <= (p_seat.lapsed, p_seat.position)
    order by s.lapsed, s.position limit case when not p_seat.lapsed then 1000 end);
  return (p_seat.status <> 'waiting')::int + case when p_seat.lapsed or cardinality(v_first) < 1000
    then cardinality(v_first) else 1000 + p_seat.position - v_first[1000] end;
end $$;

-- The seats online of a day in both modalities: {capacity, seats_left}. Nothing for any other day, and phones of before know
-- its place alone.
create function app.online_part(p_jornada app.jornadas, p_left int) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when p_jornada.online_capacity is null then '{}' else jsonb_build_object('online', jsonb_build_object(
    'capacity', p_jornada.online_capacity, 'seats_left', case when p_jornada.cancelled_at is null then p_left end)) end;
end $$;

-- A day as everybody reads it.
create function app.jornada_row(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_jornada.id, 'group_id', p_jornada.group_id, 'position', p_jornada.position,
    'title', p_jornada.title, 'speaker', p_jornada.speaker, 'speaker_post', p_jornada.speaker_post,
    'on_day', p_jornada.on_day, 'starts_at', p_jornada.starts_at, 'ends_at', p_jornada.ends_at,
    'place', p_jornada.place, 'address', p_jornada.address, 'accessibility', p_jornada.accessibility,
    'modality', p_jornada.modality, 'capacity', p_jornada.capacity,
    'seats_left', case when p_jornada.cancelled_at is null
      then app.seats_shown(app.seats_left(p_jornada), p_jornada.capacity) end,
    'sample', p_jornada.sample, 'sequence', p_jornada.sequence,
    'cancelled_at', p_jornada.cancelled_at, 'cancel_reason', p_jornada.cancel_reason)
    || app.online_part(p_jornada, app.seats_shown(app.seats_left(p_jornada, true), p_jornada.online_capacity));
end $$;

-- A day as staff read it: with how many seats are free.
create function app.staff_jornada_row(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return app.jornada_row(p_jornada)
    || jsonb_build_object('seats_left', case when p_jornada.cancelled_at is null then app.seats_left(p_jornada) end)
    || app.online_part(p_jornada, app.seats_left(p_jornada, true)) || app.if_given('online_capacity', p_jornada.online_capacity);
end $$;

create function app.jornada_details(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object(
    'groups', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'class_keys',
        coalesce((select jsonb_agg(c.class_key order by b.position) from app.group_classes c
          join app.body_classes b on b.key = c.class_key where c.group_id = g.id), '[]')) order by g.position)
      from app.jornada_groups g where g.convocatoria_id = p_convocatoria), '[]'),
    'jornadas', coalesce((select jsonb_agg(app.jornada_row(j) order by g.position, j.position)
      from app.jornadas j join app.jornada_groups g on g.id = j.group_id
      where j.convocatoria_id = p_convocatoria), '[]'),
    'changes', app.public_changes(p_convocatoria)) || app.constancia_rule_of(p_convocatoria)
    || app.registration_rules_of(p_convocatoria) || app.survey_of(p_convocatoria);
end $$;

-- Until when the seat is held, that it was lost like that, that it waits for staff, its signed pass. Keys come only where they say
-- something: older phones do not know them. Staff also read which folio a repeated seat repeats.
create function app.seat_extras(p_seat app.seats, p_for_author boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_strip_nulls(jsonb_build_object('held_until', p_seat.held_until, 'lapsed', nullif(p_seat.lapsed, false),
    'pass_signed', case when p_for_author then app.signed_pass(p_seat) end,
    'pending', case when p_seat.status = 'pending' then true end, 'over_limit', nullif(p_seat.over_limit, false),
    'keep_until', case when p_seat.status = 'confirmed' then p_seat.keep_until end,
    'online', nullif(p_seat.online, false), 'substituted', case when p_seat.replaced_by is not null then true end,
    'set_apart', nullif('set_apart' in (p_seat.status, coalesce(p_seat.shows, '')) and p_seat.status <> 'cancelled', false),
    'surveyed', case when p_for_author then nullif(exists (select from app.survey_marks m
      where m.submission_id = p_seat.submission_id and m.jornada_id = p_seat.jornada_id), false) end,
    'repeats', case when p_seat.status = 'repeated' and not p_for_author
      then (select u.folio from app.submissions u where u.id = p_seat.repeats) end));
end $$;

create function app.seats_of(p_submission uuid, p_for_author boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('jornada_id', s.jornada_id, 'status', app.shown_status(s),
    'place', app.waiting_place(s), 'offer_until', s.offer_until, 'called_off', s.called_off, 'moved_to', s.moved_to,
    'pass_code', case when p_for_author then s.pass_code end,
    'link', case when p_for_author and app.shown_status(s) in ('confirmed', 'attended') and app.attends_online(j, s.online)
      and app.now() >= app.link_opens(j) then j.link end)
    || app.seat_extras(s, p_for_author) order by j.on_day, g.position, j.position), '[]')
  from app.seats s join app.jornadas j on j.id = s.jornada_id join app.jornada_groups g on g.id = j.group_id
  where s.submission_id = p_submission);
end $$;

create function app.registration_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('body_id', r.body_id, 'body_name', b.name, 'post', r.post,
    'accessibility', exists (select from app.accessibility_needs n where n.submission_id = r.submission_id),
     'seats', app.seats_of(r.submission_id, true), 'reminders', app.reminders_of(r.submission_id))
     || app.group_of(r.submission_id) || app.constancia_of(r.submission_id) || app.calendar_of(r.submission_id)
  from app.registrations r join app.sujetos_obligados b on b.id = r.body_id where r.submission_id = p_id);
end $$;

-- What staff see: the need, so that they can prepare for it, and never a pass.
create function app.registration_staff_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return app.registration_content(p_id) - 'calendar' || jsonb_build_object('seats', app.seats_of(p_id, false),
    'need', (select n.need from app.accessibility_needs n where n.submission_id = p_id),
    'confirmed_at', (select r.confirmed_at from app.registrations r where r.submission_id = p_id));
end $$;

create function app.registration_headline(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('part_label', b.name, 'excerpt', left((select string_agg(
      j.title || ': ' || app.jornada_when(j.on_day, null), ' · ' order by j.on_day, j.position)
    from app.seats s join app.jornadas j on j.id = s.jornada_id where s.submission_id = p_id), 140))
  from app.registrations r join app.sujetos_obligados b on b.id = r.body_id where r.submission_id = p_id);
end $$;

-- Of each class that may register: its group, how many bodies it has, and how many of them are registered.
create function app.registration_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('classes', (select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'name', f.name,
      'group_name', f.group_name, 'bodies', f.bodies, 'registered', f.registered) order by f.place, f.position), '[]')
    from (select c.key, c.name, c.position, g.name as group_name, g.position as place, count(b.id) as bodies,
        count(r.body_id) as registered
      from app.group_classes e join app.jornada_groups g on g.id = e.group_id join app.body_classes c on c.key = e.class_key
      left join app.sujetos_obligados b on b.class_key = c.key and b.active
      left join (select distinct o.body_id from app.submissions s join app.registrations o on o.submission_id = s.id
        where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.state <> 'withdrawn') r on r.body_id = b.id
      where e.convocatoria_id = p_convocatoria group by c.key, g.id) f));
end $$;

-- The seats of each day: {id, title, group_name, on_day, starts_at, capacity, cancelled} and the people of each kind, up to
-- 5,000 of a status. `held`: confirmed until a term ends, because the person is not confirmed. `capped`: some status has more.
create function app.seat_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('days', (select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'title', j.title,
      'group_name', g.name, 'on_day', j.on_day, 'starts_at', j.starts_at, 'capacity', j.capacity + coalesce(j.online_capacity, 0),
      'cancelled', j.cancelled_at is not null) || app.day_figures(j.id) order by j.on_day, g.position, j.position), '[]')
    from app.jornadas j join app.jornada_groups g on g.id = j.group_id where j.convocatoria_id = p_convocatoria));
end $$;

create function app.day_figures(p_jornada uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object(
      'confirmed', count(*) filter (where s.status = 'confirmed' and s.held_until is null),
      'pending', count(*) filter (where s.status = 'pending'),
      'held', count(*) filter (where s.status = 'confirmed' and s.held_until is not null),
      'offered', count(*) filter (where s.status = 'offered'), 'waiting', count(*) filter (where s.status = 'waiting'),
      'attended', count(*) filter (where s.status = 'attended'),
      'set_apart', count(*) filter (where s.status = 'set_apart'), 'capped', coalesce(bool_or(s.place = 5000), false))
    from unnest(array['confirmed', 'pending', 'offered', 'waiting', 'attended', 'set_apart']) t (status), lateral (
      select o.status, o.held_until, row_number() over () as place from app.seats o
      where o.jornada_id = p_jornada and o.status = t.status limit 5000) s);
end $$;

-- Erases the post, the constancias, the calendar's address, who registered, who noted an arrival or a departure and its hour. The body, the days and whether they were attended stay: they are
-- counted.
create function app.erase_registration(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.registrations r set post = 'Borrado', person_key = null where r.submission_id = p_id;
  delete from app.constancias c where c.submission_id = p_id;
  delete from app.calendar_addresses a where a.submission_id = p_id;
  delete from app.door_notes n where n.submission_id = p_id;
  update app.seats s set checked_in_by = null, left_at = null,
    checked_in_at = app.local_day(s.checked_in_at)::timestamp at time zone 'America/Mexico_City'
  where s.submission_id = p_id and s.checked_in_at is not null;
end $$;

-- Deletes accessibility needs, up to 500 a call, when no day is left that the person attends, that an undo could
-- restore, or that the institution called off and another day may replace.
create function app.forget_needs() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.accessibility_needs n where n.submission_id in (
      select o.submission_id from app.accessibility_needs o join app.submissions u on u.id = o.submission_id
      where not exists (select from app.seats s join app.jornadas j on j.id = s.jornada_id
        where s.submission_id = o.submission_id
          and (s.status <> 'cancelled' or s.called_off or (s.given_back and u.withdrawn_from is not null))
          and coalesce(j.on_day, app.local_day(j.cancelled_at) + 30, 'infinity') >= app.local_day(app.now())) limit 500)
    returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (2, 'needs_forgotten', 'forget_needs');
