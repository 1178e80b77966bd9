-- What the results of a consultation count. The open data carry every count that the figures are made of, so that anybody
-- computes them again (npm run rebuild:results).

-- Counts that may be shown side by side with their total: null where few people would be recognised. Where one of them is 1 to
-- 4, everything below five is hidden, and then the next smallest until five people or more hide together: nobody finds a hidden
-- count by subtraction.
create function app.protected_counts(p_counts bigint[]) returns bigint[]
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  if not exists (select from unnest(p_counts) c where c between 1 and 4) then return p_counts; end if;
  return array(select case when x.count >= 5 and x.before >= 5 then x.count end from (
    select u.count, u.place, coalesce(sum(u.count) over (order by u.count, u.place rows between unbounded preceding and 1 preceding), 0) as before
    from unnest(p_counts) with ordinality u (count, place)) x order by x.place);
end $$;

-- What counts: received, not withdrawn, not set apart with a flood.
create function app.counted_propuestas(p_convocatoria uuid) returns table (id uuid, received_on date, part_id uuid, helps text,
  sector text, channel text)
language sql stable set search_path = '' as $$
  select s.id, app.local_day(s.received_at), p.part_id, p.helps, p.sector,
    coalesce((select min(g.channel) from app.consents g where g.submission_id = s.id), 'app')
  from app.submissions s join app.propuestas p on p.submission_id = s.id
  where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.state <> 'withdrawn'
$$;

create function app.open_count(p_dimension text, p_key text, p_count bigint, p_answer text default null) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object('tipo', 'conteo', 'dimension', p_dimension, 'clave', p_key, 'respuesta', p_answer, 'cuenta', p_count);
end $$;

-- The totals: recibidas, con_respuesta, opiniones (sí, en parte or no), and dias, half of the answers came within.
create function app.total_counts(p_convocatoria uuid, p_received bigint, p_opinions bigint) returns setof jsonb
language plpgsql stable set search_path = '' as $$
begin
  return next app.open_count('total', 'recibidas', p_received);
  return next app.open_count('total', 'opiniones', p_opinions);
  return next app.open_count('total', 'con_respuesta', p_received - (select count(*) from app.lacking_answer(p_convocatoria)));
  return next app.open_count('total', 'dias', ceil(app.median_hours(p_convocatoria) / 24)::bigint);
end $$;

-- Days and channels; sectors, protected; parts of the strategy, and for each action its answers, protected.
create function app.open_counts(p_convocatoria uuid) returns setof jsonb
language sql stable set search_path = '' as $$
  with counted as materialized (select c.* from app.counted_propuestas(p_convocatoria) c),
  sectors as (select array_agg(g.sector order by g.sector) as keys, app.protected_counts(array_agg(g.count order by g.sector)) as counts
    from (select coalesce(c.sector, 'sin_dato') as sector, count(*) from counted c group by 1) g),
  parts as (select p.id, p.number, p.kind, p.position, count(c.id) as total, app.protected_counts(array[
      count(*) filter (where c.helps = 'yes'), count(*) filter (where c.helps = 'partly'), count(*) filter (where c.helps = 'no')]) as answers
    from app.parts p left join counted c on c.part_id = p.id
    where p.convocatoria_id = p_convocatoria group by p.id)
  select app.total_counts(p_convocatoria, n.received, n.opinions)
    from (select count(*) as received, count(c.helps) as opinions from counted c) n
  union all select app.open_count('dia', d.day::text, d.count) from (
    select c.received_on as day, count(*) from counted c group by 1 order by 1) d
  union all select app.open_count('canal', d.channel, d.count) from (
    select c.channel, count(*) from counted c group by 1 order by 1) d
  union all select app.open_count('sector', s.keys[i], s.counts[i]) from sectors s, generate_subscripts(s.keys, 1) i
  union all select app.open_count('parte', p.number, p.total) from parts p where p.position is not null or p.total > 0
  union all select app.open_count('parte', '', (select count(*) from counted c where c.part_id is null))
  union all select app.open_count('ayuda', p.number, p.answers[i], (array['si', 'en_parte', 'no'])[i])
    from parts p, generate_series(1, 3) i where p.kind = 'action' and p.total > 0
$$;

