-- A coordinator moves a jornada, or changes its place or capacity. Nobody loses the seat they had.

-- The jornada as the payload describes it. Refuses an invalid schedule and a capacity below the seats taken.
create function app.schedule_of(p_jornada app.jornadas, p_payload jsonb) returns app.jornadas
language plpgsql stable set search_path = '' as $$
declare
  v_day text := app.text_of(p_payload, 'on_day');
  v_new app.jornadas := p_jornada;
begin
  v_new.on_day := case when v_day ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(v_day, 'date') then v_day::date end;
  v_new.starts_at := app.parse_instant(app.text_of(p_payload, 'starts_at'));
  v_new.ends_at := app.parse_instant(app.text_of(p_payload, 'ends_at'));
  v_new.place := nullif(app.trimmed(app.text_of(p_payload, 'place')), '');
  v_new.modality := app.text_of(p_payload, 'modality');
  v_new.capacity := app.int_of(p_payload, 'capacity');
  if (v_day is null) <> (v_new.on_day is null) then
    perform app.refuse('schedule_invalid', 'on_day');
  elsif (p_payload ->> 'starts_at' is null) <> (v_new.starts_at is null)
    or (v_new.starts_at is not null and app.local_day(v_new.starts_at) is distinct from v_new.on_day) then
    perform app.refuse('schedule_invalid', 'starts_at');
  elsif (p_payload ->> 'ends_at' is null) <> (v_new.ends_at is null)
    or (v_new.ends_at is not null and coalesce(v_new.ends_at <= v_new.starts_at, true)) then
    perform app.refuse('schedule_invalid', 'ends_at');
  elsif char_length(v_new.place) > 200 or app.has_control(v_new.place) then
    perform app.refuse('schedule_invalid', 'place');
  elsif v_new.modality not in ('presencial', 'virtual') then
    perform app.refuse('schedule_invalid', 'modality');
  elsif (coalesce(jsonb_typeof(p_payload -> 'capacity'), 'null') = 'null') <> (v_new.capacity is null)
    or v_new.capacity = 0 then
    perform app.refuse('schedule_invalid', 'capacity');
  elsif v_new.capacity < app.seats_taken(p_jornada.id) then
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
  elsif app.has_control(p_reason) then
    perform app.refuse('body_invalid', 'reason');
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
    perform app.refuse('jornada_past', null, 409);   -- people were checked in: it took place
  end if;
  return v_jornada;
end $$;

-- Adjusts seats to a change. Offers end in time for the new hour; without a day they keep their deadline. Added
-- capacity goes to people who wait.
create function app.settle_seats(p_before app.jornadas, p_after app.jornadas) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_latest timestamptz := coalesce(p_after.starts_at, p_after.on_day::timestamp at time zone 'America/Mexico_City')
    - p_after.offer_ends_before;
begin
  update app.seats s set offer_until = greatest(v_latest, app.now())
  where s.jornada_id = p_after.id and s.status = 'offered' and v_latest is not null
    and s.offer_until > greatest(v_latest, app.now());
  if coalesce(p_after.capacity, 2147483647) > p_before.capacity then
    perform app.confirm_waiting(p_after.id);
  else
    perform app.offer_seats(p_after.id);
  end if;
end $$;

-- payload {on_day, starts_at, ends_at, place, modality, capacity, reason}. Needs the sequence that the coordinator
-- saw.
create function app.reschedule_jornada(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_before app.jornadas := app.lock_for_reschedule(p_op);
  v_after app.jornadas := app.schedule_of(v_before, p_op.payload);
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
begin
  if v_after.on_day < app.local_day(app.now()) then perform app.refuse('jornada_past', 'on_day', 409); end if;
  update app.jornadas j set on_day = v_after.on_day, starts_at = v_after.starts_at, ends_at = v_after.ends_at,
    place = v_after.place, modality = v_after.modality, capacity = v_after.capacity, sequence = j.sequence + 1
  where j.id = v_before.id;
  insert into app.jornada_changes (jornada_id, sequence, actor_id, before, after, reason)
  values (v_before.id, v_before.sequence + 1, auth.uid(), app.jornada_row(v_before), app.jornada_row(v_after), v_reason);
  if (v_before.on_day, v_before.starts_at, v_before.ends_at, v_before.place, v_before.modality)
    is distinct from (v_after.on_day, v_after.starts_at, v_after.ends_at, v_after.place, v_after.modality) then
    perform app.mail_schedule(v_before, v_after, v_reason);
  end if;
  perform app.settle_seats(v_before, v_after);
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function)
values ('jornada.reschedule', 'staff', 'reschedule_jornada', array['coordinator'], 'jornada_day');
