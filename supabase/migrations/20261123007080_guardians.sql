-- How a guardian answers by the link of her letter, and how staff note and confirm what she said (docs/decisions/0108).

-- The minor's row that a link opens. Refuses any other link.
create function app.minor_of_link(p_token text) returns app.minors
language plpgsql stable set search_path = '' as $$
declare
  v_minor app.minors;
begin
  select * into v_minor from app.minors m where m.token_hash = app.sha256_hex(p_token);
  if not found then perform app.refuse('guardian_link_unknown', null, 404); end if;
  return v_minor;
end $$;

-- What a guardian reads before she decides: of whom, what it is about, what would be public, where and until when. `state` is
-- `withdrawn` too where the author withdrew it.
create function app.guardian_page(p_minor app.minors) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object(
      'state', case when s.state = 'withdrawn' and p_minor.state <> 'refused' then 'withdrawn' else app.authorisation_of(p_minor) end,
      'folio', s.folio, 'campaign', c.title, 'slug', c.slug, 'nickname', k.display_name, 'relationship', p_minor.relationship,
      'title', v.title, 'summary', v.summary, 'transcript', v.transcript, 'medium', l.medium, 'licence_until', f.licence_until,
      'duration_ms', f.duration_ms, 'bytes', f.bytes, 'stored', f.status in ('attached', 'verified'), 'expires_at', p_minor.expires_at, 'name_allowed', p_minor.name_allowed,
      'is_public', s.state = 'published')
    from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id join app.videos v on v.submission_id = s.id
    join app.video_campaigns l on l.convocatoria_id = c.id join app.media_uploads f on f.submission_id = s.id
    left join app.contacts k on k.submission_id = s.id
    where s.id = p_minor.submission_id);
end $$;

