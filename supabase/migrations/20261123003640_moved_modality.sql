-- A person of a day in both modalities goes over to the other one. Nobody keeps anything there: whoever has a seat gets one
-- only where it is free at once, and keeps the former one otherwise; whoever waits goes to the end of the other line.

create function app.mail_moved_modality(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(s.submission_id, 'Cambió de modalidad', format(E'Ahora asiste %s:\n\n%s: %s',
    case when s.online then 'en línea' else 'en persona' end, app.jornada_line(j, s.online), app.seat_words(s)), 'notice')
  from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = p_submission and s.jornada_id = p_jornada;
end $$;

-- Refuses a day that is no longer in both modalities or has begun, and a seat where none is free. What repeats another
-- registration is answered as it would be by itself.
create function app.check_modality_move(p_seat app.seats, p_online boolean) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_day app.jornadas;
begin
  select * into v_day from app.jornadas j where j.id = p_seat.jornada_id;
  if v_day.id is null or p_seat.status = 'cancelled' then
    perform app.refuse('seat_unknown', 'jornada_id', 404);
  elsif v_day.online_capacity is null then
    perform app.refuse('transition_invalid', null, 409);
  elsif app.has_begun(v_day) or p_seat.status = 'attended' then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  elsif (app.shown_status(p_seat) in ('confirmed', 'offered') or p_seat.status = 'pending') and not app.is_free(v_day.id, p_online) then
    perform app.refuse('no_free_seat', 'jornada_id', 409);
  end if;
end $$;

-- The caller holds the lock of the day and has checked the move. Who was offered a seat, or waited, is confirmed where one
-- is free; who was confirmed stays so.
create function app.move_modality(p_seat app.seats, p_online boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set online = p_online,
    position = (select max(o.position) + 1 from app.seats o where o.jornada_id = s.jornada_id),
    status = case when p_seat.status = 'offered' then 'waiting' else s.status end, offer_until = null
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  if p_seat.status in ('waiting', 'offered') and app.has_room(p_seat.jornada_id, p_online)
    and (app.first_waiting(p_seat.jornada_id, p_online)).submission_id = p_seat.submission_id then
    perform app.confirm_seat(p_seat.submission_id, p_seat.jornada_id);
  elsif p_seat.status = 'repeated' and p_seat.shows = 'waiting' and app.is_free(p_seat.jornada_id, p_online) then
    perform app.confirm_seat(p_seat.submission_id, p_seat.jornada_id);
    update app.seats s set status = 'repeated', shows = case s.status when 'pending' then 'waiting' else 'confirmed' end
    where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  end if;
  if p_seat.status = 'waiting' then
    perform app.log_waiting_behind(p_seat.jornada_id, p_seat.online, p_seat.position);
  else
    perform app.offer_seats(p_seat.jornada_id, p_seat.online);
  end if;
  perform app.announce_seats(p_seat.jornada_id);
end $$;

-- The folio's secret is the proof. A repeated call changes nothing. Answers {status, place} of the seat after it.
create function public.change_modality(p_folio text, p_secret text, p_jornada uuid, p_online boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
  v_submission app.submissions;
  v_seat app.seats;
begin
  if p_online is null then perform app.refuse('malformed_op', 'p_online', 400); end if;
  v_submission := app.lock_submission(v_id, null);
  select * into v_seat from app.seats s where s.submission_id = v_id and s.jornada_id = p_jornada;
  if v_submission.state = 'withdrawn' then perform app.refuse('seat_unknown', 'jornada_id', 404); end if;
  if v_seat.online is distinct from p_online then
    perform app.check_modality_move(v_seat, p_online);
    perform app.count_choice(v_id);
    perform app.move_modality(v_seat, p_online);
    perform app.touch_submission(v_id);
    perform app.mail_moved_modality(v_id, p_jornada);
  end if;
  return (select jsonb_build_object('status', app.shown_status(s), 'place', app.waiting_place(s)) from app.seats s
    where s.submission_id = v_id and s.jornada_id = p_jornada);
end $$;
grant execute on function public.change_modality(text, text, uuid, boolean) to anon, authenticated;
