-- Rows as src/domain/rows.ts describes them, one function an entity. Null: nobody may see it, or it is gone.

create function app.convocatoria_card(p_convocatoria app.convocatorias) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', c.id, 'slug', c.slug, 'kind', c.kind, 'title', c.title, 'summary', c.summary,
    'label', c.label, 'opens_at', c.opens_at, 'closes_at', c.closes_at,
    'received_until', app.received_until(p_convocatoria), 'results_on', c.results_on,
    'published_count', (select coalesce(sum(n.n), 0) from app.state_counts n
      where n.convocatoria_id = c.id and n.state = 'published'))
  from (select p_convocatoria.*) c
$$;

-- Calls a function that a kind registered: for a submission's content or headline, a convocatoria's details.
create function app.of_kind(p_function text, p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_result jsonb;
begin
  if p_function is null then return null; end if;
  execute format('select app.%I($1)', p_function) into v_result using p_id;
  return v_result;
end $$;

create function app.convocatoria_row(p_id text) returns jsonb
language sql stable set search_path = '' as $$
  select app.convocatoria_card(c) || jsonb_build_object('question', c.question, 'who_decides', c.who_decides,
    'what_happens_next', c.what_happens_next, 'source', c.source, 'inputs_on', c.inputs_on,
    'answer_by', c.answer_by, 'notice_id', c.notice_id,
    'milestones', coalesce((select jsonb_agg(jsonb_build_object('on', m.on_day, 'until', m.until_day,
      'title', m.title, 'note', m.note) order by m.position) from app.milestones m
      where m.convocatoria_id = c.id), '[]'),
    'topics', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title) order by t.position)
      from app.topics t where t.convocatoria_id = c.id), '[]'),
    'parts', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'topic_id', p.topic_id, 'kind', p.kind,
      'number', p.number, 'title', p.title, 'body', p.body) order by p.position) from app.parts p
      where p.convocatoria_id = c.id), '[]'),
    'details', app.of_kind(k.details_function, c.id))
  from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind
  where c.id = app.parse_uuid(p_id) and c.published
$$;

create function app.insumo_row(p_id text) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', i.id, 'convocatoria_id', i.convocatoria_id, 'position', i.position,
    'title', i.title, 'summary', i.summary, 'body', i.body, 'source', i.source)
  from app.insumos i join app.convocatorias c on c.id = i.convocatoria_id and c.published
  where i.id = app.parse_uuid(p_id)
$$;

create function app.notice_row(p_id text) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', n.id, 'version', n.version, 'title', n.title, 'label', n.label, 'hash', n.hash,
    'simplified', n.simplified, 'full', n.full_form, 'consents', n.consents, 'published_on', n.published_on)
  from app.notices n where n.id = app.parse_uuid(p_id)
$$;

create function app.catalog_row(p_id text) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'items', (select jsonb_agg(jsonb_build_object('cve', m.cve, 'name', m.name) order by m.cve)
      from app.municipalities m),
    'attribution', 'Fuente: INEGI, Marco Geoestadístico 2022')
  where p_id = 'municipalities'
$$;

-- What the author reads: decisions that were taken back within their minute are not among it, nor is work
-- on the captions.
create function app.messages_of(p_submission uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'from', e.source, 'state', e.to_state,
    'reason_code', e.reason_code, 'text', e.message) order by e.seq), '[]')
  from app.review_events e
  where e.submission_id = p_submission and e.kind not in ('undone', 'transcribed')
    and not exists (select from app.review_events u where u.undoes = e.id)
$$;

-- entity `submission` of scope `mine`: for its author only, who asks must have shown the secret.
create function app.submission_row(p_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', s.id, 'folio', s.folio, 'kind', s.kind, 'convocatoria_id', s.convocatoria_id,
    'convocatoria_title', c.title, 'convocatoria_slug', c.slug, 'state', s.state, 'version', s.version,
    'captured_at', s.captured_at, 'received_at', s.received_at, 'late', s.late, 'answer_by', c.answer_by,
    'correction_until', case when s.state = 'correction_requested' then s.correction_until end,
    'undo_withdrawal_until', case when s.withdrawn_from is not null then s.withdrawn_at + interval '24 hours' end,
    'has_email', p.email is not null, 'display_name', p.display_name,
    'content', app.of_kind(k.content_function, s.id), 'messages', app.messages_of(s.id))
  from app.submissions s
  join app.convocatorias c on c.id = s.convocatoria_id
  join app.campaign_kinds k on k.kind = s.kind
  left join app.contacts p on p.submission_id = s.id
  where s.id = p_id
$$;
