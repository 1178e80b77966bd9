-- How staff write, hand over and approve the renewed text of a strategy, and how everybody reads it.

create function app.renewal_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_draft app.renewal_drafts;
begin
  select * into v_draft from app.renewal_drafts d where d.convocatoria_id = p_campaign.id;
  return jsonb_build_object('id', p_campaign.id, 'slug', p_campaign.slug, 'title', p_campaign.title, 'now', app.now(),
    'received_until', app.received_until(p_campaign), 'can_edit', app.has_role(app.editors(), p_campaign.id),
    'version', coalesce(v_draft.version, 0), 'data', coalesce(v_draft.data, '{"parts":[]}'),
    'saved_at', v_draft.saved_at, 'saved_by', app.staff_name(v_draft.saved_by), 'offered_at', v_draft.offered_at,
    'offered_by', app.staff_name(v_draft.offered_by),
    'own', coalesce(auth.uid() in (v_draft.saved_by, v_draft.offered_by), false),
    'problems', to_jsonb(app.renewal_problems(p_campaign.id, coalesce(v_draft.data, '{"parts":[]}'))),
    'strategy', app.read_strategy(p_campaign.id),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'title', f.title, 'outcome', a.outcome)
      order by f.position, f.id), '[]') from app.findings f left join app.published_answers a on a.finding_id = f.id
      where f.convocatoria_id = p_campaign.id and f.removed_at is null),
    'approved', (select coalesce(jsonb_agg(jsonb_build_object('number', r.number, 'hash', r.hash, 'approved_at', r.approved_at,
      'written_by', app.staff_name(r.written_by), 'approved_by', app.staff_name(r.approved_by)) order by r.number desc), '[]')
      from app.renewals r where r.convocatoria_id = p_campaign.id));
end $$;

-- A published consultation, for its readers.
create function app.read_consultation(p_id uuid) returns app.convocatorias
language plpgsql stable set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  if not app.has_role(app.readers(), p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_campaign from app.convocatorias c where c.id = p_id and c.kind = 'propuestas' and c.published;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  return v_campaign;
end $$;

-- The same, locked, for its editors.
create function app.lock_consultation(p_id uuid) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
begin
  if v_campaign.kind <> 'propuestas' then perform app.refuse('convocatoria_unknown', null, 404); end if;
  if not v_campaign.published then perform app.refuse('not_published', null, 409); end if;
  return v_campaign;
end $$;

create function public.strategy_renewal(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.renewal_answer(app.read_consultation(p_id));
end $$;
grant execute on function public.strategy_renewal(uuid) to authenticated;

-- The consultation, locked, for an editor who saw this version of its draft.
create function app.lock_renewal(p_id uuid, p_version int) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
begin
  if coalesce((select d.version from app.renewal_drafts d where d.convocatoria_id = p_id), 0) is distinct from p_version then
    perform app.refuse('conflict', null, 409);
  end if;
  return v_campaign;
end $$;

create function app.refuse_problem(p_problems app.problem[], p_level text) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_first app.problem;
begin
  select p.field, p.code, p.level into v_first from unnest(p_problems) with ordinality p (field, code, level, place)
  where p.level = p_level order by p.place limit 1;
  if found then perform app.refuse(v_first.code, v_first.field); end if;
end $$;

-- Saves the draft. What was handed over is being written again.
create function public.save_renewal(p_id uuid, p_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_renewal(p_id, p_version);
begin
  if jsonb_typeof(p_data) is distinct from 'object' then perform app.refuse('malformed_op', null, 400); end if;
  perform app.refuse_huge_numbers(p_data);
  p_data := app.canon_json(p_data, p_formatted => true);
  if octet_length(p_data::text) > 1048576 then perform app.refuse('text_too_long', 'parts'); end if;
  perform app.refuse_problem(app.renewal_problems(p_id, p_data), 'wrong');
  insert into app.renewal_drafts (convocatoria_id, data, saved_by) values (p_id, p_data, auth.uid())
  on conflict (convocatoria_id) do update set data = excluded.data, version = app.renewal_drafts.version + 1,
    saved_at = app.now(), saved_by = excluded.saved_by, offered_at = null, offered_by = null;
  return app.renewal_answer(v_campaign);
end $$;
grant execute on function public.save_renewal(uuid, int, jsonb) to authenticated;

-- Hands the draft to a second person. Refuses one in which something is missing.
create function public.offer_renewal(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_renewal(p_id, p_version);
begin
  perform app.refuse_problem(app.renewal_problems(p_id, coalesce((select d.data from app.renewal_drafts d
    where d.convocatoria_id = p_id), '{"parts":[]}')), 'missing');
  update app.renewal_drafts d set offered_at = app.now(), offered_by = auth.uid(), version = d.version + 1
  where d.convocatoria_id = p_id;
  perform app.record_campaign_event(v_campaign, 'renewal_offered', '{}', null);
  return app.renewal_answer(v_campaign);
end $$;
grant execute on function public.offer_renewal(uuid, int) to authenticated;

-- Approves what was handed over and freezes it. Refuses whoever wrote or handed over this version, and before nothing more
-- is received.
create function public.approve_renewal(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_renewal(p_id, p_version);
  v_draft app.renewal_drafts;
  v_number int := (select coalesce(max(r.number), 0) + 1 from app.renewals r where r.convocatoria_id = p_id);
  v_text text;
begin
  select * into v_draft from app.renewal_drafts d where d.convocatoria_id = p_id;
  if v_draft.offered_at is null then perform app.refuse('renewal_not_offered', null, 409); end if;
  if auth.uid() in (v_draft.saved_by, v_draft.offered_by) then perform app.refuse('renewal_second_person', null, 409); end if;
  if app.now() < app.received_until(v_campaign) then perform app.refuse('still_receiving', null, 409); end if;
  perform app.refuse_problem(app.renewal_problems(p_id, v_draft.data), 'missing');
  v_text := app.canonical_json(app.renewal_document(v_campaign, v_number, v_draft.data));
  insert into app.renewals (convocatoria_id, number, text, hash, written_by, approved_by)
  values (p_id, v_number, v_text, app.sha256_hex(v_text), v_draft.saved_by, auth.uid());
  update app.renewal_drafts d set offered_at = null, offered_by = null, version = d.version + 1 where d.convocatoria_id = p_id;
  perform app.record_campaign_event(v_campaign, 'renewal_approved', '{}', null);
  return app.renewal_answer(v_campaign);
end $$;
grant execute on function public.approve_renewal(uuid, int) to authenticated;

-- The newest approved text of a public consultation, and what became of its actions: {number, hash, approved_at, text, followups};
-- null without any.
create function public.renewed_strategy(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known((select jsonb_build_object('number', r.number, 'hash', r.hash, 'approved_at', r.approved_at, 'text', r.text,
    'followups', app.public_followups(p_convocatoria))
  from app.renewals r join app.convocatorias c on c.id = r.convocatoria_id and c.published
  where r.convocatoria_id = p_convocatoria order by r.number desc limit 1));
end $$;
grant execute on function public.renewed_strategy(uuid) to anon, authenticated;
