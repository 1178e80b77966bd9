-- Campaign kind propuestas: what a person says about a part of the strategy, or about what it lacks.

insert into app.campaign_kinds (kind, folio_prefix, noun, content_function, headline_function, erase_function,
  figures_function, details_function, alert_function)
values ('propuestas', 'PR', 'tu propuesta', 'propuesta_content', 'propuesta_headline', 'erase_propuesta',
  'propuesta_figures', 'propuesta_details', 'answers_alert');

-- Its twin is src/features/propuestas/staff/published.ts.
insert into app.kind_permissions (kind, permission, position, consent_key, publishes, columns, named, may_lack) values
  ('propuestas', 'political_opinions', 1, 'political_opinions', true, '{}', null, false),
  ('propuestas', 'text', 2, 'publish', true, '{body,part_id,part_label,helps}', null, false),
  ('propuestas', 'name', 3, 'publish', false, '{name}', 'nombre', false),
  ('propuestas', 'municipality', 4, 'publish', false, '{municipality}', 'municipio', false),
  ('propuestas', 'sector', 5, 'publish', false, '{sector}', 'sector', true);

create table app.propuestas (
  submission_id uuid primary key references app.submissions on delete cascade,
  part_id uuid references app.parts,          -- null: «lo que falta»
  helps text check (helps in ('yes', 'partly', 'no')),
  body text not null check (body = app.canon(body) and app.visible_length(body) >= 20
    and char_length(app.trimmed(body)) <= 2000),
  sector text check (sector in ('academia', 'servicio_publico', 'empresa', 'estudiante', 'sociedad_civil', 'otro')),
  municipality text,
  municipality_cve text generated always as (nullif(municipality, 'fuera')) stored references app.municipalities
);
create index on app.propuestas (part_id);
alter table app.propuestas enable row level security;
comment on table app.propuestas is
  'Personal data: a text that may show opinions, sector, municipality. Readers: its author, staff of its campaign;'
  ' everybody what the author allowed. Kept: with the submission; a withdrawn text until app.erase_withdrawn. Deleted'
  ' by: app.forget_records.';

create function app.propuesta_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('part_id', p.part_id, 'helps', p.helps, 'body', p.body, 'sector', p.sector,
    'municipality', p.municipality) || app.analysis_of(p.submission_id) || app.voice_content(p.submission_id)
  from app.propuestas p where p.submission_id = p_id);
end $$;

