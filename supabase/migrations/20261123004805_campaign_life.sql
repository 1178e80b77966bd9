-- The life of a published campaign: pausing reception, closing early, reopening, retiring. Each is one transaction with an
-- event of the public history. Nothing that a phone saved before is refused because of it: phones have the grace that was
-- promised, and during a pause what comes later waits on the phone (app.check_window).

-- A published campaign, locked, for an editor who saw this version of it.
create function app.lock_published(p_id uuid, p_version int) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
begin
  if not v_campaign.published then perform app.refuse('not_published', null, 409); end if;
  if v_campaign.version is distinct from p_version then perform app.refuse('conflict', null, 409); end if;
  return v_campaign;
end $$;

-- Refuses what only makes sense between the opening and the closing.
create function app.refuse_unless_open(p_campaign app.convocatorias) returns void
language plpgsql stable set search_path = '' as $$
begin
  if app.now() <= p_campaign.opens_at or app.now() >= p_campaign.closes_at then
    perform app.refuse('not_receiving', null, 409);
  end if;
end $$;

-- Moves the closing, and the day of the answer where one is named. A working copy of the dates follows, so that publishing
-- it later does not bring the former ones back.
create function app.move_closing(p_id uuid, p_closes_at timestamptz, p_answer_by date) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.convocatorias c set closes_at = p_closes_at, answer_by = coalesce(p_answer_by, c.answer_by) where c.id = p_id;
  update app.campaign_sections s set version = s.version + 1, saved_at = app.now(), saved_by = auth.uid(),
    data = s.data || jsonb_strip_nulls(jsonb_build_object('closes_at', p_closes_at, 'answer_by', p_answer_by))
  where s.convocatoria_id = p_id and s.section = 'fechas' and s.data is not null;
end $$;

-- Ends the change of a campaign: a new version, its event, and the answer.
create function app.finish_change(p_before app.convocatorias, p_dates jsonb, p_kind text, p_changes jsonb, p_reason text)
returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_dates jsonb := app.read_dates(p_before.id);
begin
  update app.convocatorias c set version = c.version + 1 where c.id = p_before.id returning * into v_campaign;
  perform app.record_campaign_event(v_campaign, p_kind, p_changes
    || case when v_dates <> p_dates then jsonb_build_object('fechas', jsonb_build_array(p_dates, v_dates)) else '{}' end,
    p_reason);
  return app.campaign_answer(v_campaign);
end $$;

-- Pauses reception, until an instant before the closing or until somebody resumes it. A pause that runs takes the new end
-- and reason; it began when it began.
create function public.pause_convocatoria(p_id uuid, p_version int, p_reason text, p_until timestamptz default null)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_published(p_id, p_version);
  v_reason text := app.required_reason(p_reason);
begin
  perform app.refuse_unless_open(v_campaign);
  if p_until <= app.now() or p_until >= v_campaign.closes_at then perform app.refuse('pause_until_invalid', 'until'); end if;
  update app.convocatorias c set paused_at = case when app.is_paused(v_campaign) then c.paused_at else app.now() end,
    paused_until = p_until, pause_reason = v_reason where c.id = p_id;
  return app.finish_change(v_campaign, app.read_dates(p_id), 'paused',
    jsonb_build_object('pausa', jsonb_build_array(v_campaign.paused_until, p_until)), v_reason);
end $$;
grant execute on function public.pause_convocatoria(uuid, int, text, timestamptz) to authenticated;

