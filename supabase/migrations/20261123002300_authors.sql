-- What the author of any submission can do with its secret.

-- The author's submission, locked. Refuses a wrong secret and a version that the author has not seen.
create function app.lock_own(p_op app.op) returns app.submissions
language plpgsql volatile set search_path = '' as $$
begin
  if not app.is_author(p_op.entity_id, p_op.secret) then perform app.refuse('submission_unknown', null, 404); end if;
  return app.lock_submission(p_op.entity_id, p_op.expected_version);
end $$;

-- The state that the author's correction leads to: none changes before review begins, and one that staff requested returns
-- to review before its deadline. Refuses any other.
create function app.state_after_correction(p_submission app.submissions) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state = 'received' then return 'received'; end if;
  if p_submission.state <> 'correction_requested' or app.now() >= p_submission.correction_until then
    perform app.refuse('not_correctable', null, 409);
  end if;
  return 'in_review';
end $$;

-- Hides the submission at once. The author can undo it for 24 hours.
create function app.withdraw_submission(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
begin
  if v_submission.state in ('withdrawn', 'expired') then perform app.refuse('not_withdrawable', null, 409); end if;
  update app.submissions s set state = 'withdrawn', withdrawn_from = s.state, withdrawn_at = app.now(),
    version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'withdrawn', v_submission.state, 'withdrawn');
end $$;

create function app.undo_withdrawal(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
begin
  if v_submission.state <> 'withdrawn' then perform app.refuse('transition_invalid', null, 409); end if;
  if v_submission.withdrawn_from is null or app.now() >= v_submission.withdrawn_at + interval '24 hours' then
    perform app.refuse('withdrawal_final', null, 409);
  end if;
  update app.submissions s set state = s.withdrawn_from, withdrawn_from = null, withdrawn_at = null,
    version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'withdrawal_undone', 'withdrawn', v_submission.withdrawn_from);
end $$;

insert into app.op_kinds (kind, actor, handler) values
  ('submission.withdraw', 'citizen', 'withdraw_submission'),
  ('submission.undo_withdraw', 'citizen', 'undo_withdrawal');

-- Makes withdrawals final after 24 hours, up to 500 a call.
create function app.finish_withdrawals() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
  v_count int := 0;
begin
  for v_id in select s.id from app.submissions s
    where s.withdrawn_from is not null and s.withdrawn_at <= app.now() - interval '24 hours'
    order by s.withdrawn_at limit 500 for update skip locked loop
    update app.submissions s set withdrawn_from = null, version = s.version + 1 where s.id = v_id;
    delete from app.submission_search w where w.submission_id = v_id;   -- its folio still finds it
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (20, 'withdrawals_final', 'finish_withdrawals');

-- A submission by folio and secret, on any device. An unknown folio and a wrong secret answer alike.
create function public.open_folio(p_folio text, p_secret text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.submission_row(app.own_submission(p_folio, p_secret));
end $$;
grant execute on function public.open_folio(text, text) to anon, authenticated;
