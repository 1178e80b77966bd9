-- Who has a seat. A transaction that changes the seats of a jornada holds the jornada's lock until it commits:
-- only one transaction at a time counts the capacity, and a position is the order in which the lock was granted.

-- Locks jornadas in one order for every caller, so that two callers with several days cannot deadlock.
create function app.lock_jornadas(p_jornadas uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
begin
  for v_id in select distinct t.id from unnest(p_jornadas) t (id) order by t.id loop
    perform pg_advisory_xact_lock(hashtextextended('jornada:' || v_id, 0));
  end loop;
end $$;

create function app.lock_seats(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.lock_jornadas(array(select s.jornada_id from app.seats s where s.submission_id = p_submission));
end $$;

-- p_online: as in app.seats_taken; the same holds for each function below.
create function app.has_room(p_jornada uuid, p_online boolean default false) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select app.capacity_of(j, p_online) is null or app.seats_taken(j.id, p_online) < app.capacity_of(j, p_online)
    from app.jornadas j where j.id = p_jornada);
end $$;

-- A changed registration. Whoever registered it in a group reads the change with theirs.
create function app.touch_submission(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.submissions s set version = s.version + 1 where s.id = p_submission;
  perform app.log_submission_change(r.group_of) from app.registrations r
  where r.submission_id = p_submission and r.group_of is not null;
end $$;

-- Publishes the free seats of a jornada when the figure that everybody reads changes. Publishing every seat would tell who
-- reads again and again of each registration, and make each phone read each change.
create function app.announce_seats(p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.jornadas j set seats_shown = f.shown, online_shown = f.online_shown
  from (select i.id, app.seats_shown(app.seats_left(i), i.capacity) as shown,
      app.seats_shown(app.seats_left(i, true), i.online_capacity) as online_shown
    from app.jornadas i where i.id = p_jornada) f
  where j.id = f.id and (coalesce(j.seats_shown, app.seats_shown(j.capacity, j.capacity)),
    coalesce(j.online_shown, app.seats_shown(j.online_capacity, j.online_capacity)))
    is distinct from (f.shown, f.online_shown);
end $$;

-- Logs a change for the next 1,000 who wait behind a position that became free: their place moved up. So did that of
-- everybody who waits because a held seat lapsed. Those farther back read theirs with their next change; until then it is
-- too high.
create function app.log_waiting_behind(p_jornada uuid, p_online boolean, p_position bigint) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_submission_change(b.submission_id) from (select s.submission_id from app.seats s
    where s.jornada_id = p_jornada and s.online = p_online and s.status = 'waiting'
      and (s.position > p_position or s.lapsed)
    order by s.lapsed, s.position limit 1000) b;
end $$;

-- Gives a seat. That of somebody unconfirmed is held until the same hour of the next business day, counted from now. Where
-- the institution approves people first, it is held for that, without a pass.
create function app.confirm_seat(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_pending boolean := app.needs_approval(p_submission);
begin
  update app.seats s set status = case when v_pending then 'pending' else 'confirmed' end, offer_until = null, lapsed = false,
    keep_until = null, pass_code = case when not v_pending then encode(extensions.gen_random_bytes(10), 'hex') end,
    held_until = case when r.confirmed_at is null then app.next_business_hour(app.now()) end
  from app.registrations r
  where s.submission_id = p_submission and s.jornada_id = p_jornada and r.submission_id = p_submission;
  update app.registrations r set reminded_at = null   -- each term has one reminder
  where r.submission_id = p_submission and r.reminded_at is not null and r.confirmed_at is null;
end $$;

-- Whether who asks now gets a seat at once: there is room, and nobody waits.
create function app.is_free(p_jornada uuid, p_online boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return app.has_room(p_jornada, p_online) and (app.first_waiting(p_jornada, p_online)).submission_id is null;
end $$;

-- Whether somebody asks for a seat online of a day in both modalities. Null: as they asked before.
create function app.in_online_line(p_submission uuid, p_jornada uuid, p_online boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.jornadas j where j.id = p_jornada and j.online_capacity is not null)
    and coalesce(p_online, (select s.online from app.seats s
      where s.submission_id = p_submission and s.jornada_id = p_jornada), false);
end $$;

-- Takes a place at the end of the line. It is confirmed when there is room and nobody waits. What is over the cap of its
-- body is set apart. The day of a person who already has a seat there, or awaits one, is repeated: it does all the same,
-- and takes nothing. p_online: of a day in both modalities, whether the seat is one online; null keeps what the person asked
-- for before, and otherwise is the place. On any other day it says nothing.
create function app.take_seat(p_submission uuid, p_jornada uuid, p_online boolean default null) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_position bigint := coalesce((select max(s.position) from app.seats s where s.jornada_id = p_jornada), 0) + 1;
  v_online boolean := app.in_online_line(p_submission, p_jornada, p_online);
  v_first uuid := app.seated_before(p_submission, p_jornada);
  v_over boolean := coalesce(app.is_over_limit(p_submission, p_jornada), false);
  v_gets text := case when v_over or app.is_set_apart(p_submission, p_jornada) then 'set_apart'
    when app.is_free(p_jornada, v_online) then 'confirmed' else 'waiting' end;
begin
  insert into app.seats as s (submission_id, jornada_id, status, position, online, over_limit, received_at)
  select u.id, p_jornada, case when v_gets = 'set_apart' then v_gets else 'waiting' end, v_position, v_online, v_over, u.received_at
  from app.submissions u where u.id = p_submission
  on conflict (submission_id, jornada_id)
    do update set status = excluded.status, position = excluded.position, online = excluded.online,
      over_limit = excluded.over_limit, asked_at = null, keep_until = null, given_back = false, called_off = false,
      moved_to = null, replaced_by = null, lapsed = false, held_until = null, admitted_at = null, repeats = null, shows = null;
  if v_gets = 'confirmed' then perform app.confirm_seat(p_submission, p_jornada); end if;
  update app.seats s set status = 'repeated', repeats = v_first,
    shows = case when s.status = 'pending' then 'waiting' else v_gets end
  where s.submission_id = p_submission and s.jornada_id = p_jornada and v_first is not null;
  perform app.announce_seats(p_jornada);
end $$;

create function app.first_waiting(p_jornada uuid, p_online boolean) returns app.seats
language plpgsql stable set search_path = '' as $$
begin
  return (select s from app.seats s where s.jornada_id = p_jornada and s.online = p_online and s.status = 'waiting'
    order by s.lapsed, s.position limit 1);
end $$;

-- When an offer made now must end; null when the jornada has begun or is too near.
create function app.offer_deadline(p_jornada uuid) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (select d.until from app.jornadas j, lateral (select least(app.now() + j.offer_for,
    coalesce(j.starts_at, j.on_day::timestamp at time zone 'America/Mexico_City') - j.offer_ends_before) as until) d
  where j.id = p_jornada and d.until > app.now());
end $$;

-- Offers each free seat to the first person who waits, and writes to them.
create function app.offer_seats(p_jornada uuid, p_online boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_until timestamptz := app.offer_deadline(p_jornada);
  v_seat app.seats;
begin
  while v_until is not null and app.has_room(p_jornada, p_online) loop
    select * into v_seat from app.first_waiting(p_jornada, p_online);
    exit when v_seat.submission_id is null;
    update app.seats s set status = 'offered', offer_until = v_until
    where s.submission_id = v_seat.submission_id and s.jornada_id = p_jornada;
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_seats(v_seat.submission_id, array[p_jornada], 'offered');
    perform app.log_waiting_behind(p_jornada, p_online, v_seat.position);
  end loop;
  perform app.announce_seats(p_jornada);
end $$;

-- Tells of a seat that was given: confirmed, or held for the institution's approval.
create function app.mail_given(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_seats(p_submission, array[p_jornada], s.status) from app.seats s
  where s.submission_id = p_submission and s.jornada_id = p_jornada;
end $$;

-- Confirms waiting people in order while there is room. Serves a capacity that grew.
create function app.confirm_waiting(p_jornada uuid, p_online boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
begin
  while app.has_room(p_jornada, p_online) loop
    select * into v_seat from app.first_waiting(p_jornada, p_online);
    exit when v_seat.submission_id is null;
    perform app.confirm_seat(v_seat.submission_id, p_jornada);
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_given(v_seat.submission_id, p_jornada);
    perform app.log_waiting_behind(p_jornada, p_online, v_seat.position);
  end loop;
  perform app.announce_seats(p_jornada);
end $$;

-- Gives up a seat or a place in the line. p_given_back: the whole registration was withdrawn, which can be
-- undone. Where the same person registered twice, the other registration counts from now on.
create function app.release_seat(p_seat app.seats, p_given_back boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set status = 'cancelled', offer_until = null, pass_code = null, given_back = p_given_back,
    held_until = null, lapsed = false, over_limit = false, admitted_at = null, repeats = null, shows = null
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  perform app.promote_repeated(p_seat);
  perform app.admit_within_limit(p_seat);
  if p_seat.status = 'waiting' then
    perform app.log_waiting_behind(p_seat.jornada_id, p_seat.online, p_seat.position);
  else
    perform app.offer_seats(p_seat.jornada_id, p_seat.online);
  end if;
end $$;

-- Passes expired offers on to the next person, up to 500 a call. Does nothing while another transaction holds one
-- of the days; the next call tries again.
create function app.lapse_offers() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_days uuid[] := array(select distinct s.jornada_id from app.seats s
    where s.status = 'offered' and s.offer_until <= app.now());
  v_seat app.seats;
  v_count int := 0;
begin
  begin
    perform app.lock_jornadas(v_days);
  exception when lock_not_available then
    return 0;
  end;
  for v_seat in select s.* from app.seats s
    where s.jornada_id = any (v_days) and s.status = 'offered' and s.offer_until <= app.now()
    order by s.jornada_id, s.position limit 500 loop
    perform app.release_seat(v_seat, false);
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_seats(v_seat.submission_id, array[v_seat.jornada_id], 'lapsed');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (1, 'offers_lapsed', 'lapse_offers');