create function public.resume_convocatoria(p_id uuid, p_version int, p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_published(p_id, p_version);
begin
  if not app.is_paused(v_campaign) then perform app.refuse('not_paused', null, 409); end if;
  update app.convocatorias c set paused_at = null, paused_until = null, pause_reason = null where c.id = p_id;
  return app.finish_change(v_campaign, app.read_dates(p_id), 'resumed', '{}', app.change_reason(p_reason));
end $$;
grant execute on function public.resume_convocatoria(uuid, int, text) to authenticated;

-- Closes now. What phones hold arrives within the grace, which counts from now.
create function public.close_convocatoria(p_id uuid, p_version int, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_published(p_id, p_version);
  v_reason text := app.required_reason(p_reason);
  v_dates jsonb := app.read_dates(p_id);
begin
  perform app.refuse_unless_open(v_campaign);
  perform app.move_closing(p_id, app.now(), null);
  update app.convocatorias c set paused_at = null, paused_until = null, pause_reason = null where c.id = p_id;
  return app.finish_change(v_campaign, v_dates, 'closed', '{}', v_reason);
end $$;
grant execute on function public.close_convocatoria(uuid, int, text) to authenticated;

-- Refuses dates that contradict each other, and a kind that has nothing left to take part in.
create function app.check_reopening(p_campaign app.convocatorias) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_wrong app.problem;
begin
  select p.field, p.code, p.level into v_wrong from unnest(app.calendar_problems(app.read_dates(p_campaign.id)))
    with ordinality p (field, code, level, place) where p.level <> 'look' order by p.place limit 1;
  if found then perform app.refuse(v_wrong.code, v_wrong.field); end if;
  perform app.call_kind_function((select k.reopen_check_function from app.campaign_kinds k where k.kind = p_campaign.kind),
    p_campaign.id);
end $$;

-- Reopens a closed or retired campaign until a new closing. `p_answer_by`: the day of the answer, where it moves.
create function public.reopen_convocatoria(p_id uuid, p_version int, p_reason text, p_closes_at timestamptz,
  p_answer_by date default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_published(p_id, p_version);
  v_reason text := app.required_reason(p_reason);
  v_dates jsonb := app.read_dates(p_id);
  v_after app.convocatorias;
begin
  if app.now() < v_campaign.closes_at and v_campaign.retired_at is null then perform app.refuse('not_closed', null, 409); end if;
  if p_closes_at is null or p_closes_at <= app.now() then perform app.refuse('closing_past', 'closes_at'); end if;
  perform app.move_closing(p_id, p_closes_at, p_answer_by);
  update app.convocatorias c set retired_at = null, retire_reason = null, paused_at = null, paused_until = null,
    pause_reason = null where c.id = p_id returning * into v_after;
  perform app.check_reopening(v_after);
  perform app.mail_answer_day(v_campaign, v_after, v_reason);
  return app.finish_change(v_campaign, v_dates, 'reopened', '{}', v_reason);
end $$;
grant execute on function public.reopen_convocatoria(uuid, int, text, timestamptz, date) to authenticated;

-- Takes a campaign that has opened off the public list. It closes, its page says so and why, and folios, answers and what
-- was published stay. Tells everybody who took part and left an address.
create function public.retire_convocatoria(p_id uuid, p_version int, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_published(p_id, p_version);
  v_reason text := app.required_reason(p_reason);
  v_dates jsonb := app.read_dates(p_id);
begin
  if v_campaign.retired_at is not null then perform app.refuse('already_retired', null, 409); end if;
  if app.now() <= v_campaign.opens_at then perform app.refuse('not_opened', null, 409); end if;
  if v_campaign.closes_at > app.now() then perform app.move_closing(p_id, app.now(), null); end if;
  update app.convocatorias c set retired_at = app.now(), retire_reason = v_reason, paused_at = null, paused_until = null,
    pause_reason = null where c.id = p_id;
  perform app.mail_authors(v_campaign, 'Se retiró una convocatoria en la que participaste', concat_ws(E'\n\n',
    format('La institución retiró la convocatoria «%s».', v_campaign.title), 'Motivo: ' || v_reason,
    'Lo que enviaste no se borra. Con tu enlace privado puedes ver su estado, retirarlo o ejercer tus derechos. '
      || format('Si todavía te debemos una respuesta, te la damos a más tardar el %s.', app.spanish_day(v_campaign.answer_by))));
  return app.finish_change(v_campaign, v_dates, 'retired', '{}', v_reason);
end $$;
grant execute on function public.retire_convocatoria(uuid, int, text) to authenticated;
