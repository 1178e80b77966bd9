-- Quarantine. What one caller sends beyond a number an hour is received like all else: its author has the folio, the private
-- link and the date of the answer. It waits in a list of its own, so that a flood does not bury the queue, and staff release
-- or dismiss it in bulk. Only what staff decide on is quarantined.

-- Whether what this caller sends now goes to quarantine. An honest address of a carrier may reach the number: that costs its
-- people nothing but the place in the queue, which a release gives back.
create function app.is_flood(p_kind text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_caller text := app.caller_hash();
begin
  return v_caller is not null and (select k.moderated from app.campaign_kinds k where k.kind = p_kind)
    and not app.note_call('submission', v_caller, 60);
end $$;

-- A page of 100, oldest first; p_after is the `next` of the page before. `p_dismissed`: those that were dismissed, which can
-- be released too. `count`: how many wait.
create function public.list_quarantine(p_dismissed boolean default false, p_after text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page app.submissions[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.readable_convocatorias(null, null);
  v_page := array(select s from app.submissions s
    where s.convocatoria_id = any (v_allowed) and s.quarantined_at is not null and (s.received_at, s.id) > (v_at, v_id)
      and s.state = case when p_dismissed then 'rejected' else 'received' end
    order by s.received_at, s.id limit 100);
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.queue_item(s) order by s.received_at, s.id) from unnest(v_page) s), '[]'),
    'next', case when cardinality(v_page) = 100 then app.page_key(v_page[100].received_at, v_page[100].id) end,
    'count', app.quarantined_count(v_allowed));
end $$;
grant execute on function public.list_quarantine(boolean, text) to authenticated;

-- How many submissions of these convocatorias wait in quarantine.
create function app.quarantined_count(p_convocatorias uuid[]) returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(sum(n.n), 0) from app.state_counts n
    where n.convocatoria_id = any (p_convocatorias) and n.state = 'quarantined');
end $$;

-- Puts a submission into the queue, as if it had just come: its receipt is sent now.
create function app.release_submission(p_submission app.submissions) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_dismissal uuid := (select e.id from app.review_events e
    where e.submission_id = p_submission.id and e.kind = 'reject' order by e.seq desc limit 1);
begin
  update app.submissions s set quarantined_at = null, state = 'received', version = s.version + 1 where s.id = p_submission.id;
  if p_submission.state = 'rejected' then
    perform app.record_event(p_submission.id, 'staff', 'undone', 'rejected', 'received', p_actor => auth.uid(),
      p_undoes => v_dismissal);
  end if;
  perform app.mail_receipt(p_submission.id);
end $$;

-- Answers a submission as junk. No letter: its address may be a stranger's. Its author reads the reason with the private link.
create function app.dismiss_submission(p_submission app.submissions) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.submissions s set state = 'rejected', version = s.version + 1 where s.id = p_submission.id;
  perform app.record_event(p_submission.id, 'staff', 'reject', 'received', 'rejected', 'other',
    'No pudimos distinguir este envío de los de un programa automático. Si lo escribió una persona, mándanos el folio al '
    || 'contacto de ayuda y lo revisamos.', p_actor => auth.uid());
end $$;

-- Releases or dismisses up to 500 submissions in quarantine. Leaves out what is not there any more, and what the caller may
-- not decide on. Answers {settled: how many}.
create function public.settle_quarantine(p_ids uuid[], p_release boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_count int := 0;
begin
  if not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  if p_release is null or cardinality(p_ids) > 500 then perform app.refuse('malformed_op', 'ids', 400); end if;
  for v_submission in select s.* from app.submissions s where s.id = any (p_ids) and s.quarantined_at is not null
    and (s.state = 'received' or (p_release and s.state = 'rejected')) order by s.id for update loop
    continue when not app.has_role(app.deciders(), v_submission.convocatoria_id);
    if p_release then
      perform app.release_submission(v_submission);
    else
      perform app.dismiss_submission(v_submission);
    end if;
    v_count := v_count + 1;
  end loop;
  return jsonb_build_object('settled', v_count);
end $$;
grant execute on function public.settle_quarantine(uuid[], boolean) to authenticated;
