-- Published propuestas, one by one and searched.

-- How far a published propuesta got: {findings: [{id, title, outcome, reasons, area, due_on, published_at}], part: {number, title, change},
-- renewal}. `change`: what happened to the part it is about in the approved text, because of one of its findings.
create function app.propuesta_outcome(p_submission uuid, p_convocatoria uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_document jsonb := (select r.text::jsonb from app.renewals r where r.convocatoria_id = p_convocatoria order by r.number desc limit 1);
begin
  return jsonb_build_object('findings', (select coalesce(jsonb_agg(jsonb_build_object('id', r.finding_id, 'title', r.title, 'outcome', r.outcome,
      'reasons', r.reasons, 'area', r.area, 'due_on', r.due_on, 'published_at', r.published_at)), '[]') from app.answer_rows(p_submission) r),
    'touched', (select coalesce(jsonb_agg(jsonb_build_object('id', p.value -> 'id', 'number', p.value -> 'number', 'kind', p.value -> 'kind',
        'change', p.value -> 'change', 'old', p.value -> 'old', 'new', p.value -> 'new', 'why', p.value -> 'why') order by p.ordinality), '[]')
      from jsonb_array_elements(v_document -> 'parts') with ordinality p
      where p.value ->> 'change' <> 'same' and exists (select from app.answer_rows(p_submission) r
        where p.value -> 'findings' @> jsonb_build_array(jsonb_build_object('id', r.finding_id)))));
end $$;

-- A published propuesta as the list has it.
create function app.published_propuesta_item(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.public_item(s.id, 'propuestas', jsonb_build_object('folio', s.folio, 'part_id', p.part_id,
      'part_label', app.part_label(p.part_id), 'helps', p.helps, 'body', p.body, 'name', c.display_name, 'municipality', p.municipality,
      'sector', p.sector, 'published_at', s.published_at, 'reply', app.public_reply(s.id), 'voice', app.public_voice(s.id)))
  from app.submissions s join app.propuestas p on p.submission_id = s.id left join app.contacts c on c.submission_id = s.id
  where s.id = p_id);
end $$;

-- One published propuesta by its folio: {item, place, findings, touched}. Refuses any other folio.
create function public.published_propuesta(p_folio text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_item jsonb;
begin
  select s.* into v_submission from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id and c.published
  where s.folio = p_folio and s.kind = 'propuestas' and s.state = 'published';
  if not found then perform app.refuse('submission_unknown', null, 404); end if;
  v_item := app.published_propuesta_item(v_submission.id);
  return app.unless_known(jsonb_build_object('item', v_item, 'convocatoria_id', v_submission.convocatoria_id,
    'place', app.place_name(v_item ->> 'municipality'))
    || app.propuesta_outcome(v_submission.id, v_submission.convocatoria_id, app.parse_uuid(v_item ->> 'part_id')));
end $$;
grant execute on function public.published_propuesta(text) to anon, authenticated;

-- The published propuestas of a campaign with the key that orders them, the largest first. `mixed`: as the seed of the visit
-- shuffles them; `answered`: those with a reasoned answer, the newest answer first.
create function app.ordered_propuestas(p_convocatoria uuid, p_order text, p_seed text) returns table (id uuid, key text)
language plpgsql stable set search_path = '' as $$
begin
  if p_order = 'mixed' then
    return query select s.id, md5(p_seed || s.id) from app.submissions s where s.convocatoria_id = p_convocatoria and s.state = 'published';
  elsif p_order = 'answered' then
    return query select s.id, to_char(max(a.published_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
      from app.submissions s join app.sorted_in(p_convocatoria) m on m.submission_id = s.id
      join app.published_answers a on a.finding_id = m.finding_id
      where s.convocatoria_id = p_convocatoria and s.state = 'published' group by s.id;
  else
    return query select s.id, to_char(s.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
      from app.submissions s where s.convocatoria_id = p_convocatoria and s.state = 'published';
  end if;
end $$;

-- A page of 50 published propuestas that have all typed words, of one part (`none`: what the strategy lacks), of one
-- municipality, of one sector.
-- Filters find only what the author allows everybody to read. p_after is the `next` of the page before.
create function public.find_propuestas(p_convocatoria uuid, p_words text default null, p_part text default null,
  p_municipality text default null, p_order text default 'newest', p_seed text default '', p_after text default null,
  p_sector text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_words text[] := array(select '%' || regexp_replace(w, '([\\%_])', '\\\1', 'g') || '%' from regexp_split_to_table(app.folded(left(coalesce(p_words, ''), 100)), '\s+') w where w <> '');
begin
  return app.unless_known((with page as materialized (
      select o.id, o.key from app.ordered_propuestas(p_convocatoria, p_order, left(p_seed, 40)) o
      join app.propuestas p on p.submission_id = o.id
      where exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
        and (p_after is null or (o.key, o.id) < (split_part(p_after, '~', 1),
          coalesce(app.parse_uuid(split_part(p_after, '~', 2)), '00000000-0000-0000-0000-000000000000')))
        and (v_words = '{}' or app.folded(p.body) like all (v_words))
        and (p_part is null or coalesce(p.part_id::text, 'none') = p_part)
        and (p_municipality is null or (p.municipality = p_municipality and 'municipality' = any (app.allowed_by_author(o.id))))
        and (p_sector is null or (p.sector = p_sector and 'sector' = any (app.allowed_by_author(o.id))))
      order by o.key desc, o.id desc limit 50)
    select jsonb_build_object('items', coalesce(jsonb_agg(app.published_propuesta_item(p.id)
        || jsonb_build_object('outcomes', (select coalesce(jsonb_agg(distinct r.outcome), '[]') from app.answer_rows(p.id) r))
        order by p.key desc, p.id desc), '[]'),
      'next', case when count(*) = 50 then (select l.key || '~' || l.id from page l order by l.key, l.id limit 1) end)
    from page p));
end $$;
grant execute on function public.find_propuestas(uuid, text, text, text, text, text, text, text) to anon, authenticated;
