-- What becomes of seats that nobody confirmed, of registrations that are set apart, and of those that repeat another.
-- All of it holds the locks of the days, as app.take_seat does.

-- What counts of a repeated registration once the seat that it repeats is given up: it takes over a seat in the same
-- state as it shows, and otherwise waits. The caller has released the former seat.
create function app.promote_repeated(p_former app.seats) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_next app.seats;
  v_seated boolean;
begin
  select * into v_next from app.seats s
  where s.repeats = p_former.submission_id and s.jornada_id = p_former.jornada_id and s.status = 'repeated'
  order by s.position limit 1;
  if not found or p_former.status = 'repeated' then return; end if;
  v_seated := v_next.shows = 'confirmed' and not app.needs_approval(v_next.submission_id) and p_former.status in ('confirmed', 'offered') and v_next.online = p_former.online;
  update app.seats s set repeats = null, shows = null,
    status = case when v_seated then 'confirmed' when v_next.shows = 'set_apart' then 'set_apart' else 'waiting' end,
    pass_code = case when v_seated then s.pass_code end, held_until = case when v_seated then s.held_until end,
    position = case when v_seated or v_next.shows <> 'confirmed' then s.position
      else (select max(o.position) + 1 from app.seats o where o.jornada_id = s.jornada_id) end
  where s.submission_id = v_next.submission_id and s.jornada_id = v_next.jornada_id;
  update app.seats s set repeats = v_next.submission_id
  where s.repeats = p_former.submission_id and s.jornada_id = p_former.jornada_id;
  perform app.touch_submission(v_next.submission_id);
end $$;

-- Gives a registration that was set apart what it would have got: its place in the order of arrival, or a seat when
-- nobody is before it.
create function app.admit_seat(p_seat app.seats) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set status = 'waiting', admitted_at = null, over_limit = false
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  if app.has_room(p_seat.jornada_id, p_seat.online)
    and (app.first_waiting(p_seat.jornada_id, p_seat.online)).submission_id = p_seat.submission_id then
    perform app.confirm_seat(p_seat.submission_id, p_seat.jornada_id);
  end if;
  perform app.announce_seats(p_seat.jornada_id);
  perform app.log_waiting_behind(p_seat.jornada_id, p_seat.online, p_seat.position);
  perform app.touch_submission(p_seat.submission_id);
end $$;

-- Admits on these days what staff released and whose person was confirmed, up to 500 seats a call, in the order of
-- arrival, and acknowledges it. The caller holds the locks of the days.
create function app.admit_on(p_days uuid[]) returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_people uuid[] := '{}';
  v_seat app.seats;
begin
  for v_seat in select s.* from app.seats s
    where s.admitted_at is not null and s.jornada_id = any (p_days) and s.status = 'set_apart'
    order by s.jornada_id, s.position limit 500 loop
    perform app.admit_seat(v_seat);
    v_people := v_people || v_seat.submission_id;
  end loop;
  perform app.mail_registration(p.id) from (select distinct unnest(v_people) as id) p;
  return cardinality(v_people);
end $$;

-- Does nothing while another transaction holds one of the days; the next call tries again.
create function app.admit_marked() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_days uuid[] := array(select distinct s.jornada_id from app.seats s where s.admitted_at is not null);
begin
  begin
    perform app.lock_jornadas(v_days);
  exception when lock_not_available then
    return 0;
  end;
  return app.admit_on(v_days);
end $$;

-- Writes to everybody whose seat is held for less than 20 hours more, once a term, up to 500 a call, unless the day has
-- begun. 20 hours leave a part of a working day.
create function app.remind_held() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_held record;
  v_count int := 0;
begin
  for v_held in select s.submission_id, min(s.held_until) as until, array_agg(s.jornada_id) as days
    from app.seats s join app.registrations r on r.submission_id = s.submission_id
    join app.jornadas j on j.id = s.jornada_id
    where s.held_until <= app.now() + interval '20 hours' and s.status in ('pending', 'confirmed') and r.reminded_at is null
      and not app.has_begun(j)
    group by s.submission_id order by until limit 500 loop
    update app.registrations r set reminded_at = app.now() where r.submission_id = v_held.submission_id;
    perform app.mail_held(v_held.submission_id, v_held.days, v_held.until);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Takes a seat from somebody unconfirmed, who waits from now on behind everybody else and keeps folio and answers, and
-- offers it to whoever is first. False when the person was confirmed meanwhile.
create function app.lapse_seat(p_seat app.seats) returns boolean
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set status = 'waiting', pass_code = null, held_until = null, lapsed = true,
    position = (select max(o.position) + 1 from app.seats o where o.jornada_id = p_seat.jornada_id)
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id and s.held_until <= app.now();
  if not found then return false; end if;
  perform app.record_event(s.id, 'system', 'seat_lapsed', s.state, s.state, p_message => format('Venció el plazo para '
    || 'confirmar su lugar y otra persona esperaba: %s. Usted está en la lista de espera con el mismo folio.',
    ltrim(app.jornada_line(j, p_seat.online), '· ')))
  from app.submissions s, app.jornadas j where s.id = p_seat.submission_id and j.id = p_seat.jornada_id;
  perform app.touch_submission(p_seat.submission_id);
  perform app.mail_seats(p_seat.submission_id, array[p_seat.jornada_id], 'unconfirmed');
  perform app.offer_seats(p_seat.jornada_id, p_seat.online);
  return true;
end $$;

-- The people of a day for whom a held seat may lapse: those who wait and lost none like that themselves. None once it is
-- too late to offer a seat.
create function app.waiting_for_held(p_jornada uuid, p_online boolean) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select case when app.offer_deadline(p_jornada) is null then 0 else count(*)::int end
    from app.seats s where s.jornada_id = p_jornada and s.online = p_online and s.status = 'waiting' and not s.lapsed);
end $$;

-- Passes seats whose term is over to people who wait, no more than wait, those whose term ended first; up to 500 a call.
-- A reminder was queued at least two hours before, also after the server stood still. A repeated seat whose term is over
-- takes the same course. Does nothing while another transaction holds one of the days; the next call tries again.
create function app.lapse_holds() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_lines text[] := array(select concat(d.id, ':', d.online) from (select distinct s.jornada_id as id, s.online from app.seats s
    where s.held_until <= app.now()) d where app.waiting_for_held(d.id, d.online) > 0);
  v_days uuid[] := array(select distinct split_part(l.line, ':', 1)::uuid from unnest(v_lines) l (line));
  v_seat app.seats;
  v_count int := 0;
begin
  begin
    perform app.lock_jornadas(v_days);
  exception when lock_not_available then
    return 0;
  end;
  for v_seat in select s.* from app.seats s join app.registrations r on r.submission_id = s.submission_id
    where s.held_until <= app.now() and s.jornada_id = any (v_days) and s.status in ('pending', 'confirmed')
      and r.reminded_at <= app.now() - interval '2 hours'
    order by s.held_until, s.position limit 500 loop
    if app.waiting_for_held(v_seat.jornada_id, v_seat.online) > 0 and app.lapse_seat(v_seat) then v_count := v_count + 1; end if;
  end loop;
  update app.seats s set shows = 'waiting', pass_code = null, held_until = null, lapsed = true
  where s.held_until <= app.now() and s.jornada_id = any (v_days) and s.status = 'repeated'
    and concat(s.jornada_id, ':', s.online) = any (v_lines);
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (3, 'seats_admitted', 'admit_marked'),
  (4, 'held_reminded', 'remind_held'), (6, 'holds_lapsed', 'lapse_holds');
