-- Somebody who comes without a registration. The door writes it, also without signal, and the server decides the seat when
-- it arrives: a free seat is theirs and they are in; without one they wait at the end of the line, behind everybody.

-- The notice that the person accepted: the campaign's present one, or a former one that people of this campaign accepted. A
-- phone without signal showed that, and nobody can ask the person again.
create function app.notice_at_door(p_op app.op, p_campaign app.convocatorias) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_shown uuid := app.parse_uuid(app.text_of(p_op.payload, 'notice_id'));
begin
  return case when exists (select from app.consents c join app.submissions s on s.id = c.submission_id
    where c.notice_id = v_shown and s.convocatoria_id = p_campaign.id) then v_shown else p_campaign.notice_id end;
end $$;

-- Who of this body already has or awaits a seat of the day, at its place, under this name, whatever its case and accents.
create function app.same_name_on_day(p_body uuid, p_name text, p_jornada uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select s.submission_id from app.registrations r join app.contacts c on c.submission_id = r.submission_id
    join app.seats s on s.submission_id = r.submission_id and s.jornada_id = p_jornada and s.status not in ('cancelled', 'repeated')
      and not s.online
    where r.body_id = p_body and app.person_key('', c.display_name) = app.person_key('', p_name) order by s.position limit 1);
end $$;

-- Lets a walk-in in who got a seat. Who is on the list already keeps that one seat: the walk-in repeats it, and its arrival
-- is noted there unless that person waits for a seat too. A place that is held for an approval is theirs: the door lets them in.
create function app.let_in(p_op app.op, p_first uuid, p_day uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
  v_at timestamptz;
begin
  if p_first is not null then
    update app.seats s set status = 'repeated', repeats = p_first, held_until = null,
      shows = s.status
    where s.submission_id = p_op.entity_id and s.jornada_id = p_day
      and s.status in ('waiting', 'set_apart', 'confirmed');
    perform app.announce_seats(p_day);
    perform app.approve_at_door(p_first, p_day);
    perform app.touch_submission(p_first);
  end if;
  select * into v_seat from app.seats s where s.submission_id = coalesce(p_first, p_op.entity_id) and s.jornada_id = p_day;
  if v_seat.status not in ('confirmed', 'attended') then return; end if;
  v_at := app.note_at_door(p_op, 'in');
  update app.seats s set status = 'attended', held_until = null, checked_in_at = v_at, checked_in_by = app.noter_of(p_op)
  where s.submission_id = v_seat.submission_id and s.jornada_id = p_day and s.status = 'confirmed';
end $$;

-- payload {jornada_id, body_id, display_name, post, notice_id, notice_hash, locale, consented_at, consents, at, door,
-- noted_by}. Its entity is the new registration. Nobody holds its private link. A repeated op changes nothing.
create function app.walk_in(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_day app.jornadas := app.day_at_door(p_op);
  v_name text := app.check_name(app.text_of(p_op.payload, 'display_name'));
  v_post text := app.text_of(p_op.payload, 'post');
  v_campaign app.convocatorias;
  v_body app.sujetos_obligados;
  v_first uuid;
begin
  if exists (select from app.submissions s where s.id = p_op.entity_id) then
    if not exists (select from app.review_events e where e.submission_id = p_op.entity_id and e.kind = 'received'
      and e.actor_id in (auth.uid(), app.noter_of(p_op))) then perform app.refuse('submission_unknown', null, 404); end if;
    return;
  end if;
  select * into v_campaign from app.convocatorias c where c.id = v_day.convocatoria_id and c.published;
  if not found then perform app.refuse('jornada_unknown', 'jornada_id', 404); end if;
  if v_name is null then perform app.refuse('name_required', 'display_name'); end if;
  v_body := app.check_sujeto_obligado(v_campaign.id, app.text_of(p_op.payload, 'body_id'), array[v_day.id]);
  v_post := case when app.visible_length(coalesce(v_post, '')) = 0 then 'Sin especificar' else app.check_post(v_post) end;
  v_campaign.notice_id := app.notice_at_door(p_op, v_campaign);
  perform app.check_consents(p_op.payload, v_campaign.notice_id);
  perform app.lock_open_jornadas(array[v_day.id]);
  if coalesce(app.now() < app.doors_open(v_day), true) then perform app.refuse('check_in_early', null, 409); end if;
  v_first := app.same_name_on_day(v_body.id, v_name, v_day.id);
  p_op.secret := app.new_token();
  p_op.payload := p_op.payload - 'email';
  if app.receive_submission(p_op, v_campaign, false, app.body_words(v_body), 'in_person') is null then return; end if;
  insert into app.registrations (submission_id, body_id, post, walk_in, confirmed_at, approved_at)
  values (p_op.entity_id, v_body.id, v_post, true, app.now(), app.now());   -- the door speaks with them, and lets them in
  perform app.take_seat(p_op.entity_id, v_day.id, false);
  perform app.let_in(p_op, v_first, v_day.id);
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function, part_key)
values ('door.walk_in', 'staff', 'walk_in', app.door_keepers(), 'door_row', 'jornada_id');
