-- What staff call for the queue: a page of it, and the counts beside its tabs.

-- How many of the wanted ones nobody works on: to 100, among the 500 that came first; null where that does not tell.
create function app.unassigned_count(p_filter app.queue_filter) returns int
language plpgsql stable set search_path = '' set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  v_query text := app.queue_query(p_filter, false, false);
  v_seen int := 0;
  v_count int := 0;
begin
  if v_query is not null then
    execute format('select count(*), count(*) filter (where not exists (
        select from app.assignments a where a.submission_id = q.id)) from (%s) q', v_query)
      into v_seen, v_count using '-infinity'::timestamptz, '00000000-0000-0000-0000-000000000000'::uuid, null::uuid[], 500;
  end if;
  return case when v_seen < 500 or v_count >= 100 then least(v_count, 100) end;
end $$;

-- How many of these campaigns wait for a decision and are due, mine (to 100), or nobody's.
create function app.tab_counts(p_allowed uuid[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_states text[] := '{received,in_review,accepted}';   -- those in which app.decisions_for allows any
  v_mine app.queue_filter := app.queue_filter_of(p_allowed, v_states, '{"only": "mine"}');
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'due', (select coalesce(sum(c.n), 0) from app.state_counts c
      where c.convocatoria_id = any (app.due_convocatorias(p_allowed)) and c.state = any (v_states)),
    'mine', (select count(*) from (select from unnest(app.few_wanted(v_mine)) i join app.submissions s on s.id = i
      where s.convocatoria_id = any (p_allowed) and s.state = any (v_states) and s.quarantined_at is null limit 100) m),
    'unassigned', app.unassigned_count(app.queue_filter_of(p_allowed, v_states, '{}'))));
end $$;

-- A page of the queue, 30 a page; p_after is the `next` of the page before. p_filter: {municipality, sector, part, helps, late,
-- only, order}, all optional; without an order the oldest come first. A page with fewer than 30 and a `next` looked at 1,000 and
-- may be followed by more. A whole folio finds its submission. A search comes ranked, and `next` counts from its start; of words
-- that very many submissions hold it finds those of the newest arrivals (app.search_matches), and the page says so with
-- `newest_only`. A search without a word of three letters finds nothing. The counts ignore search and filter, and those of
-- `tabs`, which a first page has, end at 100. What is in quarantine stands in a list of its own.
create function public.review_queue(p_convocatoria uuid default null, p_states text[] default null,
  p_search text default null, p_after text default null, p_kind text default null, p_filter jsonb default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_wanted app.queue_filter;
  v_from int := coalesce(substring(p_after from '^ranked~(\d{1,4})$')::int, 0);
  v_query tsquery;
  v_found uuid[];
  v_is_cut boolean := false;
  v_page app.submissions[];
  v_next text;
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.refuse_huge_numbers(p_filter);
  v_allowed := app.decidable_convocatorias(p_convocatoria, p_kind);
  v_wanted := app.queue_filter_of(v_allowed, p_states, coalesce(p_filter, '{}'));
  if coalesce(app.trimmed(p_search), '') <> '' then
    v_found := array(select s.id from app.submissions s where s.folio = upper(app.trimmed(p_search)));
    if v_found = '{}' then
      v_query := app.search_query(p_search);
      if v_wanted.facets is not null then v_query := v_query && v_wanted.facets; end if;
      select m.ids, m.is_cut into v_found, v_is_cut from app.search_matches(v_query, v_wanted.allowed, p_states) m;
    end if;
    v_page := app.page_of(v_found, v_wanted, v_from);
    v_next := case when cardinality(v_page) = 30 then 'ranked~' || v_from + 30 end;
  else
    select o.page, o.next into v_page, v_next from app.ordered_page(v_wanted, p_filter ->> 'order', p_after) o;
  end if;
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.queue_item(v_page[p]) order by p)
      from generate_series(1, cardinality(v_page)) p), '[]'),
    'next', v_next,
    'counts', coalesce((select jsonb_object_agg(g.state, g.count) from (
      select n.state, sum(n.n) as count from app.state_counts n
      where n.convocatoria_id = any (v_allowed) and n.state not in ('quarantined', 'dismissed') group by n.state having sum(n.n) > 0) g), '{}'))
    || jsonb_strip_nulls(jsonb_build_object('quarantined', nullif(app.quarantined_count(v_allowed), 0),
      'newest_only', nullif(v_is_cut, false),
      'tabs', case when p_after is null and p_filter is not null then app.tab_counts(v_allowed) end));
end $$;
grant execute on function public.review_queue(uuid, text[], text, text, text, jsonb) to authenticated;
