-- The queue of submissions that staff page through, filter and search. It holds what they can decide: kinds of campaign
-- whose submissions nobody decides on have lists of their own.

-- The convocatorias whose submissions the caller may read.
create function app.readable_convocatorias(p_convocatoria uuid, p_kind text) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(array_agg(c.id), '{}') from app.convocatorias c
  where (p_convocatoria is null or c.id = p_convocatoria) and (p_kind is null or c.kind = p_kind)
    and app.has_role(app.readers(), c.id));
end $$;

-- Those of them on whose submissions staff decide.
create function app.decidable_convocatorias(p_convocatoria uuid, p_kind text) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select c.id from unnest(app.readable_convocatorias(p_convocatoria, p_kind)) a
    join app.convocatorias c on c.id = a join app.campaign_kinds k on k.kind = c.kind and k.moderated);
end $$;

-- Of these convocatorias, those whose answers are due today or were due before.
create function app.due_convocatorias(p_allowed uuid[]) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select c.id from app.convocatorias c
    where c.id = any (p_allowed) and app.local_day(c.answer_by) <= app.local_day(app.now()));
end $$;

-- What a submission must be to stand in a list. Null asks for nothing.
create type app.queue_filter as (
  allowed uuid[],      -- its convocatoria
  states text[],
  facets tsquery,      -- over app.facet_key
  late boolean,
  assignee uuid,
  unassigned boolean   -- true: nobody works on it
);

create function app.is_wanted(p_submission app.submissions, p_filter app.queue_filter) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_assignee uuid;
begin
  if p_submission.convocatoria_id <> all (p_filter.allowed) or p_submission.quarantined_at is not null
    or p_submission.state <> all (p_filter.states) or p_submission.late <> p_filter.late then
    return false;
  end if;
  if p_filter.facets is not null and (select w.words @@ p_filter.facets from app.submission_search w
      where w.submission_id = p_submission.id) is not true then
    return false;
  end if;
  if p_filter.assignee is null and p_filter.unassigned is not true then return true; end if;
  v_assignee := (select a.user_id from app.assignments a where a.submission_id = p_submission.id);
  return case when p_filter.unassigned then v_assignee is null else v_assignee = p_filter.assignee end;
end $$;

-- The filter that a client names: `only` is due, mine or unassigned; the other keys are those of app.facet_keys. Refuses
-- what it does not know, because a list that ignored it would show what nobody asked for.
create function app.queue_filter_of(p_allowed uuid[], p_states text[], p_filter jsonb) returns app.queue_filter
language plpgsql stable set search_path = '' as $$
declare
  v_only text := p_filter ->> 'only';
  v_wanted app.queue_filter;
begin
  if exists (select from jsonb_each_text(p_filter) f where f.value !~ '^[A-Za-z0-9_-]{0,64}$'
      or f.key <> all ('{municipality,sector,part,helps,late,only,order}'))
    or v_only <> all ('{due,mine,unassigned}') or p_filter ->> 'order' <> all ('{oldest,newest,due,late}') then
    perform app.refuse('malformed_op', 'p_filter', 400);
  end if;
  v_wanted.allowed := case when v_only = 'due' then app.due_convocatorias(p_allowed) else p_allowed end;
  v_wanted.states := p_states;
  v_wanted.facets := (select string_agg(quote_literal(k), ' & ') from unnest(app.facet_keys(p_filter, false)) k)::tsquery;
  v_wanted.late := case when p_filter ->> 'late' = 'true' then true end;
  v_wanted.assignee := case when v_only = 'mine' then auth.uid() end;
  v_wanted.unassigned := v_only = 'unassigned';
  return v_wanted;
end $$;

-- All submissions that may be wanted when these are few: the last 500 assigned to the member, or up to 1,000 with the filter's
-- lexemes. Null when they are more.
create function app.few_wanted(p_filter app.queue_filter) returns uuid[]
language plpgsql volatile set search_path = '' as $$
declare
  v_query tsquery := p_filter.facets;
  v_late tsquery := quote_literal(app.facet_key('late', 'true'));
begin
  if p_filter.assignee is not null then
    return array(select a.submission_id from app.assignments a where a.user_id = p_filter.assignee order by a.at desc limit 500);
  end if;
  if p_filter.late then v_query := case when v_query is null then v_late else v_query && v_late end; end if;
  return case when v_query is not null and app.is_rare(app.estimated_share(v_query)) then app.few_matches(v_query) end;
end $$;

-- The query that reads submissions after the position ($1, $2) in the order of arrival: of the ids $3, or of the index of each
-- campaign, or of each campaign and state, that has any; null when none has. Each list has an order and an end of its own, so that the
-- indexes are merged row by row, and whoever stops early reads little.
create function app.queue_query(p_filter app.queue_filter, p_of_ids boolean, p_newest boolean) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_after text := case when p_newest then '(s.received_at, s.id) < ($1, $2)' else '(s.received_at, s.id) > ($1, $2)' end;
  v_order text := case when p_newest then ' order by received_at desc, id desc limit $4' else ' order by received_at, id limit $4' end;
  v_lists text;
