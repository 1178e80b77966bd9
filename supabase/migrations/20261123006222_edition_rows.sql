-- The rows of the open data, as an edition has them, and how many of each.

-- The rows before the propuestas: what the edition is, parts, findings with their answers, counts, and what became of actions.
create function app.edition_head(p_edition app.result_editions) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid := p_edition.convocatoria_id;
  v_changes jsonb := app.part_changes(v_id);
begin
  return jsonb_build_array(jsonb_build_object('tipo', 'edicion', 'formato', 1, 'convocatoria', v_id, 'numero', p_edition.number,
      'dia', app.local_day(p_edition.begun_at), 'licencia', 'CC-BY-4.0'))
    || (select coalesce(jsonb_agg(jsonb_build_object('tipo', 'parte', 'id', p.id, 'numero', p.number,
        'clase', case p.kind when 'action' then 'accion' else 'parrafo' end, 'titulo', app.open_text(p.title, p_edition),
        'cambio', case v_changes ->> p.id::text when 'same' then 'igual' when 'changed' then 'cambia' when 'removed' then 'se_retira' end)
        order by p.position), '[]') from app.parts p where p.convocatoria_id = v_id and p.position is not null)
    || (select coalesce(jsonb_agg(jsonb_build_object('tipo', 'parte', 'id', p.value ->> 'id', 'numero', p.value ->> 'number',
        'clase', case p.value ->> 'kind' when 'action' then 'accion' else 'parrafo' end,
        'titulo', app.open_text(p.value #>> '{new,title}', p_edition), 'cambio', 'nueva') order by p.ordinality), '[]')
      from (select r.text::jsonb as document from app.renewals r where r.convocatoria_id = v_id order by r.number desc limit 1) d,
        jsonb_array_elements(d.document -> 'parts') with ordinality p where p.value ->> 'change' = 'added')
    || (select coalesce(jsonb_agg(jsonb_build_object('tipo', 'hallazgo', 'id', f.value ->> 'id', 'titulo', app.open_text(f.value ->> 'title', p_edition),
        'que_dicen', app.open_text(f.value ->> 'words', p_edition),
        'respuesta', case f.value #>> '{answer,outcome}' when 'accepted' then 'se_acepta' when 'partly' then 'en_parte'
          when 'not_now' then 'ahora_no' else 'no_se_acepta' end,
        'razones', app.open_text(f.value #>> '{answer,reasons}', p_edition), 'area', app.open_text(f.value #>> '{answer,area}', p_edition),
        'fecha', f.value #>> '{answer,due_on}', 'propuestas', f.value -> 'count') order by f.ordinality), '[]')
      from jsonb_array_elements(app.published_findings(v_id)) with ordinality f)
    || (select coalesce(jsonb_agg(c order by c ->> 'dimension' collate "C", c ->> 'clave' collate "C", c ->> 'respuesta' collate "C"), '[]')
      from (select app.open_counts(v_id) union all select app.tap_counts(v_id)) x (c))
    || (select coalesce(jsonb_agg(f), '[]') from app.followup_open_rows(p_edition) f);
end $$;

-- What each consent of each notice opens to everybody (app.public_item), for many propuestas at once.
create function app.opened_columns() returns table (notice_id uuid, key text, opens text)
language sql stable set search_path = '' as $$
  select distinct n.id, e.value ->> 'key', c from app.notices n, jsonb_array_elements(n.consents) e,
    unnest(app.consent_grants('propuestas', e.value)) a (permission)
    join app.kind_permissions k on k.kind = 'propuestas' and k.permission = a.permission, unnest(k.columns) c
$$;

-- The published propuestas after a place, 2,000 a page, oldest first, with what holds each back: {id, at, data, reasons}. A single
-- word as a name is looked for in the own text alone. `offset 0` asks other tables for each row of the page by its key: a
-- page must not read the whole of a table.
create function app.edition_page(p_edition app.result_editions) returns table (id uuid, at timestamptz, data jsonb, reasons text[])
language sql stable set search_path = '' as $$
  with chosen as materialized (
    select s.id, s.folio, s.published_at from app.submissions s
    where s.convocatoria_id = (p_edition).convocatoria_id and s.state = 'published'
      and (s.published_at, s.id) > (coalesce(app.parse_instant(split_part((p_edition).place, '~', 1)), '-infinity'),
        coalesce(app.parse_uuid(split_part((p_edition).place, '~', 2)), '00000000-0000-0000-0000-000000000000'))
    order by s.published_at, s.id limit 2000
  ), page as materialized (
    select o.id, o.folio, o.published_at, p.part_id, p.helps, p.body, p.municipality, c.display_name,
      to_tsvector('pg_catalog.simple', app.folded(p.body)) as words
    from chosen o cross join lateral (select p.* from app.propuestas p where p.submission_id = o.id offset 0) p
    left join lateral (select c.display_name from app.contacts c where c.submission_id = o.id offset 0) c on true
  ), said as materialized (
    select s.id, w.word from page s, unnest(tsvector_to_array(s.words)) w (word)
  ), likely as materialized (
    select s.id, s.body from page s where s.id in (select w.id from said w join app.edition_words e
      on e.convocatoria_id = (p_edition).convocatoria_id and e.number = (p_edition).number and e.word = w.word)
  ), named as (
    select x.id from likely x where app.has_name(x.body, p_edition)
    union select s.id from page s where char_length(s.display_name) > 2 and strpos(s.display_name, ' ') = 0
      and s.words @@ plainto_tsquery('pg_catalog.simple', app.folded(s.display_name))
  ), opened as (
    select s.id, bool_or('part_id' = any (x.columns)) as part_id, bool_or('helps' = any (x.columns)) as helps,
      bool_or('body' = any (x.columns)) as body, bool_or('municipality' = any (x.columns)) as municipality
    from chosen s
    cross join lateral (select g.notice_id, g.key from app.consents g where g.submission_id = s.id and g.granted offset 0) g
    join (select c.notice_id, c.key, array_agg(c.opens) as columns from app.opened_columns() c group by 1, 2) x
      on x.notice_id = g.notice_id and x.key = g.key
    group by s.id
  ), places as materialized (
    select m.municipality, app.place_name(m.municipality) as name from (select distinct s.municipality from page s) m
  ), grouped as (
    select s.id, jsonb_agg(distinct a.finding_id) as findings from page s left join app.sortings g on g.submission_id = s.id
    join app.ideas i on i.submission_id = coalesce(g.twin_of, s.id)
    join app.published_answers a on a.finding_id = i.finding_id group by s.id
  ), judged as materialized (
    select s.*, app.patterns_in(s.body) || case when n.id is not null then array['name'] else '{}' end as reasons
    from page s left join named n on n.id = s.id
  ), settled as (
    select j.*, coalesce(h.outcome = 'let_in', j.reasons = '{}') as is_shown from judged j left join app.open_holds h on h.submission_id = j.id
  )
  select j.id, j.published_at, jsonb_build_object('tipo', 'propuesta', 'id', j.folio, 'publicada', app.local_day(j.published_at),
    'parte', case when o.part_id then t.number end,
    'ayuda', case when o.helps then case j.helps when 'yes' then 'si' when 'partly' then 'en_parte' when 'no' then 'no' end end,
    'texto', case when o.body and j.is_shown then j.body end, 'retenida', not j.is_shown,
    'municipio_clave', case when o.municipality then j.municipality end,
    'municipio', case when o.municipality then m.name end,
    'hallazgos', coalesce(f.findings, '[]')), j.reasons
  from settled j left join opened o on o.id = j.id left join grouped f on f.id = j.id left join app.parts t on t.id = j.part_id
    left join places m on m.municipality = j.municipality
$$;

-- How many published propuestas a page has: {total: {rows, held}, parts, places, findings}.
create function app.page_tally(p_rows jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (with rows as (select e.value as r from jsonb_array_elements(p_rows) e)
  select jsonb_build_object(
    'total', (select jsonb_build_object('rows', count(*), 'held', count(*) filter (where (r ->> 'retenida')::boolean)) from rows),
    'parts', (select coalesce(jsonb_object_agg(g.key, g.count), '{}') from (select coalesce(r ->> 'parte', '') as key, count(*) from rows group by 1) g),
    'places', (select coalesce(jsonb_object_agg(g.key, g.count), '{}') from (select coalesce(r ->> 'municipio_clave', '') as key, count(*) from rows group by 1) g),
    'findings', (select coalesce(jsonb_object_agg(g.key, g.count), '{}') from (select f.value as key, count(*) from rows,
      jsonb_array_elements_text(r -> 'hallazgos') f group by 1) g)));
end $$;
