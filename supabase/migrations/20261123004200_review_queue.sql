-- The queue of submissions that staff page through and search. It holds what they can decide: kinds of campaign whose
-- submissions nobody decides on have lists of their own.

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

-- The oldest submissions after a position, up to 30. Takes 30 from the index of each campaign, or of each campaign and
-- state, and merges them: one scan for all would read whatever lies between.
create function app.queue_page(p_allowed uuid[], p_states text[], p_at timestamptz, p_id uuid) returns app.submissions[]
language plpgsql stable set search_path = '' as $$
begin
  if p_states is null then
    return array(select l.s from unnest(p_allowed) c, lateral (select s from app.submissions s
        where s.convocatoria_id = c and s.quarantined_at is null and (s.received_at, s.id) > (p_at, p_id)
        order by s.received_at, s.id limit 30) l
      order by (l.s).received_at, (l.s).id limit 30);
  end if;
  return array(select l.s from unnest(p_allowed) c, (select distinct unnest(p_states) as state) t,
      lateral (select s from app.submissions s where s.convocatoria_id = c and s.state = t.state and s.quarantined_at is null
        and (s.received_at, s.id) > (p_at, p_id) order by s.received_at, s.id limit 30) l
    order by (l.s).received_at, (l.s).id limit 30);
end $$;

-- A page of the queue, 30 a page, oldest first; p_after is the `next` of the page before. A whole folio finds its
-- submission. A search comes ranked, and `next` counts from its start; of words that very many submissions hold it finds
-- those of the newest arrivals (app.search_matches), and the page says so with `newest_only`. A search without a word of
-- three letters finds nothing. The counts cover all states and ignore the search. What is in quarantine stands in a list of
-- its own.
create function public.review_queue(p_convocatoria uuid default null, p_states text[] default null,
  p_search text default null, p_after text default null, p_kind text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_from int := coalesce(substring(p_after from '^ranked~(\d{1,4})$')::int, 0);
  v_searches boolean := coalesce(app.trimmed(p_search), '') <> '';
  v_query tsquery;
  v_found uuid[];
  v_is_cut boolean := false;
  v_page app.submissions[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.decidable_convocatorias(p_convocatoria, p_kind);
  if v_searches then
    v_found := array(select s.id from app.submissions s where s.folio = upper(app.trimmed(p_search)));
    if v_found = '{}' then
      v_query := app.search_query(p_search);
      select m.ids, m.is_cut into v_found, v_is_cut from app.search_matches(v_query, v_allowed, p_states) m;
    end if;
  end if;
  v_page := case when v_searches then app.page_of(v_found, v_allowed, p_states, v_from)
    else app.queue_page(v_allowed, p_states, v_at, v_id) end;
  return jsonb_build_object(
    'items', coalesce((select jsonb_agg(app.queue_item(v_page[p]) order by p)
      from generate_series(1, cardinality(v_page)) p), '[]'),
    'next', case when cardinality(v_page) < 30 then null when v_searches then 'ranked~' || v_from + 30
      else app.page_key(v_page[30].received_at, v_page[30].id) end,
    'counts', coalesce((select jsonb_object_agg(g.state, g.count) from (
      select n.state, sum(n.n) as count from app.state_counts n
      where n.convocatoria_id = any (v_allowed) and n.state not in ('quarantined', 'dismissed') group by n.state having sum(n.n) > 0) g), '{}'))
    || jsonb_strip_nulls(jsonb_build_object('quarantined', nullif(app.quarantined_count(v_allowed), 0),
      'newest_only', nullif(v_is_cut, false)));
end $$;
grant execute on function public.review_queue(uuid, text[], text, text, text) to authenticated;
