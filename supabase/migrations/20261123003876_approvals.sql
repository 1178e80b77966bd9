-- The institution approves people where its campaign says so. A place is held while they wait for it (status `pending`).

create function app.lock_for_approval(p_op app.op) returns app.submissions
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
begin
  if not app.has_role(app.registrars(), (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_submission := app.lock_submission(p_op.entity_id, null);
  if v_submission.kind <> 'jornadas' or v_submission.state = 'withdrawn' then
    perform app.refuse('transition_invalid', null, 409);
  end if;
  return v_submission;
end $$;

-- payload {}. Gives what is held and will be given. Its letter waits for the minute in which it can be undone. A repeated op
-- changes nothing. Who is not approved is cancelled, with a reason (app.release_registration).
create function app.approve_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_approval(p_op);
  v_days uuid[];
  v_event uuid;
begin
  update app.registrations r set approved_at = app.now() where r.submission_id = v_submission.id and r.approved_at is null;
  if not found then return; end if;
  v_days := array(select s.jornada_id from app.seats s where s.submission_id = v_submission.id and s.status = 'pending');
  perform app.confirm_seat(v_submission.id, d.id) from unnest(v_days) d (id);
  perform app.touch_submission(v_submission.id);
  v_event := app.record_event(v_submission.id, 'staff', 'approved', v_submission.state, v_submission.state,
    p_message => 'El instituto aprobó su inscripción.', p_actor => auth.uid());
  perform app.mail_seats(v_submission.id, v_days, 'confirmed', v_event);
end $$;

-- payload {event_id}: takes the caller's approval back within a minute, unless its person came to a day meanwhile. The places
-- are held again, and the letter is never sent.
create function app.undo_approval(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_approval(p_op);
  v_event app.review_events;
begin
  select * into v_event from app.review_events e where e.submission_id = v_submission.id and e.kind = 'approved'
    and e.id = app.parse_uuid(app.text_of(p_op.payload, 'event_id'));
  if not found or app.undo_until(v_event) is null or exists (select from app.seats s
    where s.submission_id = v_submission.id and s.status = 'attended') then
    perform app.refuse('undo_expired', 'event_id', 409);
  end if;
  update app.registrations r set approved_at = null where r.submission_id = v_submission.id;
  update app.seats s set status = 'pending', pass_code = null where s.submission_id = v_submission.id and s.status = 'confirmed';
  perform app.touch_submission(v_submission.id);
  perform app.record_event(v_submission.id, 'staff', 'undone', v_submission.state, v_submission.state, p_actor => auth.uid(),
    p_undoes => v_event.id);
  delete from app.mail_queue m where m.event_id = v_event.id and m.sent_at is null;
end $$;

insert into app.op_kinds (kind, actor, handler, roles) values
  ('registration.approve', 'staff', 'approve_registration', app.registrars()),
  ('registration.undo_approve', 'staff', 'undo_approval', app.registrars());
