-- A session online has no door: opening its link notes the arrival. Nobody has the link earlier than an hour before.

-- The answer {link}, for whoever has a seat online: from an hour before the day to its end. The folio's secret is the proof. A repeated call
-- gives the link again and notes nothing. Where the same person registered twice, the seat that counts is attended.
create function public.join_day(p_folio text, p_secret text, p_jornada uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
  v_day app.jornadas;
  v_seat app.seats;
begin
  perform app.lock_submission(v_id, null);
  select * into v_day from app.jornadas j where j.id = p_jornada;
  select * into v_seat from app.seats s where s.submission_id = v_id and s.jornada_id = p_jornada;
  if v_seat.submission_id is null then
    perform app.refuse('seat_unknown', 'jornada_id', 404);
  elsif v_day.cancelled_at is not null then
    perform app.refuse('jornada_cancelled', 'jornada_id', 409);
  elsif v_seat.pass_code is null or not app.attends_online(v_day, v_seat.online) then
    perform app.refuse('seat_not_confirmed', 'jornada_id', 409);
  elsif v_day.link is null then
    perform app.refuse('transition_invalid', 'link', 409);
  elsif coalesce(app.now() < app.link_opens(v_day), true) then
    perform app.refuse('check_in_early', 'jornada_id', 409);
  elsif app.now() >= coalesce(v_day.ends_at, app.end_of_day(v_day.on_day)) then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  end if;
  update app.seats s set status = 'attended', held_until = null, checked_in_at = app.now()
  where s.submission_id = coalesce(v_seat.repeats, v_id) and s.jornada_id = p_jornada and s.status = 'confirmed'
  returning s.* into v_seat;
  if found then perform app.touch_submission(v_seat.submission_id); end if;
  return jsonb_build_object('link', v_day.link);
end $$;
grant execute on function public.join_day(text, text, uuid) to anon, authenticated;