create function public.guardian_request(p_token text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.guardian_page(app.minor_of_link(p_token));
end $$;
grant execute on function public.guardian_request(text) to anon, authenticated;

-- The file that a guardian decides about, and for how many seconds its address may live (the function open-file signs it). Only while her
-- link asks, and once she authorised: nothing by a link that ended, or of a video that was withdrawn.
create function public.open_guardian_video(p_token text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_minor app.minors := app.minor_of_link(p_token);
  v_name text := (select m.id from app.media_uploads m join app.submissions s on s.id = m.submission_id
    where s.id = v_minor.submission_id and m.status in ('attached', 'verified') and s.state not in ('withdrawn', 'expired'));
begin
  if v_name is null or app.authorisation_of(v_minor) not in ('waiting', 'authorised') then
    perform app.refuse('upload_missing', null, 404);
  end if;
  return jsonb_build_object('bucket', 'videos-intake', 'name', v_name, 'seconds', 300);
end $$;
grant execute on function public.open_guardian_video(text) to anon, authenticated;

-- Takes a submission away for good: nobody but its guardian decided it, so nobody undoes it. Its file is erased as after every
-- final withdrawal.
create function app.withdraw_minor(p_submission app.submissions, p_message text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if p_submission.state not in ('withdrawn', 'expired') then
    update app.submissions s set state = 'withdrawn', withdrawn_from = s.state, withdrawn_at = app.now(), version = s.version + 1
    where s.id = p_submission.id;
    perform app.mail_news(p_submission.id, app.record_event(p_submission.id, 'system', 'withdrawn', p_submission.state, 'withdrawn',
      p_message => p_message));
  end if;
  update app.submissions s set withdrawn_from = null, version = s.version + 1
  where s.id = p_submission.id and s.withdrawn_from is not null;
  delete from app.submission_search w where w.submission_id = p_submission.id;
  delete from app.mail_queue m where m.submission_id = p_submission.id and m.sent_at is null and m.class = 'deadline' and m.event_id is null;
  perform app.forget_guardian(p_submission.id);
end $$;

create function app.answer_guardian(p_minor app.minors, p_answer text, p_name boolean) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_submission(p_minor.submission_id, null);
  v_state text;
begin
  select app.authorisation_of(m) into v_state from app.minors m where m.submission_id = v_submission.id for update;
  if v_state = (case p_answer when 'authorise' then 'authorised' when 'refuse' then 'refused' else 'withdrawn' end) then return; end if;
  if v_submission.state = 'withdrawn'
    or v_state is distinct from (case p_answer when 'withdraw' then 'authorised' else 'waiting' end) then
    perform app.refuse('guardian_answered', null, 409);
  elsif p_answer = 'authorise' then
    update app.minors m set state = 'authorised', answered_at = app.now(), by_link = true, name_allowed = coalesce(p_name, false)
    where m.submission_id = v_submission.id;
    update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
    perform app.record_event(v_submission.id, 'system', 'guardian_answered', v_submission.state, v_submission.state,
      p_message => 'La persona adulta que anotaste lo autorizó. Ahora lo revisa el equipo.');
    return;
  end if;
  update app.minors m set state = case p_answer when 'refuse' then 'refused' else 'withdrawn' end, answered_at = app.now(), by_link = true
  where m.submission_id = v_submission.id;
  perform app.withdraw_minor(v_submission, case p_answer
    when 'refuse' then 'La persona adulta que anotaste no lo autorizó. El video se retiró y se borra.'
    else 'La persona adulta que anotaste retiró su autorización. El video se retiró y se borra.' end);
end $$;

-- `authorise`, with or without the name; `refuse`; and, once authorised, `withdraw`, at any time. The last two take the video
-- away for good. The same answer again changes nothing.
create function public.guardian_answer(p_token text, p_answer text, p_name boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if coalesce(p_answer, '') not in ('authorise', 'refuse', 'withdraw') then perform app.refuse('malformed_op', 'p_answer', 400); end if;
  perform app.answer_guardian(app.minor_of_link(p_token), p_answer, p_name);
  return app.guardian_page(app.minor_of_link(p_token));
end $$;
grant execute on function public.guardian_answer(text, text, boolean) to anon, authenticated;

-- Staff ------------------------------------------------------------------------------------------------------

-- A minor's video for a member who decides in its campaign. Any other is unknown.
create function app.minor_for_staff(p_id uuid) returns app.minors
language plpgsql stable set search_path = '' as $$
declare
  v_minor app.minors;
begin
  if not app.has_role(app.deciders(), (select s.convocatoria_id from app.submissions s where s.id = p_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  select * into v_minor from app.minors m where m.submission_id = p_id;
  if not found then perform app.refuse('submission_unknown', null, 404); end if;
  return v_minor;
end $$;

-- Whom to ask, for those who decide. Nulls once it was deleted.
create function public.guardian_contact(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_minor app.minors := app.minor_for_staff(p_id);
begin
  return jsonb_build_object('name', v_minor.guardian_name, 'email', v_minor.email, 'phone', v_minor.phone);
end $$;
grant execute on function public.guardian_contact(uuid) to authenticated;

-- Refuses a first confirmation that does not say how and when the guardian was asked. `link`: only where she answered by it.
create function app.check_asked(p_minor app.minors, p_how text, p_on date) returns void
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(p_how, '') not in ('link', 'telephone', 'in_person', 'letter') or (p_how = 'link' and not p_minor.by_link) then
    perform app.refuse('minor_how_required', 'how');
  elsif p_on is null or p_on > app.local_day(app.now()) or p_on < app.local_day(p_minor.assented_at) then
    perform app.refuse('date_invalid', 'on_day');
  end if;
end $$;

-- A member confirms a minor's video. The first one says how and when the guardian was asked, and thereby notes her authorisation
-- where she did not give it by her link; the second one is somebody else and says that nothing tells who or where the minor is.
create function public.confirm_minor(p_id uuid, p_version int, p_how text default null, p_on date default null,
  p_name boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_minor app.minors := app.minor_for_staff(p_id);
  v_submission app.submissions := app.lock_submission(p_id, coalesce(p_version, -1));
  v_is_first boolean := not exists (select from app.minor_checks k where k.submission_id = p_id);
begin
  select * into v_minor from app.minors m where m.submission_id = p_id for update;
  if exists (select from app.minor_checks k where k.submission_id = p_id and k.user_id = auth.uid()) then
    perform app.refuse('minor_second_person', null, 409);
  elsif v_minor.state not in ('waiting', 'authorised') or v_submission.state not in ('received', 'in_review', 'correction_requested',
      'accepted') or (select count(*) from app.minor_checks k where k.submission_id = p_id) >= 2 then
    perform app.refuse('transition_invalid', null, 409);
  end if;
  if v_is_first then perform app.check_asked(v_minor, p_how, p_on); end if;
  insert into app.minor_checks (submission_id, user_id, how, on_day)
  values (p_id, auth.uid(), case when v_is_first then p_how end, case when v_is_first then p_on end);
  update app.minors m set state = 'authorised', answered_at = app.now(), name_allowed = coalesce(p_name, false)
  where m.submission_id = p_id and m.state = 'waiting';
  update app.submissions s set version = s.version + 1 where s.id = p_id;
  if v_minor.state = 'waiting' then
    perform app.record_event(p_id, 'staff', 'guardian_answered', v_submission.state, v_submission.state,
      p_message => 'La persona adulta que anotaste nos dijo que lo autoriza. Ahora lo revisa el equipo.', p_actor => auth.uid());
  end if;
  perform app.record_event(p_id, 'staff', 'minor_checked', v_submission.state, v_submission.state, p_actor => auth.uid());
  return app.staff_item(p_id);
end $$;
grant execute on function public.confirm_minor(uuid, int, text, date, boolean) to authenticated;
