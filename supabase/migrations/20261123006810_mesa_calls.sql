-- How staff write and publish the mesa of a consultation.

create function app.mesa_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_mesa app.mesas;
begin
  select * into v_mesa from app.mesas m where m.convocatoria_id = p_campaign.id;
  return jsonb_build_object('id', p_campaign.id, 'slug', p_campaign.slug, 'title', p_campaign.title, 'now', app.now(),
    'received_until', app.received_until(p_campaign), 'can_edit', app.has_role(app.editors(), p_campaign.id),
    'version', coalesce(v_mesa.version, 0), 'data', coalesce(v_mesa.data, '{}'), 'saved_at', v_mesa.saved_at,
    'saved_by', app.staff_name(v_mesa.saved_by), 'published_at', v_mesa.published_at,
    'published_by', app.staff_name(v_mesa.published_by), 'meeting', app.mesa_meeting(v_mesa.meeting_id),
    'problems', to_jsonb(app.mesa_problems(p_campaign, coalesce(v_mesa.data, '{}'))),
    'meetings', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'title', c.title) order by c.opens_at desc, c.id), '[]')
      from app.convocatorias c join app.campaign_kinds k on k.kind = c.kind and k.days_function is not null
      where c.published and (c.retired_at is null or c.id = v_mesa.meeting_id)),
    'findings', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'title', f.title, 'count', coalesce(n.count, 0))
        order by f.position, f.id), '[]')
      from app.findings f left join (select s.finding_id, count(distinct s.submission_id) from app.sorted_in(p_campaign.id) s group by 1) n
        on n.finding_id = f.id where f.convocatoria_id = p_campaign.id and f.removed_at is null),
    'letters', app.mesa_letters(p_campaign),
    'sounds', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title) order by i.position), '[]')
      from app.insumos i where i.convocatoria_id = p_campaign.id and i.kind = 'audio'));
end $$;

create function public.mesa_desk(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.mesa_answer(app.read_consultation(p_id));
end $$;
grant execute on function public.mesa_desk(uuid) to authenticated;

-- The consultation, locked, for an editor who saw this version of its mesa.
create function app.lock_mesa(p_id uuid, p_version int) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
begin
  if coalesce((select m.version from app.mesas m where m.convocatoria_id = p_id), 0) is distinct from p_version then
    perform app.refuse('conflict', null, 409);
  end if;
  return v_campaign;
end $$;

-- Saves the draft. What everybody reads stays as it was published.
create function public.save_mesa(p_id uuid, p_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_mesa(p_id, p_version);
begin
  if jsonb_typeof(p_data) is distinct from 'object' then perform app.refuse('malformed_op', null, 400); end if;
  perform app.refuse_huge_numbers(p_data);
  p_data := app.canon_json(p_data);
  if octet_length(p_data::text) > 65536 then perform app.refuse('text_too_long', 'agenda'); end if;
  perform app.refuse_problem(app.mesa_problems(v_campaign, p_data), 'wrong');
  insert into app.mesas as m (convocatoria_id, data, saved_by) values (p_id, p_data, auth.uid())
  on conflict (convocatoria_id) do update set data = excluded.data, version = m.version + 1, saved_at = app.now(),
    saved_by = excluded.saved_by;
  return app.mesa_answer(v_campaign);
end $$;
grant execute on function public.save_mesa(uuid, int, jsonb) to authenticated;

-- Publishes the draft. Refuses one in which something is missing.
create function public.publish_mesa(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_mesa(p_id, p_version);
begin
  perform app.refuse_problem(app.mesa_problems(v_campaign, coalesce((select m.data from app.mesas m where m.convocatoria_id = p_id), '{}')),
    'missing');
  update app.mesas m set published = app.mesa_document(p_id, m.data), meeting_id = app.parse_uuid(m.data ->> 'meeting_id'),
    published_at = app.now(), published_by = auth.uid(), version = m.version + 1 where m.convocatoria_id = p_id;
  perform app.record_campaign_event(v_campaign, 'mesa_published', '{}', null);
  return app.mesa_answer(v_campaign);
end $$;
grant execute on function public.publish_mesa(uuid, int) to authenticated;
