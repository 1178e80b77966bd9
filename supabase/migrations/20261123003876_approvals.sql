-- The institution approves people where its campaign says so. A place is held while they wait for it (status `pending`).

-- payload {}. Gives what is held and will be given. A repeated op changes nothing. Who is not approved is cancelled, with a
-- reason (app.release_registration).
create function app.approve_registration(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
  v_days uuid[];
begin
  if not app.has_role(app.registrars(), (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_submission := app.lock_submission(p_op.entity_id, null);
  if v_submission.kind <> 'jornadas' or v_submission.state = 'withdrawn' then
    perform app.refuse('transition_invalid', null, 409);
  end if;
  update app.registrations r set approved_at = app.now() where r.submission_id = v_submission.id and r.approved_at is null;
  if not found then return; end if;
  v_days := array(select s.jornada_id from app.seats s where s.submission_id = v_submission.id and s.status = 'pending');
  perform app.confirm_seat(v_submission.id, d.id) from unnest(v_days) d (id);
  perform app.touch_submission(v_submission.id);
  perform app.record_event(v_submission.id, 'staff', 'approved', v_submission.state, v_submission.state,
    p_message => 'El instituto aprobó su inscripción.', p_actor => auth.uid());
  perform app.mail_seats(v_submission.id, v_days, 'confirmed');
end $$;

insert into app.op_kinds (kind, actor, handler, roles) values
  ('registration.approve', 'staff', 'approve_registration', app.registrars());
