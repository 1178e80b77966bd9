-- Who has a seat. Everything that changes the seats of a jornada holds its lock until it commits, so
-- capacity is counted by one transaction at a time, and a position is the order in which the lock was granted.

-- One order for everybody: who needs several days never waits for who needs the same ones.
create function app.hold_jornadas(p_jornadas uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
begin
  for v_id in select distinct t.id from unnest(p_jornadas) t (id) order by t.id loop
    perform pg_advisory_xact_lock(hashtextextended('jornada:' || v_id, 0));
  end loop;
end $$;

create function app.hold_seats(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.hold_jornadas(array(select s.jornada_id from app.seats s where s.submission_id = p_submission));
end $$;

create function app.has_room(p_jornada uuid) returns boolean
language sql stable set search_path = '' as $$
  select j.capacity is null or app.seats_taken(j.id) < j.capacity from app.jornadas j where j.id = p_jornada
$$;

create function app.touch_submission(p_submission uuid) returns void
language sql volatile set search_path = '' as $$
  update app.submissions s set version = s.version + 1 where s.id = p_submission
$$;

-- Everybody hears of seats in five steps, from free to full: a row for each seat would be read by each phone.
create function app.announce_seats(p_jornada uuid) returns void
language sql volatile set search_path = '' as $$
  update app.jornadas j set fullness = f.fullness
  from (select i.id, 4 - ceil(4.0 * app.seats_left(i) / i.capacity)::int as fullness from app.jornadas i
    where i.id = p_jornada) f
  where j.id = f.id and j.fullness is distinct from f.fullness
$$;

-- Who waits behind a position that was left has moved up.
create function app.log_line(p_jornada uuid, p_position bigint) returns void
language sql volatile set search_path = '' as $$
  select app.log_change('mine:' || s.submission_id, 'submission', s.submission_id::text)
  from app.seats s where s.jornada_id = p_jornada and s.status = 'waiting' and s.position > p_position
$$;

create function app.confirm_seat(p_submission uuid, p_jornada uuid) returns void
language sql volatile set search_path = '' as $$
  update app.seats s set status = 'confirmed', offer_until = null,
    pass_code = encode(extensions.gen_random_bytes(10), 'hex')
  where s.submission_id = p_submission and s.jornada_id = p_jornada
$$;

-- A place at the end of the line; confirmed where there is room and nobody waits.
create function app.take_seat(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_position bigint := coalesce((select max(s.position) from app.seats s where s.jornada_id = p_jornada), 0) + 1;
  v_direct boolean := app.has_room(p_jornada)
    and not exists (select from app.seats s where s.jornada_id = p_jornada and s.status = 'waiting');
begin
  insert into app.seats as s (submission_id, jornada_id, status, position)
  values (p_submission, p_jornada, 'waiting', v_position)
  on conflict (submission_id, jornada_id)
    do update set status = 'waiting', position = excluded.position, given_back = false;
  if v_direct then perform app.confirm_seat(p_submission, p_jornada); end if;
  perform app.announce_seats(p_jornada);
end $$;

create function app.first_waiting(p_jornada uuid) returns app.seats
language sql stable set search_path = '' as $$
  select s.* from app.seats s where s.jornada_id = p_jornada and s.status = 'waiting' order by s.position limit 1
$$;

-- Until when a seat that is free now may be offered; null: it is too late, or it would end before it began.
create function app.offer_deadline(p_jornada uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select d.until from app.jornadas j, lateral (select least(app.now() + j.offer_for,
    coalesce(j.starts_at, j.on_day::timestamp at time zone 'America/Mexico_City') - j.offer_ends_before) as until) d
  where j.id = p_jornada and d.until > app.now()
$$;

-- Each free seat is offered to the first who waits, with a letter.
create function app.offer_seats(p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_until timestamptz := app.offer_deadline(p_jornada);
  v_seat app.seats;
begin
  while v_until is not null and app.has_room(p_jornada) loop
    select * into v_seat from app.first_waiting(p_jornada);
    exit when v_seat.submission_id is null;
    update app.seats s set status = 'offered', offer_until = v_until
    where s.submission_id = v_seat.submission_id and s.jornada_id = p_jornada;
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_seats(v_seat.submission_id, array[p_jornada], 'offered');
    perform app.log_line(p_jornada, v_seat.position);
  end loop;
  perform app.announce_seats(p_jornada);
end $$;

-- When there is room for more: who waits is confirmed, in order.
create function app.confirm_waiting(p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
begin
  while app.has_room(p_jornada) loop
    select * into v_seat from app.first_waiting(p_jornada);
    exit when v_seat.submission_id is null;
    perform app.confirm_seat(v_seat.submission_id, p_jornada);
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_seats(v_seat.submission_id, array[p_jornada], 'confirmed');
    perform app.log_line(p_jornada, v_seat.position);
  end loop;
  perform app.announce_seats(p_jornada);
end $$;

-- Gives a seat back, or leaves the line. `p_given_back`: with the whole registration, which can be undone.
create function app.release_seat(p_seat app.seats, p_given_back boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set status = 'cancelled', offer_until = null, pass_code = null, given_back = p_given_back
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  if p_seat.status = 'waiting' then
    perform app.log_line(p_seat.jornada_id, p_seat.position);
  else
    perform app.offer_seats(p_seat.jornada_id);
  end if;
end $$;
