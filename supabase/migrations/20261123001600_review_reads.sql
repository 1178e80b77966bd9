-- What staff read. Who holds no reading role for a convocatoria sees none of its submissions.

create function app.queue_item(p_submission app.submissions) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', p_submission.id, 'folio', p_submission.folio, 'kind', p_submission.kind,
    'convocatoria_id', p_submission.convocatoria_id, 'convocatoria_title', c.title, 'state', p_submission.state,
    'version', p_submission.version, 'received_at', p_submission.received_at, 'late', p_submission.late,
    'answer_by', c.answer_by, 'part_label', h.headline -> 'part_label',
    'excerpt', coalesce(h.headline -> 'excerpt', '""'))
  from app.convocatorias c
  join app.campaign_kinds k on k.kind = p_submission.kind
  cross join lateral (select app.of_kind(k.headline_function, p_submission.id) as headline) h
  where c.id = p_submission.convocatoria_id
$$;

-- The decisions of src/domain/states.ts that may be taken from a state.
create function app.decisions_for(p_state text) returns text[]
language sql immutable parallel safe as $$
  select case when p_state in ('received', 'in_review') then array['request_correction', 'accept', 'reject']
    when p_state = 'accepted' then array['publish', 'not_select'] else array[]::text[] end
$$;

-- The same for one submission: none where its kind is not moderated.
create function app.decisions_on(p_submission app.submissions) returns text[]
language sql stable set search_path = '' as $$
  select case when k.moderated then app.decisions_for(p_submission.state) else array[]::text[] end
  from app.campaign_kinds k where k.kind = p_submission.kind
$$;

-- Until when the one who asks may take this event back: a minute, only the last one, only their own.
create function app.undo_until(p_event app.review_events) returns timestamptz
language sql stable set search_path = '' as $$
  select p_event.at + interval '60 seconds'
  where p_event.kind in ('request_correction', 'accept', 'reject', 'publish', 'not_select')
    and p_event.actor_id = (select auth.uid()) and app.now() < p_event.at + interval '60 seconds'
    and not exists (select from app.review_events e
      where e.submission_id = p_event.submission_id and e.seq > p_event.seq)
$$;

create function app.events_of(p_submission uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'at', e.at, 'actor', app.staff_name(e.actor_id),
    'kind', e.kind, 'from_state', e.from_state, 'to_state', e.to_state, 'reason_code', e.reason_code,
    'message', e.message, 'undo_until', app.undo_until(e)) order by e.seq), '[]')
  from app.review_events e where e.submission_id = p_submission
$$;

create function app.consents_of(p_submission uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(t.value || jsonb_build_object('granted', c.granted, 'at', c.consented_at) order by t.ordinality), '[]')
  from app.consents c join app.notices n on n.id = c.notice_id
  cross join lateral jsonb_array_elements(n.consents) with ordinality t
  where c.submission_id = p_submission and t.value ->> 'key' = c.key
$$;

-- What staff see of one submission; null for who may not, and where there is none.
create function app.staff_item(p_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select app.queue_item(s) || jsonb_build_object('content', o.content, 'display_name', p.display_name,
    'municipality_name', case when o.content ->> 'municipality' = 'fuera' then 'Fuera del Estado de México'
      else (select m.name from app.municipalities m where m.cve = o.content ->> 'municipality') end,
    'has_email', p.email is not null, 'consents', app.consents_of(s.id), 'events', app.events_of(s.id),
    'decisions', case when app.has_role(app.deciders(), s.convocatoria_id)
      then to_jsonb(app.decisions_on(s)) else '[]' end)
  from app.submissions s
  join app.campaign_kinds k on k.kind = s.kind
  cross join lateral (select app.of_kind(coalesce(k.staff_content_function, k.content_function), s.id) as content) o
  left join app.contacts p on p.submission_id = s.id
  where s.id = p_id and app.has_role(app.readers(), s.convocatoria_id)
$$;

-- The row of a verdict on a submission as a whole.
create function app.staff_item_of(p_id uuid, p_part uuid) returns jsonb
language sql stable set search_path = '' as $$ select app.staff_item(p_id) $$;

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

-- The convocatorias that who asks may read submissions of.
create function app.readable_convocatorias(p_convocatoria uuid, p_kind text) returns uuid[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(c.id), '{}') from app.convocatorias c
  where (p_convocatoria is null or c.id = p_convocatoria) and (p_kind is null or c.kind = p_kind)
    and app.has_role(app.readers(), c.id)
$$;

-- A pattern for LIKE that holds nothing but what was typed. Null when nothing was.
create function app.search_pattern(p_search text) returns text
language sql stable set search_path = '' as $$
  select '%' || regexp_replace(app.folded(left(app.trimmed(p_search), 100)), '([\\%_])', '\\\1', 'g') || '%'
  where app.trimmed(p_search) <> ''
$$;

-- Oldest first, 30 a page; p_after is the `next` of the page before. Counts are of all states, unsearched.
create function public.review_queue(p_convocatoria uuid default null, p_states text[] default null,
  p_search text default null, p_after text default null, p_kind text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_pattern text := app.search_pattern(p_search);
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page app.submissions[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.readable_convocatorias(p_convocatoria, p_kind);
  v_page := array(select s from app.submissions s
    where s.convocatoria_id = any (v_allowed) and (s.received_at, s.id) > (v_at, v_id)
      and (p_states is null or s.state = any (p_states)) and (v_pattern is null or s.search_text like v_pattern)
    order by s.received_at, s.id limit 30);
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.queue_item(s) order by s.received_at, s.id) from unnest(v_page) s), '[]'),
    'next', case when cardinality(v_page) = 30 then app.page_key(v_page[30].received_at, v_page[30].id) end,
    'counts', coalesce((select jsonb_object_agg(g.state, g.count) from (
      select n.state, sum(n.n) as count from app.state_counts n
      where n.convocatoria_id = any (v_allowed) group by n.state having sum(n.n) > 0) g), '{}'));
end $$;
grant execute on function public.review_queue(uuid, text[], text, text, text) to authenticated;
