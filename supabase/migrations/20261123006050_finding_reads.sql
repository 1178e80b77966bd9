-- What the desk reads of the analysis of a consultation.

-- How many proposals are owed an answer, grouped, answered, and not decided yet.
create function app.analysis_counts(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with owed as (
      select o.submission_id, o.state, bool_and(i.finding_id is not null) as grouped, bool_and(a.finding_id is not null) as answered
      from app.owed_answers(p_convocatoria) o
      left join app.ideas_in(p_convocatoria) i on i.submission_id = o.submission_id
      left join app.published_answers a on a.finding_id = i.finding_id group by 1, 2)
    select jsonb_build_object('owed', count(*), 'grouped', count(*) filter (where grouped), 'answered', count(*) filter (where answered),
      'undecided', count(*) filter (where state <> all (app.sortable_states()))) from owed);
end $$;

-- The findings of the board: each with its answer, how many proposals it has, on which parts they are, and up to three quotes.
create function app.board_findings(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with members as materialized (select m.finding_id, m.submission_id from app.sorted_in(p_convocatoria) m group by 1, 2),
    counted as (select m.finding_id, count(*), array_agg(distinct p.part_id) as parts, bool_or(p.part_id is null) as missing
      from members m join app.propuestas p on p.submission_id = m.submission_id group by 1)
    select coalesce(jsonb_agg(app.finding_row(f.id) || jsonb_build_object('answer', app.answer_row(f.id),
        'count', coalesce(c.count, 0), 'missing', coalesce(c.missing, false),
        'parts', coalesce((select jsonb_agg(p.number order by p.position) from app.parts p where p.id = any (c.parts)), '[]'),
        'quotes', (select coalesce(jsonb_agg(q.quote), '[]') from (select i.quote from app.ideas i
          where i.finding_id = f.id and i.quote is not null order by i.submission_id limit 3) q)) order by f.position, f.id), '[]')
    from app.findings f left join counted c on c.finding_id = f.id
    where f.convocatoria_id = p_convocatoria and f.removed_at is null);
end $$;

-- How many parts the strategy has, and the numbers of those on which no finding is.
create function app.part_coverage(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with covered as materialized (select distinct p.part_id from app.sorted_in(p_convocatoria) m
      join app.propuestas p on p.submission_id = m.submission_id)
    select jsonb_build_object('parts', count(*),
      'uncovered', coalesce(jsonb_agg(p.number order by p.position) filter (where c.part_id is null), '[]'))
    from app.parts p left join covered c on c.part_id = p.id
    where p.convocatoria_id = p_convocatoria and p.position is not null);
end $$;

-- The board of a consultation. `finished_at`: when it was closed as answered, unless a proposal lacks its answer since.
create function public.findings_board(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  return (select jsonb_build_object('convocatoria_id', c.id, 'title', c.title, 'answer_by', c.answer_by,
      'finished_at', (select x.at from app.answer_closings x where x.convocatoria_id = c.id
        and not exists (select from app.lacking_answer(c.id))),
      'may_write', app.has_role(app.analysts(), c.id), 'may_publish', app.has_role(app.answerers(), c.id),
      'counts', app.analysis_counts(c.id) || app.part_coverage(c.id), 'findings', app.board_findings(c.id))
    from app.convocatorias c where c.id = p_convocatoria and c.kind = 'propuestas');
end $$;
grant execute on function public.findings_board(uuid) to authenticated;

-- A proposal on the board.
create function app.sorting_item(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.sorting_row(p_submission.id) || jsonb_build_object('folio', p_submission.folio, 'body', p.body,
      'part_label', app.part_label(p.part_id), 'municipality_name', app.place_name(p.municipality), 'state', p_submission.state,
      'received_at', p_submission.received_at,
      'may_quote', p_submission.state = 'published' and 'text' = any (app.allowed_by_author(p_submission.id)),
      'twin_folio', (select t.folio from app.sortings g join app.submissions t on t.id = g.twin_of where g.submission_id = p_submission.id),
      'twins', (select count(*) from app.sortings g where g.twin_of = p_submission.id))
    from app.propuestas p where p.submission_id = p_submission.id);
end $$;

-- The proposals of a finding, or those with an idea in none (null), oldest first, 50 a page. `p_search` narrows them as the
-- queue's search does.
create function public.list_sorted(p_convocatoria uuid, p_finding uuid default null, p_search text default null,
  p_after text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_query tsquery := case when app.visible_length(coalesce(p_search, '')) > 0 then app.search_query(p_search) end;
  v_at timestamptz := coalesce(app.parse_instant(split_part(p_after, '~', 1)), '-infinity');
  v_id uuid := coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000');
  v_page app.submissions[];
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  v_page := array(select s from app.submissions s
    where s.convocatoria_id = p_convocatoria and (s.received_at, s.id) > (v_at, v_id)
      and s.id in (select i.submission_id from app.ideas_in(p_convocatoria) i where i.finding_id is not distinct from p_finding)
      and (v_query is null or (select w.words @@ v_query from app.submission_search w where w.submission_id = s.id))
    order by s.received_at, s.id limit 50);
  return jsonb_build_object(
    'items', (select coalesce(jsonb_agg(app.sorting_item(s) order by s.received_at, s.id), '[]') from unnest(v_page) s),
    'next', case when cardinality(v_page) = 50 then app.page_key(v_page[50].received_at, v_page[50].id) end);
end $$;
grant execute on function public.list_sorted(uuid, uuid, text, text) to authenticated;

-- The analysis in the log: of a finding its title, of a proposal its folio.
create function app.finding_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'finding'::text, e.seq, e.kind, case when e.actor_id is null then 'system' else 'staff' end,
    e.actor_id, coalesce(s.folio, f.title, ''), s.id, e.convocatoria_id, '{}'::jsonb
  from app.finding_events e left join app.findings f on f.id = e.finding_id left join app.submissions s on s.id = e.submission_id
  where e.at >= q.since and e.at < q.until and (q.submission_id is null or e.submission_id = q.submission_id)
    and app.is_logged(q, e.at, 'finding', e.seq, e.kind, e.actor_id, e.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;