-- Erases what an author wrote, how they described themselves, and who supported it.
create function app.erase_propuesta(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.propuestas p set body = app.erased_words(), sector = null, municipality = null where p.submission_id = p_id;
  perform app.erase_ideas(p_id);
  delete from app.propuesta_supports u where u.submission_id = p_id;
  update app.followup_news n set done = null where n.submission_id = p_id;
end $$;

-- How many came from each place, as {key of the municipality, `fuera`, or empty for no answer: count}.
create function app.propuesta_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('places', (select coalesce(jsonb_object_agg(g.place, g.count), '{}')
    from (select coalesce(p.municipality, '') as place, count(*)
      from app.submissions s join app.propuestas p on p.submission_id = s.id
      where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.state <> 'withdrawn' group by 1) g));
end $$;

create function app.part_label(p_part uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select concat_ws(' · ', p.number, nullif(p.title, '')) from app.parts p where p.id = p_part);
end $$;

create function app.propuesta_headline(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('part_label', app.part_label(p.part_id), 'excerpt', left(p.body, 140),
    'municipality', app.place_name(p.municipality))
  from app.propuestas p where p.submission_id = p_id);
end $$;

-- The text, trimmed: 20 visible code points at least, 2,000 code points at most.
create function app.check_body(p_body text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p_body is null then perform app.refuse('malformed_op', 'body'); end if;
  if app.visible_length(p_body) < 20 then perform app.refuse('body_too_short', 'body'); end if;
  if char_length(app.trimmed(p_body)) > 2000 then perform app.refuse('body_too_long', 'body'); end if;
  return app.trimmed(p_body);
end $$;

-- The part that the propuesta comments on. An action requires an answer to whether it helps; a paragraph and
-- «lo que falta» allow none.
create function app.check_target(p_convocatoria uuid, p_part text, p_helps text) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_kind text;
begin
  if p_part is not null then
    select p.kind into v_kind from app.parts p
    where p.id = app.parse_uuid(p_part) and p.convocatoria_id = p_convocatoria;
    if not found then perform app.refuse('part_unknown', 'part_id'); end if;
  end if;
  if v_kind = 'action' and (p_helps is null or p_helps not in ('yes', 'partly', 'no')) then
    perform app.refuse('helps_required', 'helps');
  elsif v_kind is distinct from 'action' and p_helps is not null then
    perform app.refuse('helps_unexpected', 'helps');
  end if;
  return app.parse_uuid(p_part);
end $$;

-- Checks and writes a propuesta, whoever sends it: a text, or a voice note that stands for it. p_channel: as in app.receive_submission. False when another connection wrote
-- this id first.
create function app.receive_propuesta(p_op app.op, p_convocatoria app.convocatorias, p_channel text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_payload jsonb := p_op.payload;
  v_late boolean := app.check_window(p_convocatoria);
  v_is_spoken boolean := app.check_voice(v_payload, p_channel, p_convocatoria.notice_id);
  v_body text := case when v_is_spoken then app.unheard_words() else app.check_body(app.text_of(v_payload, 'body')) end;
  v_part uuid := app.check_target(p_convocatoria.id, app.text_of(v_payload, 'part_id'), app.text_of(v_payload, 'helps'));
begin
  perform app.check_name(app.text_of(v_payload, 'display_name'));
  perform app.check_sector(app.text_of(v_payload, 'sector'));
  perform app.check_municipality(app.text_of(v_payload, 'municipality'));
  perform app.check_contact(app.text_of(v_payload, 'email'));
  perform app.check_consents(v_payload, p_convocatoria.notice_id);
  if app.receive_submission(p_op, p_convocatoria, v_late, v_body, p_channel) is null then return false; end if;
  insert into app.propuestas (submission_id, part_id, helps, body, sector, municipality)
  values (p_op.entity_id, v_part, v_payload ->> 'helps', v_body, v_payload ->> 'sector', v_payload ->> 'municipality');
  if v_is_spoken then perform app.write_voice(p_op.entity_id, p_convocatoria, v_payload); end if;
  return true;
end $$;

create function app.submit_propuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if app.is_received(p_op) then return; end if;
  if not app.receive_propuesta(p_op, app.target_convocatoria(p_op.payload, 'propuestas'), 'app') then
    perform app.is_received(p_op);   -- another connection was first: refuses any other author
  end if;
end $$;

-- Writes what the staff's search finds of a propuesta.
create function app.write_propuesta_search(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.write_search(p.submission_id, p.body, jsonb_build_object('municipality', p.municipality,
    'sector', p.sector, 'part', coalesce(p.part_id::text, 'none'), 'helps', p.helps))
  from app.propuestas p where p.submission_id = p_id;
end $$;

-- Applies a correction: what staff requested, or a change before review begins. Needs the version that the author saw.
create function app.correct_propuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_body text;
  v_part uuid;
  v_state text;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.kind <> 'propuestas' then perform app.refuse('not_correctable', null, 409); end if;
  v_state := app.state_after_correction(v_submission);
  v_body := app.check_body(app.text_of(p_op.payload, 'body'));
  v_part := app.check_target(v_submission.convocatoria_id, app.text_of(p_op.payload, 'part_id'),
    app.text_of(p_op.payload, 'helps'));
  update app.propuestas p set part_id = v_part, helps = p_op.payload ->> 'helps', body = v_body
  where p.submission_id = v_submission.id;
  update app.submissions s set state = v_state, correction_until = null, version = s.version + 1
  where s.id = v_submission.id;
  perform app.note_written(v_submission.id, v_body);
  perform app.write_propuesta_search(v_submission.id);
  perform app.record_event(v_submission.id, 'author', 'corrected', v_submission.state, v_state);
end $$;

insert into app.op_kinds (kind, actor, handler) values
  ('propuesta.submit', 'citizen', 'submit_propuesta'),
  ('propuesta.correct', 'citizen', 'correct_propuesta');

-- The published propuestas, newest first, 50 a page. p_after is the `next` of the page before. The position is compared
-- without «or», so that the index serves every page, and the page is cut before anything is joined to it.
create function public.published_propuestas(p_convocatoria uuid, p_after text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known((with page as (
      select s.id, s.folio, s.published_at, p.part_id, p.helps, p.body, p.municipality, p.sector,
        (select c.display_name from app.contacts c where c.submission_id = s.id) as name, app.public_reply(s.id) as reply
      from (select s.* from app.submissions s
        where s.convocatoria_id = p_convocatoria and s.state = 'published'
          and exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
          and (s.published_at, s.id) < (
            case when p_after is null then 'infinity' else app.parse_instant(split_part(p_after, '~', 1)) end,
            case when p_after is null then 'ffffffff-ffff-ffff-ffff-ffffffffffff'
              else app.parse_uuid(split_part(p_after, '~', 2)) end)
        order by s.published_at desc, s.id desc limit 50) s join app.propuestas p on p.submission_id = s.id
    )
    select jsonb_build_object(
      'items', coalesce(jsonb_agg(app.public_item(p.id, 'propuestas', jsonb_build_object('folio', p.folio,
        'part_id', p.part_id, 'part_label', app.part_label(p.part_id), 'helps', p.helps, 'body', p.body, 'name', p.name,
        'municipality', p.municipality, 'sector', p.sector, 'published_at', p.published_at, 'reply', p.reply, 'voice', app.public_voice(p.id)))
        order by p.published_at desc, p.id desc), '[]'),
      'next', case when count(*) = 50 then (select app.page_key(l.published_at, l.id) from page l
        order by l.published_at, l.id limit 1) end)
    from page p));
end $$;
grant execute on function public.published_propuestas(uuid, text) to anon, authenticated;
