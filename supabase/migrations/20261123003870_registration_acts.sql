-- What the coordination does with a registration on somebody's behalf: writes it, corrects it, moves it to another day, cancels
-- a day, or gives a free seat to who is first in line. Each act on a registration that there is names a reason and the
-- version that was seen. Each leaves an event that the author reads, and writes a letter.

create function app.registrars() returns text[]
language sql immutable parallel safe as $$ select array['coordinator', 'admin'] $$;

-- payload: that of registration.submit, with or without an address, and `channel`: how its person asked, `telephone`,
-- `in_person` or `letter`. The rules are those of the person's own registration, and it is confirmed, because a member spoke with
-- them. Nobody holds its private link: its person asks for one with the address. A repeated op changes nothing.
create function app.enter_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_convocatoria app.convocatorias := app.target_convocatoria(p_op.payload, 'jornadas');
  v_channel text := app.text_of(p_op.payload, 'channel');
begin
  if not app.has_role(app.registrars(), v_convocatoria.id) then perform app.refuse('not_allowed', null, 403); end if;
  if v_channel is null or v_channel not in ('telephone', 'in_person', 'letter') then
    perform app.refuse('malformed_op', 'channel');
  elsif exists (select from app.submissions s where s.id = p_op.entity_id) then
    if not exists (select from app.consents c where c.submission_id = p_op.entity_id and c.noted_by = auth.uid()) then
      perform app.refuse('submission_unknown', null, 404);
    end if;
    return;
  end if;
  p_op.secret := app.new_token();
  perform app.receive_registration(p_op, v_convocatoria, v_channel);
end $$;

