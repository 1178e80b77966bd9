-- «¿Sigue viniendo?»: where a campaign asks it and somebody waits, people with a seat are asked shortly before the day. A tap
-- keeps the seat. Silence gives it up only where the campaign says so, and only to somebody who waits.

create function app.mail_asked(p_submission uuid, p_jornada uuid, p_until timestamptz, p_frees boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(p_submission, '¿Sigue viniendo?', format(E'Usted tiene lugar en esta jornada y otras personas '
    || E'esperan uno:\n\n%s\n\nAbra su enlace privado y toque «Sí, voy a ir». Si no puede ir, cancele el día para que otra '
    || E'persona lo ocupe.\n\n%s', app.jornada_line(j, s.online), case when p_frees
      then format('Si no contesta antes del %s, su lugar pasará a quien espera.', app.spanish_instant(p_until))
      else 'Si no contesta, conserva su lugar.' end), 'deadline', p_until)
  from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = p_submission and s.jornada_id = p_jornada;
end $$;

-- Asks everybody with a confirmed seat of a line in which somebody waits, once for a day, up to 500 a call. The term is that of an
-- offer, so that who waits can still be offered the seat.
create function app.ask_again() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_asked record;
  v_count int := 0;
begin
  for v_asked in select s.submission_id, s.jornada_id, l.silence_frees,
      least(app.next_business_hour(app.now()), app.day_begins(j) - j.offer_ends_before - interval '1 hour') as until
    from app.registration_rules l join app.jornadas j on j.convocatoria_id = l.convocatoria_id and j.cancelled_at is null
    join app.seats s on s.jornada_id = j.id and s.status = 'confirmed' and s.held_until is null and s.asked_at is null
    where l.ask_days is not null and app.day_begins(j) <= app.now() + l.ask_days * interval '1 day'
      and app.day_begins(j) - j.offer_ends_before - interval '2 hours' > app.now()
      and app.waiting_for_held(j.id, s.online) > 0
    order by s.jornada_id, s.position limit 500 loop
    update app.seats s set asked_at = app.now(), keep_until = v_asked.until
    where s.submission_id = v_asked.submission_id and s.jornada_id = v_asked.jornada_id and s.status = 'confirmed';
    continue when not found;
    perform app.touch_submission(v_asked.submission_id);
    perform app.mail_asked(v_asked.submission_id, v_asked.jornada_id, v_asked.until, v_asked.silence_frees);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- The person comes. A repeated call changes nothing, and neither does one of a seat that nobody asked about.
create function public.keep_seat(p_folio text, p_secret text, p_jornada uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
begin
  perform app.lock_submission(v_id, null);
  if not exists (select from app.seats s where s.submission_id = v_id and s.jornada_id = p_jornada
    and s.status in ('confirmed', 'attended')) then
    perform app.refuse('seat_not_confirmed', 'jornada_id', 409);
  end if;
  update app.seats s set keep_until = null
  where s.submission_id = v_id and s.jornada_id = p_jornada and s.keep_until is not null;
  if found then perform app.touch_submission(v_id); end if;
  return '{"kept": true}';
end $$;
grant execute on function public.keep_seat(text, text, uuid) to anon, authenticated;

-- Gives up the seats of those who did not answer in time, no more than wait for them, those whose term ended first; up to
-- 500 a call. Does nothing while another transaction holds one of the days; the next call tries again.
create function app.free_silent() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_days uuid[] := array(select distinct s.jornada_id from app.seats s join app.jornadas j on j.id = s.jornada_id
    join app.registration_rules l on l.convocatoria_id = j.convocatoria_id and l.silence_frees
    where s.keep_until <= app.now());
  v_seat app.seats;
  v_count int := 0;
begin
  begin
    perform app.lock_jornadas(v_days);
  exception when lock_not_available then
    return 0;
  end;
  for v_seat in select s.* from app.seats s where s.keep_until <= app.now() and s.jornada_id = any (v_days)
    and s.status = 'confirmed' order by s.keep_until, s.position limit 500 loop
    continue when app.waiting_for_held(v_seat.jornada_id, v_seat.online) = 0;
    perform app.release_seat(v_seat, false);
    perform app.touch_submission(v_seat.submission_id);
    perform app.record_event(u.id, 'system', 'seat_not_kept', u.state, u.state, p_message => format('No nos llegó su respuesta '
      || 'a tiempo y otra persona esperaba: %s.', ltrim(app.jornada_line(j, v_seat.online), '· ')))
    from app.submissions u, app.jornadas j where u.id = v_seat.submission_id and j.id = v_seat.jornada_id;
    perform app.mail_seats(v_seat.submission_id, array[v_seat.jornada_id], 'not_kept');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (9, 'asked_again', 'ask_again'), (8, 'silent_freed', 'free_silent');
