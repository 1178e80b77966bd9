-- Making public what the studio holds: at once or at an hour, the first time or as changes to what people know.

-- Every problem of a campaign that refuses publishing.
create function app.publishing_problems(p_campaign app.convocatorias) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(array_agg(p), '{}') from app.sections_of(p_campaign.kind) s,
    unnest(app.check_section(s, p_campaign.id, app.section_data(p_campaign.id, s.section))) p
  where p.level <> 'look');
end $$;

-- Writes every section that has a working copy, and answers {section: [before, after]}.
create function app.apply_sections(p_campaign app.convocatorias) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_section app.kind_sections;
  v_data jsonb;
  v_changes jsonb := '{}';
begin
  for v_section in select s.* from app.sections_of(p_campaign.kind) s loop
    select s.data into v_data from app.campaign_sections s
    where s.convocatoria_id = p_campaign.id and s.section = v_section.section;
    continue when v_data is null;
    v_changes := v_changes || jsonb_build_object(v_section.section,
      jsonb_build_array(app.call_kind_function(v_section.read_function, p_campaign.id), v_data));
    perform app.write_section(v_section, p_campaign.id, v_data);
    update app.campaign_sections s set data = null
    where s.convocatoria_id = p_campaign.id and s.section = v_section.section;
  end loop;
  return v_changes;
end $$;

-- Whether one of the pending changes needs a reason.
create function app.asks_reason(p_campaign app.convocatorias) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.sections_of(p_campaign.kind) s
    join app.campaign_sections w on w.convocatoria_id = p_campaign.id and w.section = s.section and w.data is not null
    where app.touches_rights(s, app.call_kind_function(s.read_function, p_campaign.id), w.data));
end $$;

-- Words to the authors of a campaign, in *tú* or in *usted*, as its kind addresses them.
create function app.to_authors(p_campaign app.convocatorias, p_informal text, p_formal text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select case when k.formal then p_formal else p_informal end from app.campaign_kinds k
    where k.kind = p_campaign.kind);
end $$;