-- The registration that an op names, locked, at the version that the caller saw. The caller of this function holds the
-- locks of any day that the registration does not have.
create function app.lock_for_registrar(p_op app.op) returns app.submissions
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
begin
  if not app.has_role(app.registrars(), (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  v_submission := app.lock_submission(p_op.entity_id, p_op.expected_version);
  if v_submission.kind <> 'jornadas' or v_submission.state = 'withdrawn' then
    perform app.refuse('transition_invalid', null, 409);
  end if;
  return v_submission;
end $$;

-- Notes an act for the author to read on the page of the folio, and as a letter.
create function app.tell_act(p_submission app.submissions, p_event text, p_subject text, p_text text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.touch_submission(p_submission.id);
  perform app.record_event(p_submission.id, 'staff', p_event, p_submission.state, p_submission.state, p_message => p_text,
    p_actor => auth.uid());
  perform app.mail_about_seats(p_submission.id, p_subject, p_text, 'deadline');
end $$;

-- Another address for letters. The former one is told, because whoever reads letters can ask for the private link.
create function app.change_address(p_submission app.submissions, p_email text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_email text := app.canonical_email(p_email);
begin
  if v_email is null then perform app.refuse('email_invalid', 'email'); end if;
  if v_email = (select c.email from app.contacts c where c.submission_id = p_submission.id) then return false; end if;
  perform app.mail_about_seats(p_submission.id, 'Cambió el correo de su inscripción', 'El equipo cambió el correo de su '
    || 'inscripción porque se lo pidieron. Los avisos llegarán al nuevo. Si usted no lo pidió, avise al contacto de ayuda.', 'deadline');
  update app.contacts c set email = v_email, email_key = app.address_key(v_email), email_unusable = false
  where c.submission_id = p_submission.id;
  return true;
end $$;

-- payload {display_name, post, email, reason}: the name, the post and the address, each as it shall be.
-- A key that is absent keeps what there is.
create function app.amend_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_name text := app.check_name(app.text_of(p_op.payload, 'display_name'));
  v_post text := app.text_of(p_op.payload, 'post');
  v_email text := app.text_of(p_op.payload, 'email');
  v_submission app.submissions := app.lock_for_registrar(p_op);
  v_parts text[] := '{}';
begin
  if v_submission.contact_erased_at is not null then perform app.refuse('submission_erased', null, 410); end if;
  if v_email is not null and app.change_address(v_submission, v_email) then v_parts := v_parts || 'su correo'::text; end if;
  if v_post is not null then v_post := app.check_post(v_post); end if;
  update app.contacts c set display_name = v_name
  where c.submission_id = v_submission.id and c.display_name is distinct from v_name and v_name is not null;
  if found then v_parts := 'su nombre'::text || v_parts; end if;
  update app.registrations r set post = v_post where r.submission_id = v_submission.id and r.post <> v_post;
  if found then v_parts := v_parts || 'su cargo'::text; end if;
  if v_parts = '{}' then return; end if;
  update app.registrations r set person_key = app.person_key(c.email, c.display_name)
  from app.contacts c where r.submission_id = v_submission.id and c.submission_id = r.submission_id;
  perform app.write_search(v_submission.id, app.body_words(b), '{}')
  from app.registrations r join app.sujetos_obligados b on b.id = r.body_id where r.submission_id = v_submission.id;
  perform app.tell_act(v_submission, 'amended', 'Corregimos su inscripción', format(E'Corregimos en su inscripción %s.\n\n'
    || 'Motivo: %s', array_to_string(v_parts, ', '), v_reason));
end $$;

-- The days of a registration from which staff can still take it, or the one that is named; not those that have begun.
create function app.seats_to_release(p_submission uuid, p_jornada uuid) returns app.seats[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select s from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and (p_jornada is null or s.jornada_id = p_jornada)
      and s.status in ('waiting', 'offered', 'pending', 'confirmed', 'set_apart', 'repeated') and not app.has_begun(j)
    order by j.on_day, j.position);
end $$;

-- payload {jornada_id, reason}: cancels a day, or with null every day that has not begun, as its author could
-- (app.cancel_day). Days that are cancelled already stay so.
create function app.release_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_jornada uuid := app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  v_submission app.submissions := app.lock_for_registrar(p_op);
  v_seats app.seats[] := app.seats_to_release(v_submission.id, v_jornada);
begin
  if v_jornada is null and p_op.payload -> 'jornada_id' is distinct from 'null' then
    perform app.refuse('malformed_op', 'jornada_id');
  elsif v_seats = '{}' then
    if v_jornada is not null and not exists (select from app.seats s where s.submission_id = v_submission.id
      and s.jornada_id = v_jornada) then perform app.refuse('seat_unknown', 'jornada_id', 404); end if;
    if exists (select from app.seats s where s.submission_id = v_submission.id and s.status <> 'cancelled'
      and (v_jornada is null or s.jornada_id = v_jornada)) then perform app.refuse('jornada_past', 'jornada_id', 409); end if;
    return;
  end if;
  perform app.release_seat(s, false) from unnest(v_seats) s;
  perform app.tell_act(v_submission, 'day_released', 'Cancelamos su lugar', format(E'Cancelamos su lugar en su nombre:\n\n'
    || E'%s\n\nMotivo: %s', (select string_agg(app.jornada_line(j, s.online), E'\n' order by j.on_day, j.position)
      from unnest(v_seats) s join app.jornadas j on j.id = s.jornada_id), v_reason));
end $$;

-- Refuses a day that staff cannot give: another group's, cancelled, without a date, or over; or one that the person has. It may have begun, because people come late to the door.
create function app.check_given_day(p_seat app.seats, p_to app.jornadas) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_to.id is null or p_to.group_id <> (select j.group_id from app.jornadas j where j.id = p_seat.jornada_id) then
    perform app.refuse('body_ineligible', 'to');
  elsif p_to.cancelled_at is not null then
    perform app.refuse('jornada_cancelled', 'to', 409);
  elsif p_to.on_day is null then
    perform app.refuse('jornada_undated', 'to', 409);
  elsif coalesce(p_to.ends_at, app.end_of_day(p_to.on_day)) <= app.now() then
    perform app.refuse('jornada_past', 'to', 409);
  elsif cardinality(app.days_taken_by(p_seat.submission_id, array[p_to.id])) > 0 then
    perform app.refuse('already_registered', 'to', 409);
  end if;
end $$;

-- The other modality of a day, as its person would go over by themselves (app.change_modality).
create function app.reassign_modality(p_submission app.submissions, p_seat app.seats, p_online boolean, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if p_seat.online = p_online then return; end if;
  perform app.check_modality_move(p_seat, p_online);
  perform app.move_modality(p_seat, p_online);
  perform app.tell_act(p_submission, 'day_moved', 'Cambiamos su modalidad', format(E'Cambiamos su modalidad en su nombre.\n\n'
    || E'Antes:\n%s\n\nAhora:\n%s: %s\n\nMotivo: %s', app.jornada_line(j, p_seat.online), app.jornada_line(j, s.online),
    app.seat_words(s), p_reason))
  from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
end $$;

-- payload {jornada_id, to, reason}, and since version 2 {online}, of a day in both modalities: gives another day of the same
-- group for one that the person has or awaits, or that the institution called off. Takes a seat there, or a place at the end
-- of its line, and leaves the former day to whoever waits. With the same day and `online`, gives its other modality.
create function app.reassign_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_from uuid := app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  v_online boolean := p_op.payload -> 'online' = 'true';
  v_to app.jornadas;
  v_submission app.submissions;
  v_seat app.seats;
begin
  select * into v_to from app.jornadas j where j.id = app.parse_uuid(app.text_of(p_op.payload, 'to'));
  perform app.lock_jornadas(array(select s.jornada_id from app.seats s where s.submission_id = p_op.entity_id) || v_to.id);
  v_submission := app.lock_for_registrar(p_op);
  select * into v_to from app.jornadas j where j.id = v_to.id;   -- as it is now that its lock is held
  select * into v_seat from app.seats s where s.submission_id = v_submission.id and s.jornada_id = v_from;
  if not found or (v_seat.status = 'cancelled' and (not v_seat.called_off or v_seat.moved_to is not null)) then
    perform app.refuse('seat_unknown', 'jornada_id', 404);
  elsif v_seat.status = 'attended' then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  end if;
  if v_to.id = v_from and v_online is not null then
    perform app.reassign_modality(v_submission, v_seat, v_online, v_reason);
    return;
  end if;
  perform app.check_given_day(v_seat, v_to);
  if v_online then perform app.check_online_days(array[v_to.id], array[v_to.id]); end if;
  perform app.take_seat(v_submission.id, v_to.id, v_online);
  if v_seat.called_off then
    update app.seats s set moved_to = v_to.id where s.submission_id = v_submission.id and s.jornada_id = v_from;
  else
    perform app.release_seat(v_seat, false);
  end if;
  perform app.tell_act(v_submission, 'day_moved', 'Cambiamos su día', format(E'Cambiamos su día en su nombre.\n\nAntes:\n%s\n\n'
    || E'Ahora:\n%s: %s\n\nMotivo: %s', app.jornada_line(f, v_seat.online), app.jornada_line(v_to, s.online), app.seat_words(s), v_reason))
  from app.jornadas f, app.seats s where f.id = v_from and s.submission_id = v_submission.id and s.jornada_id = v_to.id;
end $$;

-- Refuses a seat by hand unless the day is not over, has a free seat, and nobody waits before.
create function app.check_first_in_line(p_seat app.seats) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_day app.jornadas;
begin
  select * into v_day from app.jornadas j where j.id = p_seat.jornada_id;
  if p_seat.status is distinct from 'waiting' then
    perform app.refuse('seat_unknown', 'jornada_id', 404);
  elsif v_day.cancelled_at is not null then
    perform app.refuse('jornada_cancelled', 'jornada_id', 409);
  elsif coalesce(v_day.ends_at, app.end_of_day(v_day.on_day)) <= app.now() then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  elsif not app.has_room(v_day.id, p_seat.online) then
    perform app.refuse('no_free_seat', 'jornada_id', 409);
  elsif (app.first_waiting(v_day.id, p_seat.online)).submission_id <> p_seat.submission_id then
    perform app.refuse('not_first_in_line', 'jornada_id', 409);
  end if;
end $$;

-- payload {jornada_id, reason}: gives a free seat to who is first in the line. The server offers free seats in that order by
-- itself until it is too late for an answer (app.offer_deadline); after that only staff give them.
create function app.seat_first(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_submission app.submissions := app.lock_for_registrar(p_op);
  v_seat app.seats;
begin
  select * into v_seat from app.seats s where s.submission_id = v_submission.id
    and s.jornada_id = app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  perform app.check_first_in_line(v_seat);
  perform app.confirm_seat(v_seat.submission_id, v_seat.jornada_id);
  update app.seats s set held_until = null where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id;
  perform app.announce_seats(v_seat.jornada_id);
  perform app.log_waiting_behind(v_seat.jornada_id, v_seat.online, v_seat.position);
  perform app.tell_act(v_submission, 'seat_given', 'Ya tiene lugar', format(E'Se liberó un lugar y usted era la primera persona '
    || E'en espera:\n\n%s\n\nMotivo: %s', app.jornada_line(j, v_seat.online), v_reason)) from app.jornadas j where j.id = v_seat.jornada_id;
end $$;

insert into app.op_kinds (kind, actor, handler, roles, max_version) values
  ('registration.enter', 'staff', 'enter_registration', app.registrars(), 2),
  ('registration.seat', 'staff', 'seat_first', app.registrars(), 1),
  ('registration.amend', 'staff', 'amend_registration', app.registrars(), 1),
  ('registration.release', 'staff', 'release_registration', app.registrars(), 1),
  ('registration.reassign', 'staff', 'reassign_registration', app.registrars(), 2);
