-- What everybody reads of the results, and what staff do to publish them.

-- The newest edition whose files are all there.
create function app.ready_edition(p_convocatoria uuid) returns app.result_editions
language plpgsql stable set search_path = '' as $$
begin
  return (select e from app.result_editions e where e.convocatoria_id = p_convocatoria and e.state = 'ready' order by e.number desc limit 1);
end $$;

-- What the page of a consultation says of its outcome; null before there is any. `results`: {at, received, published, changed}.
-- `renewal`: when the renewed text was approved. `mesa`: when the mesa was published.
create function app.propuesta_details(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_edition app.result_editions := app.ready_edition(p_convocatoria);
  v_figures jsonb := v_edition.figures::jsonb;
  v_approved timestamptz := (select max(r.approved_at) from app.renewals r where r.convocatoria_id = p_convocatoria);
begin
  return nullif(jsonb_strip_nulls(jsonb_build_object('renewal', v_approved,
    'mesa', (select m.published_at from app.mesas m where m.convocatoria_id = p_convocatoria),
    'results', case when v_figures is not null then jsonb_build_object('at', v_edition.ready_at,
      'received', v_figures #> '{totals,recibidas}', 'published', v_figures #> '{totals,publicadas}',
      'changed', (v_figures #>> '{changes,changed}')::int + (v_figures #>> '{changes,added}')::int
        + (v_figures #>> '{changes,removed}')::int) end)), '{}');
end $$;

-- The results of a public consultation: {edition: {number, at, hash, figures, files}, findings, names}; null before there are any.
-- `figures`: the canonical JSON whose hash it is. `findings` are read now: a quote that was withdrawn is gone.
create function public.campaign_results(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_edition app.result_editions := app.ready_edition(p_convocatoria);
begin
  return app.unless_known((select jsonb_build_object('edition', jsonb_build_object('number', v_edition.number, 'at', v_edition.ready_at,
      'hash', v_edition.hash, 'figures', v_edition.figures, 'files', v_edition.files),
    'findings', app.published_findings(c.id))
  from app.convocatorias c where c.id = p_convocatoria and c.published and v_edition.number is not null));
end $$;
grant execute on function public.campaign_results(uuid) to anon, authenticated;

-- Staff -------------------------------------------------------------------------------------------------------

-- The published texts that wait for a person before they enter the open data, first those nobody looked at.
create function app.open_hold_rows(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'folio', h.folio, 'body', h.body, 'reasons', h.reasons,
      'outcome', h.outcome, 'settled_by', app.staff_name(h.settled_by)) order by h.outcome nulls first, h.found_at, h.id), '[]')
  from (select s.id, s.folio, p.body, o.reasons, o.outcome, o.settled_by, o.found_at from app.open_holds o
    join app.submissions s on s.id = o.submission_id and s.state = 'published' join app.propuestas p on p.submission_id = s.id
    where s.convocatoria_id = p_convocatoria order by o.outcome nulls first, o.found_at, s.id limit 200) h);
end $$;

create function app.results_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_campaign.id, 'slug', p_campaign.slug, 'title', p_campaign.title, 'now', app.now(),
    'received_until', app.received_until(p_campaign), 'can_edit', app.has_role(app.editors(), p_campaign.id),
    'can_settle', app.has_role(app.deciders(), p_campaign.id),
    'lacking', (select count(*) from app.lacking_answer(p_campaign.id)),
    'renewal', (select max(r.approved_at) from app.renewals r where r.convocatoria_id = p_campaign.id),
    'editions', (select coalesce(jsonb_agg(jsonb_build_object('number', e.number, 'state', e.state, 'begun_at', e.begun_at,
      'by', app.staff_name(e.begun_by), 'ready_at', e.ready_at, 'page', e.page, 'hash', e.hash, 'files', e.files,
      'stale', e.stale_at is not null) order by e.number desc), '[]')
      from app.result_editions e where e.convocatoria_id = p_campaign.id),
    'followups', app.desk_followups(p_campaign.id),
    'taps', case when app.now() >= app.received_until(p_campaign)
      then (select coalesce(jsonb_agg(c), '[]') from app.tap_counts(p_campaign.id) c) else '[]' end,
    'holds', app.open_hold_rows(p_campaign.id));
end $$;

create function public.results_desk(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.results_answer(app.read_consultation(p_id));
end $$;
grant execute on function public.results_desk(uuid) to authenticated;

-- Begins an edition, `p_number` being the next one: the call of somebody who saw an older state changes nothing.
create function public.publish_results(p_id uuid, p_number int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
begin
  if app.now() < app.received_until(v_campaign) then perform app.refuse('still_receiving', null, 409); end if;
  if p_number is distinct from coalesce((select max(e.number) from app.result_editions e where e.convocatoria_id = p_id), 0) + 1
    or exists (select from app.result_editions e where e.convocatoria_id = p_id and e.state not in ('ready', 'gone')) then
    perform app.refuse('conflict', null, 409);
  end if;
  insert into app.result_editions (convocatoria_id, number, begun_by) values (p_id, p_number, auth.uid());
  perform app.record_campaign_event(v_campaign, 'results_published', '{}', null);
  return app.results_answer(v_campaign);
end $$;
grant execute on function public.publish_results(uuid, int) to authenticated;

-- Lets a text into the next edition, or keeps it out.
create function public.settle_hold(p_submission uuid, p_outcome text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  select c.* into v_campaign from app.convocatorias c join app.submissions s on s.convocatoria_id = c.id where s.id = p_submission;
  if not app.has_role(app.deciders(), v_campaign.id) then perform app.refuse('not_allowed', null, 403); end if;
  if p_outcome is null or p_outcome not in ('let_in', 'kept_out') then perform app.refuse('malformed_op', null, 400); end if;
  update app.open_holds h set outcome = p_outcome, settled_by = auth.uid(), settled_at = app.now() where h.submission_id = p_submission;
  if not found then perform app.refuse('submission_unknown', null, 404); end if;
  return app.results_answer(v_campaign);
end $$;
grant execute on function public.settle_hold(uuid, text) to authenticated;
