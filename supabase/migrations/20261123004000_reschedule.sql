-- A coordinator announces a change of a day: its schedule, speaker, place, link or capacity, that it is called off, or
-- that it takes place after all. One transaction changes the day, its seats and its history, and writes the letters.

-- A text of the payload, trimmed; null when nothing of it is visible. A payload without the key, which an older app sends, keeps
-- the present text.
create function app.changed_text(p_payload jsonb, p_key text, p_present text, p_max int) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_text text := app.visible_text(app.text_of(p_payload, p_key));
begin
  if not p_payload ? p_key then return p_present; end if;
  if char_length(v_text) > p_max then perform app.refuse('schedule_invalid', p_key); end if;
  return v_text;
end $$;

-- The speaker, place and link as the payload describes them.
create function app.details_of(p_jornada app.jornadas, p_payload jsonb) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_new app.jornadas := p_jornada;
begin
  v_new.speaker := app.changed_text(p_payload, 'speaker', p_jornada.speaker, 160);
  v_new.speaker_post := app.changed_text(p_payload, 'speaker_post', p_jornada.speaker_post, 160);
  v_new.address := app.changed_text(p_payload, 'address', p_jornada.address, 300);
  v_new.accessibility := app.changed_text(p_payload, 'accessibility', p_jornada.accessibility, 500);
  v_new.link := app.changed_text(p_payload, 'link', p_jornada.link, 500);
  if v_new.speaker is null then
    perform app.refuse('schedule_invalid', 'speaker');
  elsif v_new.link !~ '^https://[^[:space:]]+$' then
    perform app.refuse('schedule_invalid', 'link');
  end if;
  return v_new;
end $$;

-- Whether more people have a seat than the day will have: of each modality where it keeps both, otherwise of all together.
create function app.is_too_small(p_before app.jornadas, p_after app.jornadas) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_here int := app.seats_taken(p_before.id);
  v_online int := app.seats_taken(p_before.id, true);
begin
  if p_after.online_capacity is null then return coalesce(p_after.capacity < v_here + v_online, false); end if;
  return case when p_before.modality = 'virtual' then coalesce(p_after.online_capacity < v_here, false)
    else coalesce(p_after.capacity < v_here or p_after.online_capacity < v_online, false) end;
end $$;

-- The modality and the seats online, which only a day at a place has besides. An older app does not know them and keeps
-- them, unless it puts the day online.
create function app.modality_of(p_jornada app.jornadas, p_payload jsonb) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_new app.jornadas := p_jornada;
begin
  v_new.modality := app.text_of(p_payload, 'modality');
  if v_new.modality not in ('presencial', 'virtual') then perform app.refuse('schedule_invalid', 'modality'); end if;
  if p_payload ? 'online_capacity' then v_new.online_capacity := app.int_of(p_payload, 'online_capacity'); end if;
  if v_new.modality is distinct from 'presencial' then v_new.online_capacity := null; end if;
  if v_new.online_capacity < 1 or (v_new.modality = 'presencial' and v_new.online_capacity is null
    and coalesce(jsonb_typeof(p_payload -> 'online_capacity'), 'null') <> 'null') then
    perform app.refuse('schedule_invalid', 'online_capacity');
  end if;
  return v_new;
end $$;

-- The jornada as the payload describes it. Refuses an invalid schedule and a capacity below the seats taken.
create function app.schedule_of(p_jornada app.jornadas, p_payload jsonb) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_day text := app.text_of(p_payload, 'on_day');
  v_new app.jornadas := app.modality_of(p_jornada, p_payload);
begin
  v_new.on_day := case when v_day ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(v_day, 'date') then v_day::date end;
  v_new.starts_at := app.parse_instant(app.text_of(p_payload, 'starts_at'));
  v_new.ends_at := app.parse_instant(app.text_of(p_payload, 'ends_at'));
  v_new.place := app.visible_text(app.text_of(p_payload, 'place'));
  v_new.capacity := app.int_of(p_payload, 'capacity');
  if (v_day is null) <> (v_new.on_day is null) then
    perform app.refuse('schedule_invalid', 'on_day');
  elsif (p_payload ->> 'starts_at' is null) <> (v_new.starts_at is null)
    or (v_new.starts_at is not null and app.local_day(v_new.starts_at) is distinct from v_new.on_day) then
    perform app.refuse('schedule_invalid', 'starts_at');
  elsif (p_payload ->> 'ends_at' is null) <> (v_new.ends_at is null)
    or (v_new.ends_at is not null and coalesce(v_new.ends_at <= v_new.starts_at, true)) then
    perform app.refuse('schedule_invalid', 'ends_at');
  elsif char_length(v_new.place) > 200 then
    perform app.refuse('schedule_invalid', 'place');
  elsif (coalesce(jsonb_typeof(p_payload -> 'capacity'), 'null') = 'null') <> (v_new.capacity is null)
    or v_new.capacity = 0 then
    perform app.refuse('schedule_invalid', 'capacity');
  elsif app.is_too_small(p_jornada, v_new) then
    perform app.refuse('capacity_too_small', 'capacity', 409);
  end if;
  return v_new;
