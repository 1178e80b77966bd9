-- Staff decisions. Each one is an event. Accepting does not publish: only state `published` is public.

create function app.outcome_of(p_decision text) returns text
language sql immutable parallel safe as $$
  select case p_decision when 'request_correction' then 'correction_requested' when 'accept' then 'accepted'
    when 'reject' then 'rejected' when 'publish' then 'published' when 'not_select' then 'not_selected' when 'take_back' then 'accepted' when 'reopen' then 'in_review'
    when 'uphold' then 'rejected' end
$$;

-- The submission, locked, for a caller who holds one of these roles for it. Unknown and not allowed are refused alike.
create function app.lock_for_decision(p_op app.op, p_roles text[]) returns app.submissions
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
begin
  if not app.has_role(p_roles,
    (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  select * into v_submission from app.lock_submission(p_op.entity_id, p_op.expected_version);
  return v_submission;
end $$;

-- The reply, trimmed, or null. At most 2,000 code points.
create function app.check_message(p_message text, p_required boolean) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_message, '')) = 0 then
    if p_required then perform app.refuse('message_required', 'message'); end if;
    return null;
  elsif char_length(app.trimmed(p_message)) > 2000 then
    perform app.refuse('message_too_long', 'message');
  end if;
  return app.trimmed(p_message);
end $$;

