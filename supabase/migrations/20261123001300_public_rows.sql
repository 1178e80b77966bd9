-- What everybody may read, as src/domain/rows.ts describes it: one function for each entity. Null means that
-- the row does not exist or is not public.

-- The last pause, which may have ended by itself. `received_until`: what phones held is received until then.
create function app.paused_of(p_convocatoria app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('from', p_convocatoria.paused_at, 'until', p_convocatoria.paused_until,
    'received_until', p_convocatoria.paused_at + p_convocatoria.grace, 'reason', p_convocatoria.pause_reason)
  where p_convocatoria.paused_at is not null);
end $$;

-- What lists say of a convocatoria. `paused` and `retired` come only where they say something: older phones do not know
-- them.
create function app.convocatoria_card(p_convocatoria app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', c.id, 'slug', c.slug, 'kind', c.kind, 'title', c.title, 'summary', c.summary,
    'question', c.question, 'label', c.label, 'opens_at', c.opens_at, 'closes_at', c.closes_at,
    'received_until', app.received_until(p_convocatoria), 'results_on', c.results_on, 'answer_by', c.answer_by,
    'published_count', (select coalesce(sum(n.n), 0) from app.state_counts n
      where n.convocatoria_id = c.id and n.state = 'published'))
    || case when c.paused_at is not null then jsonb_build_object('paused', app.paused_of(p_convocatoria)) else '{}' end
    || case when c.retired_at is not null
        then jsonb_build_object('retired', jsonb_build_object('at', c.retired_at, 'reason', c.retire_reason)) else '{}' end
  from (select p_convocatoria.*) c);
end $$;

-- The row of a convocatoria, published or not.
create function app.convocatoria_document(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.convocatoria_card(c) || jsonb_build_object('who_decides', c.who_decides,
    'what_happens_next', c.what_happens_next, 'source', c.source, 'inputs_on', c.inputs_on, 'notice_id', c.notice_id, 'milestones', app.milestones_of(c.id),
    'topics', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title) order by t.position)
      from app.topics t where t.convocatoria_id = c.id
        and exists (select from app.parts p where p.topic_id = t.id and p.position is not null)), '[]'),
    'parts', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'topic_id', p.topic_id, 'kind', p.kind,
      'number', p.number, 'title', p.title, 'body', p.body, 'answered_by', p.answered_by) order by p.position)
      from app.parts p where p.convocatoria_id = c.id and p.position is not null), '[]'),
    'details', app.call_kind_function(k.details_function, c.id))
    || case when h.history <> '[]' then jsonb_build_object('history', h.history) else '{}' end
  from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind, app.public_history(p_id) h (history)
  where c.id = p_id);
end $$;

create function app.convocatoria_row(p_id text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.convocatoria_document(c.id) from app.convocatorias c where c.id = app.parse_uuid(p_id) and c.published);
end $$;

-- Kind, file and licence come only where there are any: older phones know a page of text.
create function app.insumo_extras(p_insumo app.insumos) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when p_insumo.kind <> 'page' then jsonb_build_object('kind', p_insumo.kind) else '{}' end
    || case when p_insumo.licence is not null then jsonb_build_object('licence', p_insumo.licence,
      'licence_name', p_insumo.licence_name) else '{}' end;
end $$;

create function app.insumo_document(p_insumo app.insumos) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_insumo.id, 'convocatoria_id', p_insumo.convocatoria_id,
    'position', p_insumo.position, 'title', p_insumo.title, 'summary', p_insumo.summary, 'body', p_insumo.body,
    'source', p_insumo.source) || app.insumo_extras(p_insumo)
    || case when p_insumo.file_id is not null
      then jsonb_build_object('file', app.insumo_file_document(p_insumo.file_id)) else '{}' end;
end $$;

create function app.insumo_row(p_id text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.insumo_document(i)
  from app.insumos i join app.convocatorias c on c.id = i.convocatoria_id and c.published
  where i.id = app.parse_uuid(p_id));
end $$;

create function app.notice_document(p_notice app.notices) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_notice.id, 'version', p_notice.version, 'title', p_notice.title,
    'label', p_notice.label, 'hash', p_notice.hash, 'simplified', p_notice.simplified, 'full', p_notice.full_form,
    'consents', p_notice.consents, 'published_on', p_notice.published_on);
end $$;

-- Whether a published campaign uses the notice or somebody answered it. Any other is a draft's.
create function app.is_public_notice(p_id uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.convocatorias c where c.notice_id = p_id and c.published)
    or exists (select from app.consents g where g.notice_id = p_id);
end $$;

create function app.notice_row(p_id text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.notice_document(n) from app.notices n
  where n.id = app.parse_uuid(p_id) and app.is_public_notice(n.id));
end $$;

create function app.catalog_row(p_id text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object(
    'items', (select jsonb_agg(jsonb_build_object('cve', m.cve, 'name', m.name) order by m.cve)
      from app.municipalities m),
    'attribution', 'Fuente: INEGI, Marco Geoestadístico 2022')
  where p_id = 'municipalities');
end $$;

-- The institution as everybody sees it. Keys that older phones do not know come only with a value.
create function app.institution_document(p_institution app.institution) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('name', p_institution.name, 'short_name', p_institution.short_name,
      'accent', p_institution.accent, 'demo_label', p_institution.demo_label, 'contact', p_institution.contact,
      'transparency_unit', p_institution.transparency_unit)
    || case when p_institution.help_text <> '' then jsonb_build_object('help_text', p_institution.help_text) else '{}' end
    || case when p_institution.logo_header is not null then jsonb_build_object('logo', jsonb_build_object(
        'hash', app.logo_hash(p_institution), 'width', (app.png_size(p_institution.logo_header))[1],
        'height', (app.png_size(p_institution.logo_header))[2])) else '{}' end
    || case when p_institution.silence_until >= app.local_day(app.now()) then jsonb_build_object('silence',
        jsonb_build_object('from', p_institution.silence_from, 'until', p_institution.silence_until)) else '{}' end;
end $$;

-- The landing's document, in one cacheable answer. Holds neutral words until the institution is configured.
create function public.bootstrap() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known(jsonb_build_object('now', app.now(),
    'institution', coalesce((select app.institution_document(i) from app.institution i),
      jsonb_build_object('name', 'Institución por configurar', 'short_name', 'Participa', 'accent', '#5b3a8e',
        'demo_label', null, 'contact', jsonb_build_object('email', '', 'phone', '', 'address', '', 'hours', ''))),
    'convocatorias', coalesce((select jsonb_agg(app.convocatoria_card(c) order by c.opens_at desc, c.id)
      from app.convocatorias c where c.published and c.retired_at is null), '[]'))
    || coalesce((select jsonb_build_object('signing_keys', jsonb_agg(jsonb_build_object('id', k.id,
        'public_key', k.public_key) order by k.id)) from app.signing_keys k having count(*) > 0), '{}'));
end $$;
grant execute on function public.bootstrap() to anon, authenticated;