-- Writes to everybody who took part, left an address and did not withdraw.
create function app.mail_authors(p_campaign app.convocatorias, p_subject text, p_body text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(p.email, format('%s: folio %s', p_subject, s.folio), p_body, app.now(), s.id, p_class => 'deadline')
  from app.submissions s join app.contacts p on p.submission_id = s.id
  where s.convocatoria_id = p_campaign.id and p.email is not null and s.state not in ('withdrawn', 'expired');
  perform app.queue_push(s.id, 'deadline', app.now()) from app.submissions s
  where s.convocatoria_id = p_campaign.id and s.state not in ('withdrawn', 'expired')
    and exists (select from app.push_targets t where t.submission_id = s.id);
end $$;

-- Tells authors that the day of their answer moved.
create function app.mail_answer_day(p_before app.convocatorias, p_after app.convocatorias, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if p_before.published and p_before.answer_by <> p_after.answer_by then
    perform app.mail_authors(p_after,
      app.to_authors(p_after, 'Cambió la fecha de tu respuesta', 'Cambió la fecha de su respuesta'), concat_ws(E'\n\n',
      format(app.to_authors(p_after, 'En «%s» habíamos dicho que te responderíamos a más tardar el %s.',
        'En «%s» habíamos dicho que le responderíamos a más tardar el %s.'), p_after.title, app.spanish_day(p_before.answer_by)),
      format(app.to_authors(p_after, 'Ahora te respondemos a más tardar el %s.',
        'Ahora le respondemos a más tardar el %s.'), app.spanish_day(p_after.answer_by)),
      'Motivo: ' || p_reason,
      app.to_authors(p_after, 'Tu folio y tu enlace privado siguen igual.', 'Su folio y su enlace privado siguen igual.')));
  end if;
end $$;

-- Publishes a draft, or the pending changes of a published campaign.
create function app.publish_campaign(p_campaign app.convocatorias, p_reason text) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_changes jsonb;
  v_campaign app.convocatorias;
begin
  if p_campaign.published and p_reason is null and app.asks_reason(p_campaign) then
    perform app.refuse('change_reason_required', 'reason');
  end if;
  v_changes := app.apply_sections(p_campaign);
  update app.convocatorias c set published = true, publish_at = null, version = c.version + 1
  where c.id = p_campaign.id returning * into v_campaign;
  perform app.record_campaign_event(v_campaign, case when p_campaign.published then 'changed' else 'published' end,
    v_changes, p_reason);
  perform app.mail_answer_day(p_campaign, v_campaign, p_reason);
  return v_campaign;
end $$;

-- The reason for a change in its only form, trimmed; null when there is none.
create function app.change_reason(p_reason text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if char_length(app.trimmed(app.canon(p_reason))) > 500 then perform app.refuse('text_too_long', 'reason'); end if;
  return case when app.visible_length(p_reason) > 0 then app.trimmed(app.canon(p_reason)) end;
end $$;

create function app.required_reason(p_reason text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.change_reason(p_reason) is null then perform app.refuse('change_reason_required', 'reason'); end if;
  return app.change_reason(p_reason);
end $$;

-- Publishes now, or at `p_at`. The caller names the revision that it saw. Refuses an incomplete campaign: the
-- problems that refuse are those that convocatoria_draft lists.
create function public.publish_convocatoria(p_id uuid, p_revision int, p_at timestamptz default null,
  p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
  v_first app.problem;
begin
  if app.campaign_revision(p_id) is distinct from p_revision then perform app.refuse('conflict', null, 409); end if;
  select p.field, p.code, p.level into v_first from unnest(app.publishing_problems(v_campaign))
    with ordinality p (field, code, level, place) order by p.place limit 1;
  if found then perform app.refuse('campaign_incomplete', v_first.field, 409); end if;
  if p_at > app.now() then
    if v_campaign.published then perform app.refuse('already_published', null, 409); end if;
    update app.convocatorias c set publish_at = p_at where c.id = p_id returning * into v_campaign;
    perform app.record_campaign_event(v_campaign, 'scheduled', '{}', null);
  else
    v_campaign := app.publish_campaign(v_campaign, app.change_reason(p_reason));
  end if;
  return app.campaign_answer(v_campaign);
end $$;
grant execute on function public.publish_convocatoria(uuid, int, timestamptz, text) to authenticated;

-- Publishes a scheduled campaign; false when it became incomplete meanwhile or cannot be written as it is. Its failure
-- stops neither the other campaigns nor the other jobs of that minute.
create function app.publish_due(p_campaign app.convocatorias) returns boolean
language plpgsql volatile set search_path = '' as $$
begin
  if app.publishing_problems(p_campaign) <> '{}' then return false; end if;
  perform app.publish_campaign(p_campaign, null);
  set constraints all immediate;
  return true;
exception when integrity_constraint_violation or data_exception then
  return false;
end $$;

-- Publishes what was scheduled, up to 20 a call. A campaign that could not be published stays a draft, and its history
-- says so.
create function app.publish_scheduled() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_count int := 0;
begin
  for v_campaign in select c.* from app.convocatorias c where c.publish_at <= app.now() and not c.published
    order by c.publish_at limit 20 for update skip locked loop
    if app.publish_due(v_campaign) then
      v_count := v_count + 1;
    else
      update app.convocatorias c set publish_at = null where c.id = v_campaign.id;
      perform app.record_campaign_event(v_campaign, 'missed', '{}', null);
    end if;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (name, position, handler) values ('campaigns_published', 5, 'publish_scheduled');

-- Takes back a campaign that has not opened: it is a draft again, with all its sections.
create function public.withdraw_convocatoria(p_id uuid, p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
begin
  if not v_campaign.published and v_campaign.publish_at is null then perform app.refuse('not_published', null, 409); end if;
  if v_campaign.published and (v_campaign.opens_at <= app.now()
    or exists (select from app.submissions s where s.convocatoria_id = p_id)) then
    perform app.refuse('already_open', null, 409);
  end if;
  if v_campaign.published then perform app.required_reason(p_reason); end if;
  update app.convocatorias c set published = false, publish_at = null where c.id = p_id returning * into v_campaign;
  perform app.record_campaign_event(v_campaign, 'withdrawn', '{}', app.change_reason(p_reason));
  return app.campaign_answer(v_campaign);
end $$;
grant execute on function public.withdraw_convocatoria(uuid, text) to authenticated;

-- Deletes a draft that was never public.
create function public.delete_convocatoria(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
begin
  if exists (select from app.convocatoria_events e where e.convocatoria_id = p_id and e.kind = 'published') then
    perform app.refuse('was_public', null, 409);
  end if;
  perform app.record_campaign_event(v_campaign, 'deleted', '{}', null);
  delete from app.convocatorias c where c.id = p_id;
  return jsonb_build_object('id', p_id);
end $$;
grant execute on function public.delete_convocatoria(uuid) to authenticated;