-- Checks the reason of a rejection. A duplicate names another folio of the same convocatoria.
create function app.check_reason(p_submission app.submissions, p_reason text, p_duplicate_of text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_reason is null then perform app.refuse('reason_required', 'reason_code'); end if;
  if p_reason not in ('discriminatory', 'third_party_data', 'propaganda', 'copyright', 'minor_unauthorised',
    'off_topic', 'unintelligible', 'duplicate', 'other') then
    perform app.refuse('reason_unknown', 'reason_code');
  end if;
  if p_reason = 'duplicate' and not exists (select from app.submissions s where s.folio = p_duplicate_of
    and s.convocatoria_id = p_submission.convocatoria_id and s.id <> p_submission.id) then
    perform app.refuse('duplicate_unknown', 'duplicate_of');
  end if;
end $$;

-- Refuses to publish without the author's consent, or when the kind refuses.
create function app.check_publishable(p_submission app.submissions) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not app.may_publish(p_submission.kind, app.allowed_by_author(p_submission.id)) then
    perform app.refuse('publication_not_authorised', 'decision', 409);
  end if;
  perform app.call_kind_function(k.publish_check_function, p_submission.id) from app.campaign_kinds k
  where k.kind = p_submission.kind;
end $$;

-- Refuses a decision that the state does not allow, that this member's roles do not take (decision 0065), or that is for
-- another member than the one who rejected.
create function app.check_decision(p_submission app.submissions, p_decision text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role(case when p_decision in ('take_back', 'reopen') and not app.awaits_second_review(p_submission)
    then app.amenders() else app.deciders() end, p_submission.convocatoria_id) then
    perform app.refuse('not_allowed', null, 403);
  elsif p_decision is null or p_decision <> all (app.decisions_on(p_submission) || app.amendments_on(p_submission)) then
    perform app.refuse('transition_invalid', 'decision', 409);
  elsif (p_decision = 'reject' or app.awaits_second_review(p_submission))
    and app.rejected_before(p_submission.id, auth.uid()) then
    perform app.refuse('second_person_required', 'decision', 409);
  end if;
end $$;

-- Records one decision of the caller as an event, and answers it.
create function app.record_decision(p_submission app.submissions, p_decision text, p_from text, p_payload jsonb,
  p_completes uuid default null) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_rejects boolean := p_decision = 'reject';
  v_reason text := case when v_rejects then app.text_of(p_payload, 'reason_code') end;
  v_duplicate text := case when v_reason = 'duplicate' then app.text_of(p_payload, 'duplicate_of') end;
  v_message text := app.check_message(app.text_of(p_payload, 'message'),
    p_decision in ('reject', 'request_correction', 'take_back', 'reopen', 'uphold'));
begin
  if v_rejects then perform app.check_reason(p_submission, v_reason, v_duplicate); end if;
  if p_decision = 'publish' then perform app.check_publishable(p_submission); end if;
  return app.record_event(p_submission.id, 'staff', p_decision, p_from, app.outcome_of(p_decision), v_reason, v_message,
    v_duplicate, auth.uid(), p_completes => p_completes);
end $$;

-- payload {decision, reason_code?, duplicate_of?, message?}. Needs the version that the caller saw. The decision
-- `accept_publish` is an acceptance and a publication, undone together; its message stands with the publication.
-- `take_back` and `reopen` amend a decision of anybody; `uphold` confirms a rejection in its second review. Their message is
-- the reason, which the author reads.
create function app.decide_review(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_decision text := app.text_of(p_op.payload, 'decision');
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders() || app.amenders());
  v_both boolean := v_decision = 'accept_publish';
  v_first text := case when v_both then 'accept' else v_decision end;
  v_last text := case when v_both then 'publish' else v_decision end;
  v_from text := case v_submission.state when 'received' then 'in_review' else v_submission.state end;
  v_event uuid;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  perform app.check_decision(v_submission, v_first);
  if v_submission.state = 'received' then   -- deciding takes the submission into review
    perform app.record_event(v_submission.id, 'staff', 'in_review', 'received', 'in_review', p_actor => auth.uid());
  end if;
  if v_both then v_event := app.record_decision(v_submission, 'accept', v_from, '{}'); end if;
  v_event := app.record_decision(v_submission, v_last, case when v_both then 'accepted' else v_from end, p_op.payload, v_event);
  update app.submissions s set state = app.outcome_of(v_last), version = s.version + 1, quarantined_at = null,
    correction_until = case when v_decision = 'request_correction' then app.business_deadline(app.now(), 5) end,
    published_at = case v_last when 'publish' then app.now() when 'take_back' then s.published_at end
  where s.id = v_submission.id;
  if v_submission.state = 'rejected' then
    update app.second_reviews r set answer_id = v_event where r.submission_id = v_submission.id and r.answer_id is null;
  end if;
  perform app.mail_news(v_submission.id, v_event);
end $$;

-- payload {event_id}: reverts the caller's latest decision within a minute, with the acceptance that it completes. Its
-- letter is never sent.
create function app.undo_review(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders() || app.amenders());
  v_event app.review_events;
  v_first app.review_events;
begin
  select * into v_event from app.review_events e
  where e.id = app.parse_uuid(app.text_of(p_op.payload, 'event_id')) and e.submission_id = v_submission.id;
  if not found or app.undo_until(v_event) is null then perform app.refuse('undo_expired', 'event_id', 409); end if;
  select * into v_first from app.review_events e where e.id = v_event.completes;
  update app.submissions s set state = coalesce(v_first.from_state, v_event.from_state), correction_until = null,
    published_at = case v_event.from_state when 'published' then s.published_at end, version = s.version + 1
  where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'staff', 'undone', v_event.to_state, v_event.from_state,
    p_actor => auth.uid(), p_undoes => v_event.id);
  if v_first.id is not null then
    perform app.record_event(v_submission.id, 'staff', 'undone', v_first.to_state, v_first.from_state,
      p_actor => auth.uid(), p_undoes => v_first.id);
  end if;
  update app.second_reviews r set answer_id = null where r.answer_id = v_event.id;
  delete from app.mail_queue m where m.event_id = v_event.id and m.sent_at is null;
end $$;

insert into app.op_kinds (kind, actor, handler, roles) values
  ('review.decide', 'staff', 'decide_review', app.deciders() || app.amenders()),
  ('review.undo', 'staff', 'undo_review', app.deciders() || app.amenders());

-- Decides a submission as it stands when its correction did not come in time: it returns to review.
create function app.lapse_corrections() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
  v_count int := 0;
begin
  for v_id in select s.id from app.submissions s
    where s.state = 'correction_requested' and s.correction_until <= app.now()
    order by s.correction_until limit 500 for update skip locked loop
    update app.submissions s set state = 'in_review', correction_until = null, version = s.version + 1 where s.id = v_id;
    perform app.record_event(v_id, 'system', 'correction_lapsed', 'correction_requested', 'in_review');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (10, 'corrections_lapsed', 'lapse_corrections');
