-- What staff read of one submission. Without a reading role for its convocatoria they read nothing.

-- A line of the queue. «offset 0»: the headline is read once, not for each of its parts.
create function app.queue_item(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', p_submission.id, 'folio', p_submission.folio, 'kind', p_submission.kind,
    'convocatoria_id', p_submission.convocatoria_id, 'convocatoria_title', c.title, 'state', p_submission.state,
    'version', p_submission.version, 'received_at', p_submission.received_at, 'late', p_submission.late,
    'answer_by', c.answer_by, 'part_label', h.headline -> 'part_label',
    'excerpt', coalesce(h.headline -> 'excerpt', '""'), 'municipality_name', h.headline -> 'municipality',
    'assigned', app.assignee_of(p_submission.id)) || app.second_review_due(p_submission)
  from app.convocatorias c
  join app.campaign_kinds k on k.kind = p_submission.kind
  cross join lateral (select app.call_kind_function(k.headline_function, p_submission.id) as headline offset 0) h
  where c.id = p_submission.convocatoria_id);
end $$;

-- The decisions of src/domain/states.ts that a state allows.
create function app.decisions_for(p_state text) returns text[]
language sql immutable parallel safe as $$
  select case when p_state in ('received', 'in_review') then array['request_correction', 'accept', 'reject']
    when p_state = 'accepted' then array['publish', 'not_select'] else array[]::text[] end
$$;

-- The decisions that a submission allows: none when its kind is not moderated.
create function app.decisions_on(p_submission app.submissions) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return (select case when k.moderated then app.decisions_for(p_submission.state) else array[]::text[] end
  from app.campaign_kinds k where k.kind = p_submission.kind);
end $$;

-- The decisions of src/domain/states.ts that amend an earlier one, whoever the caller is. A rejection that a second review
-- confirmed is final.
create function app.amendments_on(p_submission app.submissions) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state not in ('accepted', 'rejected', 'published', 'not_selected') then return '{}'; end if;
  return (select case when not k.moderated or p_submission.content_erased_at is not null then array[]::text[]
      when app.awaits_second_review(p_submission) then array['accept', 'reopen', 'uphold']
      when app.is_upheld(p_submission) then array[]::text[]
      when p_submission.state = 'published' then array['take_back']
      when p_submission.state in ('accepted', 'rejected', 'not_selected') then array['reopen']
      else array[]::text[] end
  from app.campaign_kinds k where k.kind = p_submission.kind);
end $$;

-- Whether the caller, who may decide or may amend, takes these decisions. Those of a second review are for whoever may decide
-- and is not the member who rejected.
create function app.may_amend(p_submission app.submissions, p_decides boolean, p_amends boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return case when app.awaits_second_review(p_submission)
    then p_decides and not app.rejected_before(p_submission.id, auth.uid()) else p_amends end;
end $$;

-- Until when the caller may undo this event: for a minute, and only their own latest decision. Null otherwise.
create function app.undo_until(p_event app.review_events) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (select p_event.at + interval '60 seconds'
  where p_event.kind in ('request_correction', 'accept', 'reject', 'publish', 'not_select', 'take_back', 'reopen',
      'uphold', 'approved')
    and p_event.actor_id = (select auth.uid()) and app.now() < p_event.at + interval '60 seconds'
    and not exists (select from app.review_events e
      where e.submission_id = p_event.submission_id and e.seq > p_event.seq));
end $$;

create function app.events_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'at', e.at, 'actor', app.staff_name(e.actor_id),
    'kind', e.kind, 'from_state', e.from_state, 'to_state', e.to_state, 'reason_code', e.reason_code,
    'message', e.message, 'undo_until', app.undo_until(e)) order by e.seq), '[]')
  from app.review_events e where e.submission_id = p_submission);
end $$;

-- Whether the author allowed all without which nothing of a submission of this kind is published.
create function app.may_publish(p_kind text, p_allowed text[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select array_agg(p.permission) from app.kind_permissions p where p.kind = p_kind and p.publishes)
    <@ p_allowed, false);
end $$;

create function app.consents_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(t.value || jsonb_build_object('granted', c.granted, 'at', c.consented_at) order by t.ordinality), '[]')
  from app.consents c join app.notices n on n.id = c.notice_id
  cross join lateral jsonb_array_elements(n.consents) with ordinality t
  where c.submission_id = p_submission and t.value ->> 'key' = c.key);
end $$;

-- What staff see of these submissions. Leaves out those that the caller may not read. Reads them in one query, because one
-- query each would plan the inner functions anew every time; asks for the caller's roles once a campaign, and for the content
-- once a submission («offset 0» keeps the planner from moving those calls).
create function app.staff_items(p_ids uuid[]) returns table (id uuid, item jsonb)
language sql stable set search_path = '' as $$
  with campaigns as materialized (
    select c.id, app.has_role(app.deciders(), c.id) as decides, app.has_role(app.amenders(), c.id) as amends
    from (select distinct o.convocatoria_id as id from app.submissions o where o.id = any (p_ids) offset 0) c
    where app.has_role(app.readers(), c.id)
  )
  select s.id, app.queue_item(s) || jsonb_build_object('content', o.content, 'display_name', p.display_name,
    'has_email', p.email is not null, 'mail_trouble', app.mail_trouble(s.id), 'consents', app.consents_of(s.id),
    'may_publish', app.may_publish(s.kind, a.allowed), 'allowed', a.allowed, 'events', app.events_of(s.id),
    'decisions', case when c.decides then to_jsonb(app.decisions_on(s)) else '[]' end,
    'amendments', case when app.may_amend(s, c.decides, c.amends) then to_jsonb(app.amendments_on(s)) else '[]' end) || app.erasures_of(s)
  from app.submissions s
  join campaigns c on c.id = s.convocatoria_id
  join app.campaign_kinds k on k.kind = s.kind
  cross join lateral (select app.call_kind_function(coalesce(k.staff_content_function, k.content_function), s.id) as content
    offset 0) o
  cross join lateral (select app.allowed_by_author(s.id) as allowed offset 0) a
  left join app.contacts p on p.submission_id = s.id
  where s.id = any (p_ids)
$$;

-- What staff see of one submission; null when it does not exist or the caller may not read it.
create function app.staff_item(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select i.item from app.staff_items(array[p_id]) i);
end $$;

-- The row of a verdict on a whole submission.
create function app.staff_item_of(p_id uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return app.staff_item(p_id);
end $$;

-- A submission for review. Refuses callers without a reading role; an unreadable submission counts as unknown.
create function public.review_item(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_item jsonb := app.staff_item(p_id);
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  if v_item is null then perform app.refuse('submission_unknown', null, 404); end if;
  return v_item;
end $$;
grant execute on function public.review_item(uuid) to authenticated;
