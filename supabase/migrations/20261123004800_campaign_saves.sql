-- What the campaign editor reads and saves.

-- Reading ------------------------------------------------------------------------------------------------

create function app.milestones_of(p_convocatoria uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('on', m.on_day, 'until', m.until_day, 'title', m.title, 'note', m.note)
    order by m.position), '[]')
  from app.milestones m where m.convocatoria_id = p_convocatoria
$$;

create function app.campaign_data(p app.convocatorias) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('kind', p.kind, 'slug', p.slug, 'title', p.title, 'summary', p.summary, 'label', p.label,
    'question', p.question, 'who_decides', p.who_decides, 'what_happens_next', p.what_happens_next,
    'source', p.source, 'opens_at', p.opens_at, 'closes_at', p.closes_at,
    'grace_hours', (extract(epoch from p.grace) / 3600)::int, 'inputs_on', p.inputs_on, 'results_on', p.results_on,
    'answer_by', p.answer_by, 'notice_id', p.notice_id, 'milestones', app.milestones_of(p.id))
$$;

create function app.campaign_answer(p app.convocatorias) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', p.id, 'version', p.version, 'published', p.published, 'data', app.campaign_data(p))
$$;

-- The convocatorias that the caller may read, drafts included; the newest opening first.
create function public.list_convocatorias() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('now', app.now(), 'can_create', app.has_role(app.editors(), null),
    'items', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'kind', c.kind,
      'title', c.title, 'published', c.published, 'version', c.version, 'opens_at', c.opens_at,
      'closes_at', c.closes_at, 'received_until', app.received_until(c), 'answer_by', c.answer_by,
      'can_edit', app.has_role(app.editors(), c.id)) order by c.opens_at desc, c.id)
      from app.convocatorias c where app.has_role(app.readers(), c.id)), '[]'));
end $$;
grant execute on function public.list_convocatorias() to authenticated;

