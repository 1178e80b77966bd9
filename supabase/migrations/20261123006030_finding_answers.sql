-- A finding and its reasoned answer: drafted, approved by somebody who wrote none of it, and published together on a day.

-- What the desk shows of one finding.
create function app.finding_row(p_finding uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', f.id, 'version', f.version, 'convocatoria_id', f.convocatoria_id, 'title', f.title,
      'words', f.words, 'codes', f.codes, 'notes', f.notes, 'position', f.position, 'removed', f.removed_at is not null)
    from app.findings f where f.id = p_finding);
end $$;

create function app.finding_row_of(p_id uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role(app.readers(), (select f.convocatoria_id from app.findings f where f.id = p_id)) then return null; end if;
  return app.finding_row(p_id);
end $$;

-- What the desk shows of the answer. `own`: the caller wrote some of it.
create function app.answer_row(p_finding uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', a.finding_id, 'version', a.version, 'outcome', a.outcome, 'reasons', a.reasons,
      'area', a.area, 'due_on', a.due_on, 'state', a.state, 'returned', a.returned, 'own', auth.uid() = any (a.writers),
      'writers', array(select app.staff_name(w) from unnest(a.writers) w), 'approved_by', app.staff_name(a.approved_by),
      'publish_on', a.publish_on, 'published_at', (select p.published_at from app.published_answers p where p.finding_id = a.finding_id))
    from app.finding_answers a where a.finding_id = p_finding);
end $$;

