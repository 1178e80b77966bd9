-- The log: who did what, when, and to what, for auditors and administrators. It reads the histories that each part of the
-- product keeps, and holds no words of a citizen, no address and no name of one: of a submission its folio.

create index on app.review_events (at, seq);
create index on app.review_events (actor_id, at, seq) where actor_id is not null;

create type app.log_line as (at timestamptz, area text, seq bigint, kind text, source text, actor_id uuid, about text,
  submission_id uuid, convocatoria_id uuid, detail jsonb);

-- What a page holds: the campaigns that the caller may audit, whether also what belongs to no campaign, the filters (null: all),
-- and the place behind which it begins.
create type app.log_query as (campaigns uuid[], everything boolean, person uuid, area text, kind text, submission_id uuid,
  since timestamptz, until timestamptz, after_at timestamptz, after_area text, after_seq bigint, amount int);

-- Whether a line of a history belongs to the page. What belongs to a campaign that is gone is for whoever may read everything.
create function app.is_logged(q app.log_query, p_at timestamptz, p_area text, p_seq bigint, p_kind text, p_actor uuid,
  p_convocatoria uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (q.everything or p_convocatoria = any (q.campaigns)) and (q.kind is null or p_kind = q.kind)
    and (q.person is null or p_actor = q.person) and (p_at, p_area, p_seq) < (q.after_at, q.after_area, q.after_seq);
end $$;

create function app.submission_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
begin
  return query select e.at, 'submission'::text, e.seq, e.kind, e.source, e.actor_id, s.folio, s.id, s.convocatoria_id,
    jsonb_build_object('from', e.from_state, 'to', e.to_state, 'reason_code', e.reason_code)
  from app.review_events e join app.submissions s on s.id = e.submission_id
  where (q.person is null or e.actor_id = q.person) and (q.submission_id is null or e.submission_id = q.submission_id)
    and (q.kind is null or e.kind = q.kind) and e.at >= q.since and e.at < q.until and e.at <= q.after_at
    and app.is_logged(q, e.at, 'submission', e.seq, e.kind, e.actor_id, s.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.campaign_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'campaign'::text, e.seq, e.kind, case when e.actor_id is null then 'system' else 'staff' end,
    e.actor_id, coalesce(app.working_title(c), ''), null::uuid, e.convocatoria_id,
    jsonb_build_object('sections', (select jsonb_agg(k order by k) from jsonb_object_keys(e.changes) k), 'reason', e.reason)
  from app.convocatoria_events e left join app.convocatorias c on c.id = e.convocatoria_id
  where e.at >= q.since and e.at < q.until
    and app.is_logged(q, e.at, 'campaign', e.seq, e.kind, e.actor_id, c.id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.day_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'day'::text, e.seq, k.kind, case when e.actor_id is null then 'system' else 'staff' end,
    e.actor_id, coalesce(app.jornada_name(j), e.after ->> 'title'), null::uuid, j.convocatoria_id,
    jsonb_build_object('reason', e.reason)
  from app.jornada_changes e left join app.jornadas j on j.id = e.jornada_id
  cross join lateral (select app.change_kind(e.before, e.after) as kind) k
  where e.at >= q.since and e.at < q.until and app.is_logged(q, e.at, 'day', e.seq, k.kind, e.actor_id, j.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.people_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'people'::text, e.seq, e.kind, case when e.actor_id is null then 'system' else 'staff' end,
    e.actor_id, e.name, null::uuid, e.convocatoria_id, jsonb_build_object('role', e.role)
  from app.staff_events e
  where e.at >= q.since and e.at < q.until
    and app.is_logged(q, e.at, 'people', e.seq, e.kind, e.actor_id, e.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.institution_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'institution'::text, e.seq, 'changed'::text, 'staff'::text, e.actor_id, ''::text, null::uuid,
    null::uuid, jsonb_build_object('sections', (select jsonb_agg(k order by k) from jsonb_object_keys(e.changes) k))
  from app.institution_events e
  where e.at >= q.since and e.at < q.until and app.is_logged(q, e.at, 'institution', e.seq, 'changed', e.actor_id, null)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.registry_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'registry'::text, e.seq, e.kind, case when e.actor_id is null then 'system' else 'staff' end,
    e.actor_id, coalesce(b.name, ''), null::uuid, null::uuid, '{}'::jsonb
  from app.body_events e left join app.sujetos_obligados b on b.id = e.subject_id
  where e.at >= q.since and e.at < q.until and app.is_logged(q, e.at, 'registry', e.seq, e.kind, e.actor_id, null)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.access_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'access'::text, e.seq, e.kind, case e.kind when 'factor_gone' then 'system' else 'staff' end,
    e.user_id, case e.kind when 'factor_gone' then app.staff_name(e.user_id) else '' end, null::uuid, null::uuid, '{}'::jsonb
  from app.access_events e
  where e.at >= q.since and e.at < q.until and app.is_logged(q, e.at, 'access', e.seq, e.kind, e.user_id, null)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

create function app.letter_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'letter'::text, e.seq, e.kind, 'staff'::text, e.actor_id, e.about, e.submission_id,
    e.convocatoria_id, '{}'::jsonb
  from app.letter_acts e
  where e.at >= q.since and e.at < q.until and app.is_logged(q, e.at, 'letter', e.seq, e.kind, e.actor_id, e.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

-- The newest lines of all histories, or of the one that the query names.
create function app.log_lines(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select l.* from (
    select * from app.submission_log(q) where coalesce(q.area, 'submission') = 'submission'
    union all select * from app.campaign_log(q) where coalesce(q.area, 'campaign') = 'campaign'
    union all select * from app.finding_log(q) where coalesce(q.area, 'finding') = 'finding'
    union all select * from app.jury_log(q) where coalesce(q.area, 'jury') = 'jury'
    union all select * from app.day_log(q) where coalesce(q.area, 'day') = 'day'
    union all select * from app.people_log(q) where coalesce(q.area, 'people') = 'people'
    union all select * from app.institution_log(q) where coalesce(q.area, 'institution') = 'institution'
    union all select * from app.registry_log(q) where coalesce(q.area, 'registry') = 'registry'
    union all select * from app.access_log(q) where coalesce(q.area, 'access') = 'access'
    union all select * from app.letter_log(q) where coalesce(q.area, 'letter') = 'letter') l
  order by l.at desc, l.area desc, l.seq desc limit q.amount;
end $$;

-- A page of the log, newest first. The filters (null: all) are a member, an area, a kind of act, a folio, and days in central
-- Mexico, both included. p_after is the `next` of the page before; p_limit from 1 to 500. The first page names the people who may
-- have acted.
create function public.list_log(p_person uuid default null, p_area text default null, p_kind text default null,
  p_folio text default null, p_from date default null, p_to date default null, p_after text default null,
  p_limit int default 50) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_roles constant text[] := array['auditor', 'admin'];
  q app.log_query;
  v_lines app.log_line[];
  v_last app.log_line;
begin
  if not app.has_role_somewhere(v_roles) then perform app.refuse('not_allowed', null, 403); end if;
  q.campaigns := array(select c.id from app.convocatorias c where app.has_role(v_roles, c.id));
  q.everything := app.has_role(v_roles, null);
  q.person := p_person;
  q.area := case when p_folio is null then p_area else 'submission' end;
  q.kind := p_kind;
  if p_folio is not null then
    q.submission_id := coalesce((select s.id from app.submissions s where s.folio = p_folio),
      '00000000-0000-0000-0000-000000000000');
  end if;
  q.since := coalesce(p_from::timestamp at time zone 'America/Mexico_City', '-infinity');
  q.until := coalesce((p_to + 1)::timestamp at time zone 'America/Mexico_City', 'infinity');
  q.after_at := coalesce(app.parse_instant(split_part(p_after, '~', 1)), 'infinity');
  q.after_area := split_part(coalesce(p_after, ''), '~', 2);
  q.after_seq := coalesce(substring(p_after from '~(\d{1,18})$')::bigint, 0);
  q.amount := least(greatest(p_limit, 1), 500);
  v_lines := array(select l from app.log_lines(q) l order by l.at desc, l.area desc, l.seq desc);
  v_last := v_lines[q.amount];
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(jsonb_build_object('at', l.at, 'area', l.area, 'seq', l.seq, 'kind', l.kind,
        'source', l.source, 'actor', app.staff_name(l.actor_id), 'about', l.about, 'submission_id', l.submission_id,
        'campaign', (select app.working_title(c) from app.convocatorias c where c.id = l.convocatoria_id))
        || jsonb_strip_nulls(l.detail) order by l.at desc, l.area desc, l.seq desc) from unnest(v_lines) l), '[]'),
    'next', case when v_last.at is not null then to_char(v_last.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      || '~' || v_last.area || '~' || v_last.seq end)
    || case when p_after is not null then '{}' else jsonb_build_object('people', coalesce((
      select jsonb_agg(jsonb_build_object('id', p.user_id, 'name', app.staff_name(p.user_id)) order by app.staff_name(p.user_id))
      from (select distinct s.user_id from app.staff s
        where q.everything or s.convocatoria_id is null or s.convocatoria_id = any (q.campaigns)) p), '[]')) end;
end $$;
grant execute on function public.list_log(uuid, text, text, text, date, date, text, int) to authenticated;
