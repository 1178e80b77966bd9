-- What people of a public body do: register for days, cancel one, accept an offer.

-- The requested days, each once. Refuses days that nobody can register for.
create function app.check_jornadas(p_convocatoria uuid, p_payload jsonb) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  v_given jsonb := p_payload -> 'jornada_ids';
  v_ids uuid[];
  v_found app.jornadas[];
begin
  if jsonb_typeof(v_given) is distinct from 'array' or jsonb_array_length(v_given) > 50
    or exists (select from jsonb_array_elements(v_given) e where jsonb_typeof(e.value) <> 'string') then
    perform app.refuse('malformed_op', 'jornada_ids');
  end if;
  v_ids := array(select distinct app.parse_uuid(e.value) from jsonb_array_elements_text(v_given) e);
  v_found := array(select j from app.jornadas j where j.convocatoria_id = p_convocatoria and j.id = any (v_ids));
  if cardinality(v_ids) = 0 then
    perform app.refuse('jornada_required', 'jornada_ids');
  elsif cardinality(v_found) <> cardinality(v_ids) then
    perform app.refuse('jornada_unknown', 'jornada_ids');
  elsif exists (select from unnest(v_found) j where j.cancelled_at is not null) then
    perform app.refuse('jornada_cancelled', 'jornada_ids', 409);
  elsif exists (select from unnest(v_found) j where j.on_day is null) then
    perform app.refuse('jornada_undated', 'jornada_ids', 409);
  elsif exists (select from unnest(v_found) j where app.has_begun(j)) then
    perform app.refuse('jornada_past', 'jornada_ids', 409);
  end if;
  return v_ids;
end $$;

-- Those of the days that are asked for online. The place of any other day, and of every day in a payload of version 1.
-- Where a day has one modality it is that.
create function app.online_days(p_payload jsonb) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  v_given jsonb := coalesce(p_payload -> 'online_ids', '[]');
begin
  if jsonb_typeof(v_given) <> 'array' or jsonb_array_length(v_given) > 50
    or exists (select from jsonb_array_elements(v_given) e where jsonb_typeof(e.value) <> 'string') then
    perform app.refuse('malformed_op', 'online_ids');
  end if;
  return array(select app.parse_uuid(e.value) from jsonb_array_elements_text(v_given) e);
end $$;

-- Refuses a day that staff register online for and that is not in both modalities: its person would be told otherwise than
-- they asked. A phone of before names days that lost a modality, and gets the place.
create function app.check_online_days(p_jornadas uuid[], p_online uuid[]) returns void
language plpgsql stable set search_path = '' as $$
begin
  if exists (select from app.jornadas j where j.id = any (p_jornadas) and j.id = any (p_online)
    and j.online_capacity is null) then perform app.refuse('transition_invalid', 'online_ids', 409); end if;
end $$;

-- Locks the days and refuses one that was called off while this transaction waited for the lock.
create function app.lock_open_jornadas(p_jornadas uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.lock_jornadas(p_jornadas);
  if exists (select from app.jornadas j where j.id = any (p_jornadas) and j.cancelled_at is not null) then
    perform app.refuse('jornada_cancelled', 'jornada_ids', 409);
  end if;
end $$;

-- The body. Its class must belong to the group of every requested day.
create function app.check_sujeto_obligado(p_convocatoria uuid, p_body text, p_jornadas uuid[]) returns app.sujetos_obligados
language plpgsql stable set search_path = '' as $$
declare
  v_body app.sujetos_obligados;
  v_group uuid;
begin
  select * into v_body from app.sujetos_obligados b where b.id = app.parse_uuid(p_body) and b.active;
  if not found then perform app.refuse('body_unknown', 'body_id'); end if;
  select g.group_id into v_group from app.group_classes g
  where g.convocatoria_id = p_convocatoria and g.class_key = v_body.class_key;
  if exists (select from app.jornadas j where j.id = any (p_jornadas) and j.group_id is distinct from v_group) then
    perform app.refuse('body_ineligible', 'body_id');
  end if;
  return v_body;
end $$;

-- What a search finds a body by: its name, as one word and as initials too, its acronym and its town.
create function app.body_words(p_body app.sujetos_obligados) returns text
language plpgsql stable set search_path = '' as $$
begin
  return concat_ws(' ', p_body.name, p_body.acronym, app.name_words(p_body.name),
    (select m.name from app.municipalities m where m.cve = p_body.municipality));
end $$;

-- The post on one line, at most 120 code points.
create function app.check_post(p_post text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_post, '')) = 0 then
    perform app.refuse('post_required', 'post');
  elsif char_length(app.tidied(p_post)) > 120 then
    perform app.refuse('post_too_long', 'post');
  end if;
  return app.tidied(p_post);