begin
  if p_of_ids then
    return 'select s.* from app.submissions s where s.id = any ($3) and ' || v_after || v_order;
  elsif p_filter.states is null then
    v_lists := (select string_agg(format('(select s.* from app.submissions s where s.convocatoria_id = %L
      and s.quarantined_at is null and %s %s)', c, v_after, v_order), ' union all ') from unnest(p_filter.allowed) c);
  else
    v_lists := (select string_agg(format('(select s.* from app.submissions s where s.convocatoria_id = %L and s.state = %L
      and s.quarantined_at is null and %s %s)', n.convocatoria_id, n.state, v_after, v_order), ' union all ')
      from (select c.convocatoria_id, c.state from app.state_counts c
        where c.convocatoria_id = any (p_filter.allowed) and c.state = any (p_filter.states)
        group by c.convocatoria_id, c.state having sum(c.n) > 0) n);
  end if;
  return 'select s.* from (' || v_lists || ') s' || v_order;
end $$;

-- Up to 30 wanted submissions after a position, of p_few where app.few_wanted knows them. Looks at 1,000 at most. `stopped`: from
-- where to look on; null at the end. The planner would rather sort whole lists: nothing tells it how few rows are wanted.
create function app.queue_page(p_filter app.queue_filter, p_few uuid[], p_at timestamptz, p_id uuid, p_newest boolean,
  out page app.submissions[], out stopped text)
language plpgsql stable set search_path = '' set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  v_query text := app.queue_query(p_filter, p_few is not null, p_newest);
  v_is_plain boolean := p_few is null and p_filter.facets is null and p_filter.late is null
    and p_filter.unassigned is not true;
  v_submission app.submissions;
  v_looks int := 0;
begin
  page := '{}';
  if v_query is null then return; end if;
  for v_submission in execute v_query using p_at, p_id, p_few, case when v_is_plain then 30 else 1000 end loop
    v_looks := v_looks + 1;
    if app.is_wanted(v_submission, p_filter) then page := page || v_submission; end if;
    if cardinality(page) = 30 or v_looks = 1000 then
      stopped := app.page_key(v_submission.received_at, v_submission.id);
      return;
    end if;
  end loop;
end $$;

-- The parts of a list in their order: by the date of the answer, the late ones first, or all as one.
create function app.queue_parts(p_filter app.queue_filter, p_order text) returns table (key text, wanted app.queue_filter)
language plpgsql stable set search_path = '' as $$
begin
  if p_order = 'due' then
    return query select to_char(c.answer_by at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as k, (array_agg(c.id), p_filter.states,
        p_filter.facets, p_filter.late, p_filter.assignee, p_filter.unassigned)::app.queue_filter
      from app.convocatorias c where c.id = any (p_filter.allowed) group by c.answer_by order by c.answer_by;
  elsif p_order = 'late' and p_filter.late is null then
    return query select p.k, (p_filter.allowed, p_filter.states, p_filter.facets, p.is_late, p_filter.assignee,
        p_filter.unassigned)::app.queue_filter from (values ('0', true), ('1', false)) p (k, is_late) order by p.k;
  else
    return query select '', p_filter;
  end if;
end $$;

-- A page of a list in this order after the `next` of the page before.
create function app.ordered_page(p_filter app.queue_filter, p_order text, p_after text, out page app.submissions[],
  out next text)
language plpgsql volatile set search_path = '' as $$
declare
  v_newest boolean := coalesce(p_order = 'newest', false);
  v_at timestamptz := app.parse_instant(split_part(p_after, '~', 1));
  v_id uuid := app.parse_uuid(split_part(p_after, '~', 2));
  v_key text := split_part(p_after, '~', 3);
  v_part record;
  v_more record;
begin
  page := '{}';
  for v_part in select * from app.queue_parts(p_filter, p_order) loop
    continue when v_at is not null and v_part.key < v_key collate "C";
    if v_at is null or v_part.key <> v_key then
      v_at := case when v_newest then 'infinity' else '-infinity' end;
      v_id := case when v_newest then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else '00000000-0000-0000-0000-000000000000' end;
    end if;
    select * into v_more from app.queue_page(v_part.wanted, app.few_wanted(v_part.wanted), v_at, v_id, v_newest);
    page := (page || v_more.page)[1:30];
    if cardinality(page) = 30 then
      next := concat_ws('~', app.page_key(page[30].received_at, page[30].id), nullif(v_part.key, ''));
    elsif v_more.stopped is not null then
      next := concat_ws('~', v_more.stopped, nullif(v_part.key, ''));
    end if;
    exit when next is not null;
  end loop;
end $$;

-- 30 of these submissions in their order: the wanted ones after the first p_from.
create function app.page_of(p_ids uuid[], p_filter app.queue_filter, p_from int) returns app.submissions[]
language plpgsql stable set search_path = '' as $$
declare
  v_page app.submissions[] := '{}';
  v_submission app.submissions;
  v_place int := 0;
begin
  for i in 1 .. cardinality(p_ids) loop
    select s.* into v_submission from app.submissions s where s.id = p_ids[i];
    continue when not found or not app.is_wanted(v_submission, p_filter);
    if v_place >= p_from then v_page := v_page || v_submission; end if;
    v_place := v_place + 1;
    exit when cardinality(v_page) = 30;
  end loop;
  return v_page;
end $$;