end $$;

-- The reason, trimmed, at most 500 code points. Everybody with a seat reads it.
create function app.check_reason_given(p_reason text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_reason, '')) = 0 then
    perform app.refuse('reason_required', 'reason');
  elsif char_length(app.trimmed(p_reason)) > 500 then
    perform app.refuse('message_too_long', 'reason');
  end if;
  return app.trimmed(p_reason);
end $$;

-- The jornada that a coordinator's op names, locked, at the sequence that the coordinator saw.
create function app.lock_for_reschedule(p_op app.op) returns app.jornadas
language plpgsql volatile set search_path = '' as $$
declare
  v_jornada app.jornadas;
begin
  if not app.has_role(array['coordinator'],
    (select j.convocatoria_id from app.jornadas j where j.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  perform app.lock_jornadas(array[p_op.entity_id]);
  select * into v_jornada from app.jornadas j where j.id = p_op.entity_id for update;
  if not found then
    perform app.refuse('jornada_unknown', null, 404);
  elsif v_jornada.sequence <> p_op.expected_version then
    perform app.refuse('conflict', null, 409);
  elsif exists (select from app.seats s where s.jornada_id = v_jornada.id and s.status = 'attended') then
    perform app.refuse('jornada_past', null, 409);   -- people were checked in: it took place, unless staff undo that
  end if;
  return v_jornada;
end $$;

-- The line in which a seat stands after a change: a day in one modality has one line, and that of a day online stays
-- online when the day gets a place.
create function app.line_after(p_before app.jornadas, p_after app.jornadas, p_online boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return case when p_after.online_capacity is null then false when p_before.modality = 'virtual' then true
    else p_online end;
end $$;

-- Whether a line has more seats than before. What was one line, or becomes one, counts whole.
create function app.grew(p_before app.jornadas, p_after app.jornadas, p_online boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(coalesce(app.capacity_of(p_after, p_online), 2147483647) > case
    when p_before.online_capacity is null then p_before.capacity
    when p_after.online_capacity is not null then app.capacity_of(p_before, p_online)
    else p_before.capacity + p_before.online_capacity end, false);
end $$;

-- Adjusts seats to a change. Offers end in time for the new hour; without a day they keep their deadline. Added
-- capacity of a line goes to people who wait in it. app.is_too_small has counted the seats of lines that become one.
create function app.settle_seats(p_before app.jornadas, p_after app.jornadas) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_latest timestamptz := coalesce(p_after.starts_at, p_after.on_day::timestamp at time zone 'America/Mexico_City')
    - p_after.offer_ends_before;
  v_online boolean;
begin
  update app.seats s set offer_until = greatest(v_latest, app.now())
  where s.jornada_id = p_after.id and s.status = 'offered' and v_latest is not null
    and s.offer_until > greatest(v_latest, app.now());
  update app.seats s set online = app.line_after(p_before, p_after, s.online)
  where s.jornada_id = p_after.id and s.online <> app.line_after(p_before, p_after, s.online);
  foreach v_online in array case when p_after.online_capacity is null then '{false}' else '{false,true}' end::boolean[] loop
    if app.grew(p_before, p_after, v_online) then
      perform app.confirm_waiting(p_after.id, v_online);
    else
      perform app.offer_seats(p_after.id, v_online);
    end if;
  end loop;
end $$;

-- The day as it will be. `cancelled` in the payload calls it off or brings it back and changes nothing else; a payload
-- without it describes a day that takes place.
create function app.day_after(p_before app.jornadas, p_payload jsonb) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_after app.jornadas := p_before;
  v_was boolean := p_before.cancelled_at is not null;
  v_cancels jsonb := coalesce(nullif(p_payload -> 'cancelled', 'null'), to_jsonb(v_was));
  v_reason text := app.check_reason_given(app.text_of(p_payload, 'reason'));
begin
  if jsonb_typeof(v_cancels) <> 'boolean' then perform app.refuse('malformed_op', 'cancelled'); end if;
  if v_cancels = to_jsonb(v_was) then
    if v_was then perform app.refuse('jornada_cancelled', null, 409); end if;
    v_after := app.details_of(app.schedule_of(p_before, p_payload), p_payload);
    if v_after.on_day < app.local_day(app.now()) then perform app.refuse('jornada_past', 'on_day', 409); end if;
  else
    if app.has_begun(p_before) then perform app.refuse('jornada_past', null, 409); end if;
    v_after.cancelled_at := case when v_was then null else app.now() end;
    v_after.cancel_reason := case when v_was then null else v_reason end;
  end if;
  v_after.sequence := p_before.sequence + 1;
  return v_after;
end $$;

-- Takes every seat and place in the line back. Their people may take another day (app.move_day).
create function app.call_off_seats(p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_people uuid[] := array(select s.submission_id from app.seats s
    where s.jornada_id = p_jornada and s.status in ('pending', 'confirmed', 'offered', 'waiting', 'set_apart', 'repeated'));
begin
  update app.seats s set status = 'cancelled', offer_until = null, pass_code = null, called_off = true, held_until = null,
    lapsed = false, over_limit = false, admitted_at = null, shows = case when s.status in ('set_apart', 'repeated') then 'set_apart' end
  where s.jornada_id = p_jornada and s.submission_id = any (v_people);
  perform app.touch_submission(p.id) from unnest(v_people) p (id);
  perform app.announce_seats(p_jornada);
end $$;

-- Those who were set apart or repeated another registration ask for the day anew, behind everybody else.
create function app.bring_back_seats(p_jornada app.jornadas) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat record;
begin
  for v_seat in select r.* from app.returning_seats(p_jornada) r order by r.place loop
    update app.seats s set status = 'waiting', called_off = false
    where s.submission_id = v_seat.submission_id and s.jornada_id = p_jornada.id;
    if v_seat.status = 'confirmed' then perform app.confirm_seat(v_seat.submission_id, p_jornada.id); end if;
    perform app.touch_submission(v_seat.submission_id);
  end loop;
  for v_seat in select s.submission_id from app.seats s join app.submissions u on u.id = s.submission_id
    where s.jornada_id = p_jornada.id and s.called_off and s.moved_to is null and s.shows is not null
      and u.state <> 'withdrawn' order by s.position loop
    perform app.take_seat(v_seat.submission_id, p_jornada.id);
    perform app.touch_submission(v_seat.submission_id);
  end loop;
  perform app.announce_seats(p_jornada.id);
end $$;

-- A working copy of the days takes the change, so that a copy of the campaign, its file, or publishing it again after it
-- was taken back does not bring the former day back.
create function app.announce_in_draft(p_jornada app.jornadas) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.campaign_sections s set version = s.version + 1, saved_at = app.now(), saved_by = auth.uid(),
    data = s.data || jsonb_build_object('days', (select jsonb_agg(case when d.item ->> 'id' = p_jornada.id::text
      then d.item - 'cancelled_at' || app.day_data(p_jornada) else d.item end order by d.place)
      from app.items_of(s.data, 'days') d))
  where s.convocatoria_id = p_jornada.convocatoria_id and s.section = 'jornadas'
    and exists (select from app.items_of(s.data, 'days') d where d.item ->> 'id' = p_jornada.id::text);
end $$;

-- payload {on_day, starts_at, ends_at, place, modality, capacity, reason}, and since version 2 {speaker, speaker_post,
-- address, accessibility, link, cancelled}, and since version 3 {online_capacity}. Needs the sequence that the coordinator saw.
create function app.reschedule_jornada(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_before app.jornadas := app.lock_for_reschedule(p_op);
  v_after app.jornadas := app.day_after(v_before, p_op.payload);
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
begin
  update app.jornadas j set on_day = v_after.on_day, starts_at = v_after.starts_at, ends_at = v_after.ends_at,
    place = v_after.place, modality = v_after.modality, capacity = v_after.capacity,
    online_capacity = v_after.online_capacity, speaker = v_after.speaker,
    speaker_post = v_after.speaker_post, address = v_after.address, accessibility = v_after.accessibility,
    link = v_after.link, cancelled_at = v_after.cancelled_at, cancel_reason = v_after.cancel_reason,
    sequence = v_after.sequence
  where j.id = v_before.id;
  insert into app.jornada_changes (jornada_id, sequence, actor_id, before, after, reason)
  values (v_before.id, v_after.sequence, auth.uid(), app.day_record(v_before), app.day_record(v_after), v_reason);
  perform app.announce_in_draft(v_after);
  perform app.mail_about_seats(l.submission_id, l.subject, l.body,
    case l.status when 'following' then 'notice' else 'deadline' end, least(app.day_begins(v_before), app.day_begins(v_after))) from app.day_letters(v_before, v_after, v_reason) l;
  if v_after.cancelled_at is not null then
    perform app.call_off_seats(v_after.id);
  elsif v_before.cancelled_at is not null then
    perform app.bring_back_seats(v_after);
  else
    perform app.settle_seats(v_before, v_after);
    if v_before.link is distinct from v_after.link then
      perform app.touch_submission(s.submission_id) from app.seats s
      where s.jornada_id = v_after.id and s.status = 'confirmed';
    end if;
  end if;
end $$;

insert into app.op_kinds (kind, actor, handler, max_version, roles, row_function)
values ('jornada.reschedule', 'staff', 'reschedule_jornada', 3, array['coordinator'], 'jornada_day');
