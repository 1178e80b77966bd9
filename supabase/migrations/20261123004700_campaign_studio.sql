-- What the studio reads and saves: the campaigns, and of one campaign its sections with their problems.

create function app.editors() returns text[]
language sql immutable parallel safe as $$ select array['coordinator', 'admin'] $$;

create function app.record_campaign_event(p_campaign app.convocatorias, p_kind text, p_changes jsonb, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.convocatoria_events (convocatoria_id, actor_id, kind, version, changes, reason)
  values (p_campaign.id, auth.uid(), p_kind, p_campaign.version, p_changes, p_reason);
end $$;

-- Reading ------------------------------------------------------------------------------------------------

-- The title that staff see: the one being written, then the public one.
create function app.working_title(p_campaign app.convocatorias) returns text
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(nullif(app.trimmed(app.section_data(p_campaign.id, 'textos') ->> 'title'), ''), p_campaign.title, '');
end $$;

-- The convocatorias that the caller may read: drafts first, then the newest opening.
create function public.list_convocatorias() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('now', app.now(), 'can_create', app.has_role(app.editors(), null),
    'items', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'kind', c.kind,
      'title', app.working_title(c), 'published', c.published, 'version', c.version, 'opens_at', c.opens_at,
      'closes_at', c.closes_at, 'received_until', app.received_until(c), 'answer_by', c.answer_by,
      'publish_at', c.publish_at, 'paused', app.paused_of(c), 'retired', c.retired_at is not null, 'pending', exists (select from app.campaign_sections s
        where s.convocatoria_id = c.id and s.data is not null),
      'can_edit', app.has_role(app.editors(), c.id)) order by c.published, c.opens_at desc, c.created_at desc, c.id)
      from app.convocatorias c where app.has_role(app.readers(), c.id)), '[]'));
end $$;
grant execute on function public.list_convocatorias() to authenticated;

-- One section as the studio has it. `pending`: it differs from `public`, which is null before the first publication.
-- `asks_reason`: publishing it takes back something that people were told.
create function app.section_answer(p_campaign app.convocatorias, p_section app.kind_sections) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_kept app.campaign_sections;
  v_data jsonb := app.section_data(p_campaign.id, p_section.section);
  v_public jsonb := case when p_campaign.published
    then app.call_kind_function(p_section.read_function, p_campaign.id) end;
begin
  select * into v_kept from app.campaign_sections s
  where s.convocatoria_id = p_campaign.id and s.section = p_section.section;
  return jsonb_build_object('section', p_section.section, 'data', v_data, 'version', coalesce(v_kept.version, 0),
    'pending', v_kept.data is not null, 'public', v_public,
    'asks_reason', coalesce(v_kept.data is not null and app.touches_rights(p_section, v_public, v_data), false),
    'saved_at', v_kept.saved_at, 'saved_by', app.staff_name(v_kept.saved_by),
    'problems', to_jsonb(app.check_section(p_section, p_campaign.id, v_data)));
end $$;

-- Grows with each save of any section, so that whoever publishes has seen all of it.
create function app.campaign_revision(p_convocatoria uuid) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(sum(s.version), 0)::int from app.campaign_sections s where s.convocatoria_id = p_convocatoria);
end $$;

create function app.campaign_events(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'actor', app.staff_name(e.actor_id), 'kind', e.kind,
    'sections', (select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(e.changes) k),
    'reason', e.reason, 'closes_at', app.date_after(e.changes, 'closes_at'), 'until', e.changes -> 'pausa' -> 1)
    order by e.seq desc), '[]')
  from app.convocatoria_events e where e.convocatoria_id = p_convocatoria);
end $$;

-- How many people took part, and how many of them a letter reaches.
create function app.people_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('all', count(*), 'by_mail',
    count(p.email) filter (where app.may_write(p.email_key, 'deadline')))
  from app.submissions s left join app.contacts p on p.submission_id = s.id
  where s.convocatoria_id = p_convocatoria and s.state not in ('withdrawn', 'expired'));
end $$;