-- What happened to each part in the newest approved text, by its id.
create function app.part_changes(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(p.value ->> 'id', p.value ->> 'change'), '{}')
  from (select r.text::jsonb as document from app.renewals r where r.convocatoria_id = p_convocatoria
    order by r.number desc limit 1) d, jsonb_array_elements(d.document -> 'parts') p);
end $$;

-- The sum of two tallies of published propuestas, {group: {key: count}}.
create function app.added_tallies(p_one jsonb, p_other jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(g.name, g.counts), '{}') from (
    select t.name, jsonb_object_agg(t.key, t.count) as counts from (
      select o.key as name, c.key, sum(c.value::bigint) as count
      from (select * from jsonb_each(p_one) union all select * from jsonb_each(p_other)) o, jsonb_each_text(o.value) c
      group by 1, 2) t group by 1) g);
end $$;

-- The published figures: of the head's rows (app.edition_head) and of the tally of the published propuestas, nothing else.
-- scripts/results/figures.ts computes the same from the file.
create function app.result_figures(p_head jsonb, p_tally jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with rows as (select e.value as r, e.ordinality as place from jsonb_array_elements(p_head) with ordinality e),
  counts as (select r ->> 'dimension' as dimension, r ->> 'clave' as key, r ->> 'respuesta' as answer, r -> 'cuenta' as count, place
    from rows where r ->> 'tipo' = 'conteo')
  select jsonb_build_object(
    'edition', (select r -> 'numero' from rows where r ->> 'tipo' = 'edicion'),
    'totals', (select jsonb_object_agg(c.key, c.count) from counts c where c.dimension = 'total')
      || jsonb_build_object('publicadas', coalesce(p_tally #> '{total,rows}', '0'), 'retenidas', coalesce(p_tally #> '{total,held}', '0'),
        'municipios', (select count(*) from jsonb_object_keys(coalesce(p_tally -> 'places', '{}')) k where k not in ('', 'fuera'))),
    'parts', (select coalesce(jsonb_agg(jsonb_build_object('number', p.r -> 'numero', 'title', p.r -> 'titulo', 'change', p.r -> 'cambio',
        'received', coalesce((select c.count from counts c where c.dimension = 'parte' and c.key = p.r ->> 'numero'), '0'),
        'published', coalesce(p_tally -> 'parts' -> (p.r ->> 'numero'), '0'),
        'answers', (select jsonb_object_agg(c.answer, c.count) from counts c where c.dimension = 'ayuda' and c.key = p.r ->> 'numero'))
        || coalesce((select jsonb_build_object('taps', jsonb_object_agg(c.answer, c.count)) from counts c
          where c.dimension = 'respuesta' and c.key = p.r ->> 'numero' having count(*) > 0), '{}')
      order by p.place), '[]') from rows p where p.r ->> 'tipo' = 'parte'),
    'missing', jsonb_build_object('received', (select c.count from counts c where c.dimension = 'parte' and c.key = ''),
      'published', coalesce(p_tally #> '{parts,""}', '0')),
    'sectors', (select coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'count', c.count) order by c.key collate "C"), '[]')
      from counts c where c.dimension = 'sector'),
    'channels', (select coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'count', c.count) order by c.key collate "C"), '[]')
      from counts c where c.dimension = 'canal'),
    'days', (select coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'count', c.count) order by c.key collate "C"), '[]')
      from counts c where c.dimension = 'dia'),
    'municipalities', (select coalesce(jsonb_agg(jsonb_build_object('key', t.key, 'count', t.value) order by t.key collate "C"), '[]')
      from jsonb_each(coalesce(p_tally -> 'places', '{}')) t),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('id', f.r -> 'id', 'outcome', f.r -> 'respuesta', 'proposals', f.r -> 'propuestas',
        'published', coalesce(p_tally -> 'findings' -> (f.r ->> 'id'), '0')) order by f.place), '[]') from rows f where f.r ->> 'tipo' = 'hallazgo'),
    'changes', (select jsonb_build_object('changed', count(*) filter (where p.r ->> 'cambio' = 'cambia'),
        'added', count(*) filter (where p.r ->> 'cambio' = 'nueva'), 'removed', count(*) filter (where p.r ->> 'cambio' = 'se_retira'),
        'same', count(*) filter (where p.r ->> 'cambio' = 'igual')) from rows p where p.r ->> 'tipo' = 'parte')));
end $$;