end $$;

-- The need, trimmed, or null. Refuses a need without its own consent.
create function app.check_need(p_payload jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_need text := app.text_of(p_payload, 'accessibility');
begin
  if app.visible_length(coalesce(v_need, '')) = 0 then return null; end if;
  if char_length(app.trimmed(v_need)) > 500 then perform app.refuse('accessibility_too_long', 'accessibility'); end if;
  if not coalesce(p_payload -> 'consents' @> '[{"key": "accessibility", "granted": true}]', false) then
    perform app.refuse('consent_missing', 'consents');
  end if;
  return app.trimmed(v_need);
end $$;

-- Those of the days on which the person of a registration already holds or awaits a seat, with this one or another. The
-- caller holds the locks of the days.
create function app.days_taken_by(p_submission uuid, p_jornadas uuid[]) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select s.jornada_id from app.seats s
    where s.submission_id = any (app.registrations_of_person(p_submission)) and s.jornada_id = any (p_jornadas)
      and s.status <> 'cancelled');
end $$;

-- The address of a registration. A phone asks for one; who telephones may have none.
create function app.check_address(p_email text, p_channel text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_channel <> 'app' then
    perform app.check_email(p_email);
  elsif p_email is null then
    perform app.refuse('email_required', 'email');
  else
    perform app.check_contact(p_email);
  end if;
end $$;

-- Confirms the person of a registration that a member of staff wrote after speaking with them. Refuses one with whom a day
-- is taken already: by address and name, or by name within the body. A phone is not told of that (app.take_seat).
create function app.vouch_for(p_submission uuid, p_body uuid, p_jornadas uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if cardinality(app.days_taken_by(p_submission, p_jornadas)) > 0 or exists (
    select from app.registrations r join app.contacts c on c.submission_id = r.submission_id
    join app.seats s on s.submission_id = r.submission_id and s.jornada_id = any (p_jornadas) and s.status <> 'cancelled'
    join app.contacts own on own.submission_id = p_submission
    where r.body_id = p_body and app.person_key('', c.display_name) = app.person_key('', own.display_name)) then
    perform app.refuse('already_registered', 'jornada_ids', 409);
  end if;
  perform app.confirm_people(array[p_submission]);
  update app.registrations r set approved_at = app.now() where r.submission_id = p_submission;   -- a member registers them
end $$;

-- Checks and writes a registration, whoever sends it, and gives its seats. p_channel: as in app.receive_submission. False when
-- another connection wrote this id first.
create function app.receive_registration(p_op app.op, p_convocatoria app.convocatorias, p_channel text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_payload jsonb := p_op.payload;
  v_late boolean := app.check_window(p_convocatoria);
  v_jornadas uuid[] := app.check_jornadas(p_convocatoria.id, v_payload);
  v_online uuid[] := app.online_days(v_payload);
  v_colleagues jsonb[] := app.check_colleagues(v_payload);
  v_body app.sujetos_obligados := app.check_sujeto_obligado(p_convocatoria.id, app.text_of(v_payload, 'body_id'), v_jornadas);
  v_post text;
  v_need text;
begin
  if app.check_name(app.text_of(v_payload, 'display_name')) is null then perform app.refuse('name_required', 'display_name'); end if;
  v_post := app.check_post(app.text_of(v_payload, 'post'));
  perform app.check_address(app.text_of(v_payload, 'email'), p_channel);
  v_need := app.check_need(v_payload);
  perform app.check_consents(v_payload, p_convocatoria.notice_id);
  perform app.lock_open_jornadas(v_jornadas);   -- before the writes, which a wait beyond the timeout would undo
  if p_channel <> 'app' then perform app.check_online_days(v_jornadas, v_online); end if;
  if app.receive_submission(p_op, p_convocatoria, v_late, app.body_words(v_body), p_channel) is null then return false; end if;
  perform app.write_registration(p_op.entity_id, v_body.id, v_post);
  insert into app.accessibility_needs (submission_id, need) select p_op.entity_id, v_need where v_need is not null;
  if p_channel <> 'app' then perform app.vouch_for(p_op.entity_id, v_body.id, v_jornadas); end if;
  perform app.take_seat(p_op.entity_id, t.id, t.id = any (v_online)) from unnest(v_jornadas) t (id)
  where v_payload -> 'attends' is distinct from 'false';
  perform app.mail_registration(p_op.entity_id);
  perform app.register_colleagues(p_op.entity_id, p_convocatoria, v_body, v_colleagues, v_jornadas, v_online);
  return true;
end $$;

create function app.submit_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if app.is_received(p_op) then return; end if;
  if not app.receive_registration(p_op, app.target_convocatoria(p_op.payload, 'jornadas'), 'app') then
    perform app.is_received(p_op);   -- another connection was first: refuses any other author
  end if;
end $$;

-- The seat that an op of its author names, with the lock of its day held. Refuses the day of another registration.
create function app.lock_own_seat(p_op app.op) returns app.seats
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_seat app.seats;
begin
  select * into v_seat from app.seats s where s.submission_id = v_submission.id
    and s.jornada_id = app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  if not found or v_submission.state = 'withdrawn' then perform app.refuse('seat_unknown', 'jornada_id', 404); end if;
  return v_seat;
end $$;

-- payload {jornada_id}. A repeated op changes nothing.
create function app.cancel_day(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats := app.lock_own_seat(p_op);
begin
  if v_seat.status = 'cancelled' then return; end if;
  if exists (select from app.jornadas j where j.id = v_seat.jornada_id and app.has_begun(j)) then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  end if;
  perform app.release_seat(v_seat, false);
  perform app.touch_submission(v_seat.submission_id);
  perform app.mail_seats(v_seat.submission_id, array[v_seat.jornada_id], 'cancelled');
end $$;

-- payload {jornada_id}. A repeated op changes nothing.
create function app.accept_offer(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats := app.lock_own_seat(p_op);
begin
  if app.shown_status(v_seat) in ('confirmed', 'attended') or v_seat.status = 'pending' then return; end if;
  if v_seat.called_off then perform app.refuse('jornada_cancelled', 'jornada_id', 409); end if;
  if v_seat.status <> 'offered' or v_seat.offer_until <= app.now() then
    perform app.refuse('offer_expired', 'jornada_id', 409);
  end if;
  perform app.confirm_seat(v_seat.submission_id, v_seat.jornada_id);
  update app.seats s set held_until = null   -- who accepts an offer has answered
  where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id;
  perform app.touch_submission(v_seat.submission_id);
  perform app.mail_given(v_seat.submission_id, v_seat.jornada_id);
end $$;

insert into app.op_kinds (kind, actor, handler, max_version) values
  ('registration.submit', 'citizen', 'submit_registration', 2),
  ('registration.cancel_day', 'citizen', 'cancel_day', 1),
  ('registration.accept_offer', 'citizen', 'accept_offer', 1);
