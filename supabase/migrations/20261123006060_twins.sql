-- Which proposals of a consultation may say the same. A hint for the analysts: nothing is merged by it.

-- The stems of a proposal's own text, without folio, names and keys.
create function app.stems_of(p_submission uuid) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(array_agg(l.lexeme), '{}') from app.submission_search w, unnest(w.words) l
    where w.submission_id = p_submission and 'D' = any (l.weights) and l.lexeme !~ '^#' and char_length(l.lexeme) >= 3);
end $$;

-- The pairs that are most alike, up to 40, among the newest 1,000 proposals that stand alone: {first, second, likeness, shared}.
-- Pairs are found by stems that at most a twentieth of the proposals has (always up to ten), and measured by the stems that
-- both have and by trigrams of the texts, half and half.
create function public.likely_twins(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  return (with alone as materialized (
      select s.id, p.body, app.stems_of(s.id) as stems, count(*) over () as n
      from app.submissions s join app.propuestas p on p.submission_id = s.id left join app.sortings g on g.submission_id = s.id
      where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.content_erased_at is null
        and s.state = any (app.sortable_states()) and g.twin_of is null
        and (select count(*) from app.ideas i where i.submission_id = s.id) <= 1
      order by s.received_at desc limit 1000
    ), places as materialized (select a.id, t.stem, count(*) over (partition by t.stem) as found, a.n from alone a, unnest(a.stems) t (stem)),
    rare as materialized (select p.id, p.stem from places p where p.found between 2 and greatest(10, p.n / 20)),
    pairs as (select a.id as one, b.id as two from rare a join rare b on b.stem = a.stem and b.id > a.id
      group by 1, 2 having count(*) >= 2 order by count(*) desc limit 2000),
    measured as (select p.one, p.two, m.shared, 50 * cardinality(m.shared)::float / (cardinality(a.stems) + cardinality(b.stems)
        - cardinality(m.shared)) + 50 * extensions.similarity(a.body, b.body) as likeness
      from pairs p join alone a on a.id = p.one join alone b on b.id = p.two
      cross join lateral (select array(select unnest(a.stems) intersect select unnest(b.stems)) as shared) m),
    best as (select * from measured m where m.likeness >= 30 order by m.likeness desc, m.one, m.two limit 40)
    select jsonb_build_object('items', coalesce(jsonb_agg(jsonb_build_object('first', app.sorting_item(a), 'second', app.sorting_item(b),
        'likeness', round(m.likeness::numeric), 'shared', to_jsonb(m.shared)) order by m.likeness desc, m.one, m.two), '[]'))
    from best m join app.submissions a on a.id = m.one join app.submissions b on b.id = m.two);
end $$;
grant execute on function public.likely_twins(uuid) to authenticated;
