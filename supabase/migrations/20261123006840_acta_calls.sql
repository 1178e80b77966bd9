-- How staff write, open and close the acta of a mesa, and decide on its comments.

create function app.acta_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_acta app.mesa_actas;
begin
  select * into v_acta from app.mesa_actas a where a.convocatoria_id = p_campaign.id;
  return jsonb_build_object('id', p_campaign.id, 'slug', p_campaign.slug, 'title', p_campaign.title, 'now', app.now(),
    'can_edit', app.has_role(app.editors(), p_campaign.id), 'can_settle', app.has_role(app.deciders(), p_campaign.id),
    'mesa', (select m.published_at from app.mesas m where m.convocatoria_id = p_campaign.id),
    'version', coalesce(v_acta.version, 0), 'body', coalesce(v_acta.body, ''), 'saved_at', v_acta.saved_at,
    'saved_by', app.staff_name(v_acta.saved_by), 'opened_at', v_acta.opened_at, 'comments_until', v_acta.comments_until,
    'received_until', app.comments_received_until(v_acta), 'hash', v_acta.hash, 'closed_at', v_acta.closed_at,
    'closed_by', app.staff_name(v_acta.closed_by),
    'comments', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'version', c.version, 'body', c.body, 'standing', c.standing,
        'at', c.at, 'state', c.state, 'reason', c.reason, 'decided_by', app.staff_name(c.decided_by))
        order by c.state <> 'received', c.at, c.id), '[]')
      from app.mesa_comments c where c.convocatoria_id = p_campaign.id and app.mesa_standing(p_campaign.id, c.submission_id) is not null));
end $$;

create function public.acta_desk(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.acta_answer(app.read_consultation(p_id));
end $$;
grant execute on function public.acta_desk(uuid) to authenticated;

-- The consultation, locked, for an editor who saw this version of its acta, which is not closed.
create function app.lock_acta(p_id uuid, p_version int) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
  v_acta app.mesa_actas;
begin
  select * into v_acta from app.mesa_actas a where a.convocatoria_id = p_id for update;
  if coalesce(v_acta.version, 0) is distinct from p_version then perform app.refuse('conflict', null, 409); end if;
  if v_acta.final is not null then perform app.refuse('acta_closed', null, 409); end if;
  return v_campaign;
end $$;

-- Saves the working copy. What people comment on stays as it was opened.
create function public.save_acta(p_id uuid, p_version int, p_body text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_acta(p_id, p_version);
  v_body text := app.canon(coalesce(p_body, ''), true);
begin
  if char_length(v_body) > 40000 then perform app.refuse('text_too_long', 'body'); end if;
  if app.has_unsafe_link(v_body) then perform app.refuse('text_link_invalid', 'body'); end if;
  insert into app.mesa_actas as a (convocatoria_id, body, saved_by) values (p_id, v_body, auth.uid())
  on conflict (convocatoria_id) do update set body = excluded.body, version = a.version + 1, saved_at = app.now(),
    saved_by = excluded.saved_by;
  return app.acta_answer(v_campaign);
end $$;
grant execute on function public.save_acta(uuid, int, text) to authenticated;

-- Publishes the acta for comments until the end of a day, from three to sixty days ahead. Once only: people comment on one text.
create function public.open_acta(p_id uuid, p_version int, p_until date default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_acta(p_id, p_version);
  v_acta app.mesa_actas;
begin
  select * into v_acta from app.mesa_actas a where a.convocatoria_id = p_id;
  if v_acta.opened is not null then perform app.refuse('conflict', null, 409); end if;
  if not exists (select from app.mesas m where m.convocatoria_id = p_id and m.published is not null) then
    perform app.refuse('mesa_required', null, 409);
  end if;
  if app.visible_length(coalesce(v_acta.body, '')) = 0 then perform app.refuse('text_required', 'body'); end if;
  if p_until is null or p_until - app.local_day(app.now()) not between 3 and 60 then perform app.refuse('date_invalid', 'until'); end if;
  update app.mesa_actas a set opened = a.body, opened_at = app.now(), opened_by = auth.uid(), comments_until = app.end_of_day(p_until),
    version = a.version + 1 where a.convocatoria_id = p_id;
  perform app.record_campaign_event(v_campaign, 'acta_opened', '{}', null);
  return app.acta_answer(v_campaign);
end $$;
grant execute on function public.open_acta(uuid, int, date) to authenticated;

-- Publishes a comment, or keeps it back with a reason that its author reads. p_version: the one that was read. The last decision counts.
create function public.settle_comment(p_comment uuid, p_version int, p_published boolean, p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_comment app.mesa_comments;
  v_campaign app.convocatorias;
  v_reason text := app.tidied(coalesce(p_reason, ''));
begin
  select * into v_comment from app.mesa_comments c where c.id = p_comment for update;
  select * into v_campaign from app.convocatorias c where c.id = v_comment.convocatoria_id;
  if not app.has_role(app.deciders(), v_campaign.id) then perform app.refuse('not_allowed', null, 403); end if;
  if v_comment.id is null then perform app.refuse('submission_unknown', null, 404); end if;
  if v_comment.version is distinct from p_version then perform app.refuse('conflict', null, 409); end if;
  if not coalesce(p_published, false) and app.visible_length(v_reason) = 0 then perform app.refuse('reason_required', 'reason'); end if;
  if char_length(v_reason) > 500 then perform app.refuse('text_too_long', 'reason'); end if;
  update app.mesa_comments c set state = case when p_published then 'published' else 'kept_back' end,
    reason = case when not coalesce(p_published, false) then v_reason end, decided_by = auth.uid(), decided_at = app.now()
  where c.id = p_comment;
  perform app.record_campaign_event(v_campaign, 'comment_settled', '{}', null);
  return app.acta_answer(v_campaign);
end $$;
grant execute on function public.settle_comment(uuid, int, boolean, text) to authenticated;

-- Closes the acta: the working copy becomes the final text, frozen with its hash. Not before its days and the hours after them are
-- over, nor while a comment waits for a person. Comments are not part of the frozen text: their authors may take them back.
create function public.close_acta(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_acta(p_id, p_version);
  v_acta app.mesa_actas;
  v_final text;
begin
  select * into v_acta from app.mesa_actas a where a.convocatoria_id = p_id;
  if v_acta.opened is null or app.now() < app.comments_received_until(v_acta) then perform app.refuse('acta_open', null, 409); end if;
  if exists (select from app.mesa_comments c where c.convocatoria_id = p_id and c.state = 'received'
      and app.mesa_standing(p_id, c.submission_id) is not null) then
    perform app.refuse('comments_waiting', null, 409);
  end if;
  if app.visible_length(v_acta.body) = 0 then perform app.refuse('text_required', 'body'); end if;
  v_final := app.canonical_json(jsonb_build_object('campaign', jsonb_build_object('id', v_campaign.id, 'title', v_campaign.title),
    'mesa', (select m.published ->> 'title' from app.mesas m where m.convocatoria_id = p_id), 'body', v_acta.body,
    'commented_until', to_char(v_acta.comments_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'closed_at', to_char(app.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
  update app.mesa_actas a set final = v_final, hash = app.sha256_hex(v_final), closed_at = app.now(), closed_by = auth.uid(),
    version = a.version + 1 where a.convocatoria_id = p_id;
  perform app.record_campaign_event(v_campaign, 'acta_closed', '{}', null);
  return app.acta_answer(v_campaign);
end $$;
grant execute on function public.close_acta(uuid, int) to authenticated;
