-- How an answer becomes public: a second person approves it, a coordinator sets the day, a job publishes all of that day
-- together and tells each author once.

-- Approves the draft that the caller saw, or returns it with a reason. Whoever wrote any of it does neither.
create function public.review_answer(p_finding uuid, p_version int, p_approved boolean, p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_finding app.findings := app.lock_finding(p_finding, app.analysts());
  v_reason text := app.tidied(coalesce(p_reason, ''));
  a app.finding_answers;
begin
  select * into a from app.finding_answers x where x.finding_id = p_finding;
  if a.version is distinct from p_version or a.state <> 'draft' then perform app.refuse('conflict', null, 409); end if;
  if auth.uid() = any (a.writers) then perform app.refuse('own_answer', null, 409); end if;
  if p_approved and (a.outcome is null or app.visible_length(a.reasons) = 0 or app.visible_length(a.area) = 0
      or (a.outcome in ('accepted', 'partly') and a.due_on is null)) then
    perform app.refuse('answer_incomplete', null, 409);
  end if;
  if not coalesce(p_approved, false) and app.visible_length(v_reason) = 0 then perform app.refuse('reason_required', 'reason'); end if;
  if char_length(v_reason) > 500 then perform app.refuse('text_too_long', 'reason'); end if;
  update app.finding_answers x set version = x.version + 1, returned = case when not p_approved then v_reason end,
    state = case when p_approved then 'approved' else 'draft' end, approved_by = case when p_approved then auth.uid() end,
    approved_at = case when p_approved then app.now() end
  where x.finding_id = p_finding;
  perform app.log_finding(v_finding.convocatoria_id, case when p_approved then 'approved' else 'returned' end, p_finding);
  return app.answer_row(p_finding);
end $$;
grant execute on function public.review_answer(uuid, int, boolean, text) to authenticated;

-- Sets the day on which all approved answers of a campaign are published; null takes the day back. Today publishes within a
-- minute. Answers how many.
create function public.plan_answers(p_convocatoria uuid, p_day date default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_count int;
begin
  if not app.has_role(app.answerers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  if p_day < app.local_day(app.now()) then perform app.refuse('date_invalid', 'day'); end if;
  update app.finding_answers a set publish_on = p_day, planned_by = case when p_day is not null then auth.uid() end
  from app.findings f where f.id = a.finding_id and f.convocatoria_id = p_convocatoria and a.state = 'approved';
  get diagnostics v_count = row_count;
  if v_count = 0 then perform app.refuse('nothing_approved', null, 409); end if;
  perform app.log_finding(p_convocatoria, case when p_day is null then 'unplanned' else 'planned' end, null,
    p_after => jsonb_build_object('day', p_day, 'count', v_count));
  return jsonb_build_object('count', v_count, 'day', p_day);
end $$;
grant execute on function public.plan_answers(uuid, date) to authenticated;

-- Publishes the answers whose day has come, all in one transaction.
create function app.publish_answers() returns int
language plpgsql volatile set search_path = '' as $$
declare
  a record;
  v_count int := 0;
begin
  for a in select x.*, f.convocatoria_id, f.title, f.words, f.codes from app.finding_answers x join app.findings f on f.id = x.finding_id
    where x.state = 'approved' and x.publish_on <= app.local_day(app.now()) order by x.finding_id for update of x, f loop
    insert into app.published_answers as p (finding_id, version, title, words, codes, outcome, reasons, area, due_on, published_by)
    values (a.finding_id, a.version, a.title, a.words, a.codes, a.outcome, a.reasons, a.area, a.due_on, a.planned_by)
    on conflict (finding_id) do update set version = excluded.version, title = excluded.title, words = excluded.words,
      codes = excluded.codes, outcome = excluded.outcome, reasons = excluded.reasons, area = excluded.area,
      due_on = excluded.due_on, published_at = app.now(), published_by = excluded.published_by;
    update app.finding_answers x set state = 'published' where x.finding_id = a.finding_id;
    perform app.log_finding(a.convocatoria_id, 'published', a.finding_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (14, 'answers_published', 'publish_answers');

create function app.outcome_words(p_outcome text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case p_outcome when 'accepted' then 'Se acepta' when 'partly' then 'Se acepta en parte' when 'not_now' then 'Por ahora no'
    else 'No se acepta' end;
end $$;

-- Tells authors the answers that they were not told yet, up to 500 a call: an event of their folio, and a letter or a notice
-- where they chose one. A proposal that joins a finding later is told too.
create function app.tell_answers() returns int
language plpgsql volatile set search_path = '' as $$
declare
  r record;
  v_count int := 0;
begin
  for r in select s.id, s.state, a.* from app.published_answers a
    join (select i.finding_id, i.submission_id from app.ideas i union
      select i.finding_id, g.submission_id from app.sortings g join app.ideas i on i.submission_id = g.twin_of) m
      on m.finding_id = a.finding_id
    join app.submissions s on s.id = m.submission_id and s.state = any (app.sortable_states())
    where not exists (select from app.told_answers t
      where t.submission_id = s.id and t.finding_id = a.finding_id and t.version = a.version)
    order by a.published_at, s.id limit 500 loop
    insert into app.told_answers (submission_id, finding_id, version) values (r.id, r.finding_id, r.version)
    on conflict (submission_id, finding_id) do update set version = excluded.version;
    perform app.mail_news(r.id, app.record_event(r.id, 'staff', 'answered', r.state, r.state,
      p_message => app.outcome_words(r.outcome) || '. ' || r.reasons, p_actor => r.published_by));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (16, 'answers_told', 'tell_answers');

-- Closes a campaign as answered. Refused while any proposal lacks its answer, with how many.
create function public.finish_answers(p_convocatoria uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_lacking int;
begin
  if not app.has_role(app.answerers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_campaign from app.convocatorias c where c.id = p_convocatoria and c.kind = 'propuestas' for update;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  if app.now() <= app.received_until(v_campaign) then perform app.refuse('not_closed', null, 409); end if;
  v_lacking := (select count(*) from app.lacking_answer(p_convocatoria));
  if v_lacking > 0 then perform app.refuse('answers_missing', v_lacking::text, 409); end if;
  insert into app.answer_closings (convocatoria_id, closed_by) values (p_convocatoria, auth.uid()) on conflict do nothing;
  if found then perform app.log_finding(p_convocatoria, 'finished', null); end if;
  return jsonb_build_object('finished_at', (select c.at from app.answer_closings c where c.convocatoria_id = p_convocatoria));
end $$;
grant execute on function public.finish_answers(uuid) to authenticated;

-- From a week before the day of the answers, the proposals that lack one: {kind, count, by}; null while none does. Also after it
-- was closed as answered: a decision may be reopened.
create function app.answers_alert(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_by date := (select c.answer_by from app.convocatorias c where c.id = p_convocatoria);
  v_count int;
begin
  if v_by is null or app.local_day(app.now()) < v_by - 7 then return null; end if;
  v_count := (select count(*) from app.lacking_answer(p_convocatoria));
  return case when v_count > 0 then jsonb_build_object('kind', 'answers', 'count', v_count,
    'by', (v_by + time '12:00') at time zone 'America/Mexico_City') end;
end $$;