create function app.campaign_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_campaign.id, 'kind', p_campaign.kind, 'published', p_campaign.published,
    'publish_at', p_campaign.publish_at, 'version', p_campaign.version, 'revision', app.campaign_revision(p_campaign.id),
    'paused', app.paused_of(p_campaign), 'retired', p_campaign.retired_at is not null,
    'people', app.people_of(p_campaign.id),
    'sections', (select jsonb_agg(app.section_answer(p_campaign, s) order by s.position)
      from app.sections_of(p_campaign.kind) s),
    'events', app.campaign_events(p_campaign.id));
end $$;

-- The campaign, for a caller who may edit it.
create function app.editable_campaign(p_id uuid) returns app.convocatorias
language plpgsql stable set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  if not app.has_role(app.editors(), p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_campaign from app.convocatorias c where c.id = p_id;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  return v_campaign;
end $$;

-- The same, locked: whoever changes a campaign comes one after the other.
create function app.lock_campaign(p_id uuid) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
begin
  perform from app.convocatorias c where c.id = p_id for update;
  return app.editable_campaign(p_id);
end $$;

-- Everything that the studio shows of a campaign, and the lists that its fields choose from.
create function public.convocatoria_draft(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.editable_campaign(p_id);
begin
  return app.campaign_answer(v_campaign) || jsonb_build_object(
    'notices', coalesce((select jsonb_agg(app.notice_document(n) order by n.title, n.version desc)
      from app.notices n), '[]'),
    'permissions', app.permissions_of(v_campaign.kind),
    'institution', (select app.institution_document(i) from app.institution i),
    'periods', app.retention_periods(),
    'holidays', coalesce((select jsonb_agg(h.day order by h.day) from app.holidays h), '[]'));
end $$;
grant execute on function public.convocatoria_draft(uuid) to authenticated;

-- Saving -------------------------------------------------------------------------------------------------

-- Creates a draft of a kind. The phone makes the id, so that a call whose answer was lost can be repeated.
create function public.create_convocatoria(p_id uuid, p_kind text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
  if p_id is null then perform app.refuse('malformed_op', 'id', 400); end if;
  if not exists (select from app.campaign_kinds k where k.kind = p_kind) then perform app.refuse('kind_required', 'kind'); end if;
  insert into app.convocatorias (id, kind) values (p_id, p_kind) on conflict (id) do nothing returning * into v_campaign;
  if found then
    perform app.record_campaign_event(v_campaign, 'created', '{}', null);
  else
    v_campaign := app.editable_campaign(p_id);
  end if;
  return app.campaign_answer(v_campaign);
end $$;
grant execute on function public.create_convocatoria(uuid, text) to authenticated;

-- Saves the working copy of one section. Refuses what can never be published and answers what is missing. A caller
-- who saw an older version learns of the newer one (`conflict`) and loses nothing.
create function public.save_section(p_id uuid, p_section text, p_expected_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
  v_section app.kind_sections;
  v_wrong app.problem;
begin
  select s.* into v_section from app.sections_of(v_campaign.kind) s where s.section = p_section;
  if not found or jsonb_typeof(p_data) is distinct from 'object' then perform app.refuse('malformed_op', null, 400); end if;
  perform app.refuse_huge_numbers(p_data);
  if octet_length(p_data::text) > 524288 then perform app.refuse('text_too_long', p_section); end if;
  if coalesce((select s.version from app.campaign_sections s
    where s.convocatoria_id = p_id and s.section = p_section), 0) is distinct from p_expected_version then
    perform app.refuse('conflict', null, 409);
  end if;
  select p.field, p.code, p.level into v_wrong from unnest(app.check_section(v_section, p_id, p_data))
    with ordinality p (field, code, level, place) where p.level = 'wrong' order by p.place limit 1;
  if found then perform app.refuse(v_wrong.code, v_wrong.field); end if;
  insert into app.campaign_sections (convocatoria_id, section, data, saved_by) values (p_id, p_section, p_data, auth.uid())
  on conflict (convocatoria_id, section) do update set data = excluded.data, version = app.campaign_sections.version + 1,
    saved_at = app.now(), saved_by = excluded.saved_by;
  return app.section_answer(v_campaign, v_section) || jsonb_build_object('revision', app.campaign_revision(p_id));
end $$;
grant execute on function public.save_section(uuid, text, int, jsonb) to authenticated;