create function app.answer_row_of(p_id uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role(app.readers(), (select f.convocatoria_id from app.findings f where f.id = p_id)) then return null; end if;
  return app.answer_row(p_id);
end $$;

-- The finding, locked, for a caller who holds one of these roles. Unknown and not allowed are refused alike.
create function app.lock_finding(p_id uuid, p_roles text[]) returns app.findings
language plpgsql volatile set search_path = '' as $$
declare
  v_finding app.findings;
begin
  select * into v_finding from app.findings f where f.id = p_id for update;
  if not app.has_role(p_roles, v_finding.convocatoria_id) or v_finding.id is null then perform app.refuse('not_allowed', null, 403); end if;
  return v_finding;
end $$;

-- What people would read changed: it needs another approval, and whoever changed it does not give that.
create function app.reopen_answer(p_finding uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.finding_answers a set state = 'draft', version = a.version + 1, approved_by = null, approved_at = null, publish_on = null,
    planned_by = null, writers = case when a.state = 'published' then array[auth.uid()]
      else array(select distinct w from unnest(a.writers || auth.uid()) w) end
  where a.finding_id = p_finding;
end $$;

-- The marks of a payload: up to ten, short, each once.
create function app.read_codes(p_codes jsonb) returns text[]
language plpgsql stable set search_path = '' as $$
declare
  v_codes text[];
begin
  if jsonb_typeof(p_codes) is distinct from 'array' or jsonb_path_exists(p_codes, '$[*] ? (@.type() != "string")') then
    perform app.refuse('malformed_op', 'codes');
  end if;
  v_codes := array(select distinct app.tidied(c) from jsonb_array_elements_text(p_codes) c where app.visible_length(c) > 0);
  if cardinality(v_codes) > 10 or exists (select from unnest(v_codes) c where char_length(c) > 40) then
    perform app.refuse('text_too_long', 'codes');
  end if;
  return v_codes;
end $$;

-- payload {convocatoria_id, title, words, codes, notes, position?, removed?}. Version 0 makes the finding. One that holds
-- proposals, or whose answer was published, is not removed.
create function app.save_finding(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_new boolean := not exists (select from app.findings f where f.id = p_op.entity_id);
  v_campaign uuid := app.parse_uuid(app.text_of(p_op.payload, 'convocatoria_id'));
  v_title text := app.tidied(coalesce(app.text_of(p_op.payload, 'title'), ''));
  v_words text := app.trimmed(coalesce(app.text_of(p_op.payload, 'words'), ''));
  v_notes text := app.trimmed(coalesce(app.text_of(p_op.payload, 'notes'), ''));
  v_codes text[] := app.read_codes(coalesce(p_op.payload -> 'codes', '[]'));
  v_removed boolean := coalesce(p_op.payload -> 'removed' = 'true', false);
  v_finding app.findings;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_new and (not app.has_role(app.analysts(), v_campaign)
      or not exists (select from app.convocatorias c where c.id = v_campaign and c.kind = 'propuestas')) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if app.visible_length(v_title) = 0 then perform app.refuse('title_required', 'title'); end if;
  if char_length(v_title) > 120 then perform app.refuse('text_too_long', 'title'); end if;
  if char_length(v_words) > 2000 then perform app.refuse('text_too_long', 'words'); end if;
  if char_length(v_notes) > 4000 then perform app.refuse('text_too_long', 'notes'); end if;
  if v_new and p_op.expected_version = 0 then
    insert into app.findings (id, convocatoria_id, title, words, codes, notes, position, created_by)
    values (p_op.entity_id, v_campaign, v_title, v_words, v_codes, v_notes, coalesce(app.int_of(p_op.payload, 'position'),
      (select coalesce(max(f.position), 0) + 1 from app.findings f where f.convocatoria_id = v_campaign)), auth.uid())
    on conflict do nothing;
    if not found then perform app.refuse('conflict', null, 409); end if;
    perform app.log_finding(v_campaign, 'created', p_op.entity_id);
    return;
  end if;
  v_finding := app.lock_finding(p_op.entity_id, app.analysts());
  if v_finding.version <> p_op.expected_version then perform app.refuse('conflict', null, 409); end if;
  if v_removed and (exists (select from app.ideas i where i.finding_id = v_finding.id)
      or exists (select from app.published_answers a where a.finding_id = v_finding.id)) then
    perform app.refuse('finding_in_use', null, 409);
  end if;
  update app.findings f set title = v_title, words = v_words, codes = v_codes, notes = v_notes, version = f.version + 1,
    position = coalesce(app.int_of(p_op.payload, 'position'), f.position), removed_at = case when v_removed then app.now() end
  where f.id = v_finding.id;
  if (v_finding.title, v_finding.words, v_finding.codes) is distinct from (v_title, v_words, v_codes) then
    perform app.reopen_answer(v_finding.id);
  end if;
  perform app.log_finding(v_finding.convocatoria_id, case when v_removed then 'removed' else 'edited' end, v_finding.id);
end $$;

-- payload {outcome, reasons, area, due_on}: the draft of a finding's answer. Version 0 makes it.
create function app.draft_answer(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_finding app.findings := app.lock_finding(p_op.entity_id, app.analysts());
  v_outcome text := app.text_of(p_op.payload, 'outcome');
  v_reasons text := app.trimmed(coalesce(app.text_of(p_op.payload, 'reasons'), ''));
  v_area text := app.tidied(coalesce(app.text_of(p_op.payload, 'area'), ''));
  v_due text := app.text_of(p_op.payload, 'due_on');
  v_version int := coalesce((select a.version from app.finding_answers a where a.finding_id = p_op.entity_id), 0);
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_version <> p_op.expected_version then perform app.refuse('conflict', null, 409); end if;
  if v_finding.removed_at is not null then perform app.refuse('finding_unknown', null, 409); end if;
  if v_outcome not in ('accepted', 'partly', 'not_now', 'no') then perform app.refuse('malformed_op', 'outcome'); end if;
  if char_length(v_reasons) > 1900 then perform app.refuse('text_too_long', 'reasons'); end if;
  if char_length(v_area) > 120 then perform app.refuse('text_too_long', 'area'); end if;
  if v_due !~ '^\d{4}-\d\d-\d\d$' or not pg_input_is_valid(v_due, 'date') then perform app.refuse('date_invalid', 'due_on'); end if;
  if v_version = 0 then
    insert into app.finding_answers (finding_id, version, writers) values (v_finding.id, 0, array[auth.uid()]);
  end if;
  perform app.reopen_answer(v_finding.id);
  update app.finding_answers a set outcome = v_outcome, reasons = v_reasons, area = v_area, due_on = v_due::date, returned = null
  where a.finding_id = v_finding.id;
  perform app.log_finding(v_finding.convocatoria_id, 'drafted', v_finding.id);
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function) values
  ('finding.save', 'staff', 'save_finding', app.analysts(), 'finding_row_of'),
  ('finding.answer', 'staff', 'draft_answer', app.analysts(), 'answer_row_of');