-- What the editor needs: the saved form (null for a new convocatoria), the notices, the holidays and the events.
create function public.convocatoria_draft(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_convocatoria app.convocatorias;
begin
  if not app.has_role(app.editors(), p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_convocatoria from app.convocatorias c where c.id = p_id;
  if not found and p_id is not null then perform app.refuse('convocatoria_unknown', null, 404); end if;
  return case when p_id is null then '{"id": null, "version": 0, "published": false, "data": null}'
      else app.campaign_answer(v_convocatoria) end
    || jsonb_build_object(
      'notices', coalesce((select jsonb_agg(app.notice_row(n.id::text) order by n.title, n.version desc)
        from app.notices n), '[]'),
      'holidays', coalesce((select jsonb_agg(h.day order by h.day) from app.holidays h), '[]'),
      'events', coalesce((select jsonb_agg(jsonb_build_object('at', e.at, 'actor', app.staff_name(e.actor_id),
        'kind', e.kind, 'fields', (select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(e.changes) k),
        'reason', e.reason) order by e.seq desc)
        from app.convocatoria_events e where e.convocatoria_id = p_id), '[]'));
end $$;
grant execute on function public.convocatoria_draft(uuid) to authenticated;

-- Saving -------------------------------------------------------------------------------------------------

-- The convocatoria, locked, for a caller who may edit it. Raises `conflict` when the caller saw another version.
create function app.lock_campaign(p_id uuid, p_expected_version int) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_convocatoria app.convocatorias;
begin
  if not app.has_role(app.editors(), p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_convocatoria from app.convocatorias c where c.id = p_id for update;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  if v_convocatoria.version is distinct from p_expected_version then perform app.refuse('conflict', null, 409); end if;
  return v_convocatoria;
end $$;

create function app.record_campaign_event(p_old jsonb, p_new app.convocatorias, p_kind text, p_reason text) returns void
language sql volatile set search_path = '' as $$
  insert into app.convocatoria_events (convocatoria_id, actor_id, kind, version, changes, reason)
  select p_new.id, auth.uid(), p_kind, p_new.version, coalesce(jsonb_object_agg(n.key,
    jsonb_build_array(p_old -> n.key, n.value)) filter (where p_old -> n.key is distinct from n.value), '{}'), p_reason
  from jsonb_each(app.campaign_data(p_new)) n
$$;

create function app.write_campaign(p_new app.convocatorias, p_milestones jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.convocatorias (id, slug, kind, title, summary, label, question, who_decides, what_happens_next,
    source, opens_at, closes_at, grace, inputs_on, results_on, answer_by, notice_id, published, version)
  select p_new.id, p_new.slug, p_new.kind, p_new.title, p_new.summary, p_new.label, p_new.question, p_new.who_decides,
    p_new.what_happens_next, p_new.source, p_new.opens_at, p_new.closes_at, p_new.grace, p_new.inputs_on,
    p_new.results_on, p_new.answer_by, p_new.notice_id, p_new.published, p_new.version
  on conflict (id) do update set slug = excluded.slug, title = excluded.title, summary = excluded.summary,
    label = excluded.label, question = excluded.question, who_decides = excluded.who_decides,
    what_happens_next = excluded.what_happens_next, source = excluded.source, opens_at = excluded.opens_at,
    closes_at = excluded.closes_at, grace = excluded.grace, inputs_on = excluded.inputs_on,
    results_on = excluded.results_on, answer_by = excluded.answer_by, notice_id = excluded.notice_id,
    version = excluded.version;
  delete from app.milestones m where m.convocatoria_id = p_new.id;
  insert into app.milestones (convocatoria_id, position, on_day, until_day, title, note)
  select p_new.id, m.ordinality, app.campaign_day(m.value, 'on'), app.campaign_day(m.value, 'until'),
    app.campaign_text(m.value, 'title', 120, true), app.campaign_text(m.value, 'note', 300, false)
  from jsonb_array_elements(p_milestones) with ordinality m;
end $$;

-- Saves the whole form; a null p_id creates a draft. Answers the saved form.
create function public.save_convocatoria(p_id uuid, p_expected_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_old app.convocatorias;
  v_new app.convocatorias;
  v_before jsonb := '{}';
  v_reason text;
  v_milestones jsonb;
begin
  if p_id is not null then
    v_old := app.lock_campaign(p_id, p_expected_version);
    v_before := app.campaign_data(v_old);
  elsif not app.has_role(app.editors(), null) then
    perform app.refuse('not_allowed', null, 403);
  else
    v_old.kind := app.text_of(p_data, 'kind');
    v_old.published := false;
    if not exists (select from app.campaign_kinds k where k.kind = v_old.kind) then perform app.refuse('kind_required', 'kind'); end if;
  end if;
  if jsonb_typeof(p_data) is distinct from 'object' then perform app.refuse('malformed_op', null, 400); end if;
  v_reason := app.campaign_text(p_data, 'reason', 500, false);
  v_new := app.campaign_of(v_old, p_data);
  perform app.check_promise(v_old, v_new, v_reason);
  v_milestones := app.check_milestones(p_data);
  v_new.id := coalesce(p_id, gen_random_uuid());
  v_new.version := coalesce(v_old.version, 0) + 1;
  perform app.write_campaign(v_new, v_milestones);
  perform app.record_campaign_event(v_before, v_new, case when p_id is null then 'created' else 'changed' end, v_reason);
  return app.campaign_answer(v_new);
end $$;
grant execute on function public.save_convocatoria(uuid, int, jsonb) to authenticated;

-- Publishes a draft to everybody. Refuses one that has already closed: nobody could take part.
create function public.publish_convocatoria(p_id uuid, p_expected_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_convocatoria app.convocatorias := app.lock_campaign(p_id, p_expected_version);
begin
  if v_convocatoria.published then perform app.refuse('already_published', null, 409); end if;
  if v_convocatoria.closes_at <= app.now() then perform app.refuse('closing_past', 'closes_at'); end if;
  perform app.check_calendar(v_convocatoria);
  update app.convocatorias c set published = true, version = c.version + 1 where c.id = p_id returning * into v_convocatoria;
  perform app.record_campaign_event(app.campaign_data(v_convocatoria), v_convocatoria, 'published', null);
  return app.campaign_answer(v_convocatoria);
end $$;
grant execute on function public.publish_convocatoria(uuid, int) to authenticated;
