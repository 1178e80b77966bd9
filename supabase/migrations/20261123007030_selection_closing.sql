-- How a selection closes: what is chosen may be published, the rest is thanked, and the minutes are frozen (docs/decisions/0103).

-- Refuses to close before every video is decided by the desk and marked by its jury.
create function app.check_closing(p_convocatoria uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if app.selection_waits(p_convocatoria) > 0 then perform app.refuse('selection_reviews_waiting', null, 409); end if;
  if exists (select from app.submissions u where u.convocatoria_id = p_convocatoria and u.state = 'accepted' and not app.is_judged(u.id)) then
    perform app.refuse('jury_incomplete', null, 409);
  end if;
end $$;

-- Whether a choice leaves the order of the ranking: something left out has as many points as something chosen, or more. Choosing
-- nothing at all leaves it too.
create function app.leaves_order(p_convocatoria uuid, p_chosen uuid[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select count(*) > 0 and (count(*) filter (where r.submission_id = any (p_chosen)) = 0
      or coalesce(max(r.mean) filter (where r.submission_id <> all (p_chosen)) >= min(r.mean) filter (where r.submission_id = any (p_chosen)), false))
    from app.jury_ranking(p_convocatoria) r);
end $$;

-- The minutes of what was just decided: criteria, jurors, who stepped aside, marks, order and choice. Without words about a video, which
-- its author may have erased.
create function app.acta_of_selection(p_campaign app.convocatorias, p_selection app.selections, p_reason text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('campaign', jsonb_build_object('id', p_campaign.id, 'title', p_campaign.title), 'round', p_selection.round,
    'criteria', p_selection.criteria, 'gap', p_selection.gap, 'scale', jsonb_build_array(1, 5),
    'closed_at', to_char(app.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'closed_by', app.staff_name(auth.uid()),
    'order_reason', p_reason,
    'videos', (select coalesce(jsonb_agg(jsonb_build_object('folio', u.folio, 'place', r.place, 'tied', r.tied,
        'mean', to_char(r.mean, 'FM990.00'), 'chosen', c.chosen,
        'marks', (select jsonb_agg(jsonb_build_object('juror', app.staff_name(t.user_id), 'third', t.is_third, 'marks', m.marks,
            'total', app.total_of(m.marks)) order by t.is_third, t.at, t.id)
          from app.jury_seats t join app.jury_marks m on m.seat_id = t.id where t.submission_id = u.id and t.left_as is null))
        order by r.place, u.folio), '[]')
      from app.jury_ranking(p_campaign.id) r join app.submissions u on u.id = r.submission_id
      join app.jury_choices c on c.submission_id = u.id),
    'recusals', (select coalesce(jsonb_agg(jsonb_build_object('folio', u.folio, 'juror', app.staff_name(t.user_id)) order by u.folio, t.at, t.id), '[]')
      from app.jury_seats t join app.submissions u on u.id = t.submission_id
      where u.convocatoria_id = p_campaign.id and t.left_as = 'recused'));
end $$;

-- Leaves a video out, with thanks and without a reason code.
create function app.leave_out(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_submission(p_id, null);
  v_event uuid := app.record_decision(v_submission, 'not_select', 'accepted', '{}');
begin
  update app.submissions s set state = 'not_selected', version = s.version + 1 where s.id = p_id;
  perform app.mail_news(p_id, v_event);
end $$;

-- Closes the selection. What was chosen may be published; what was published after an earlier closing stays chosen.
create function public.close_selection(p_id uuid, p_version int, p_chosen uuid[], p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id, coalesce(p_version, -1));
  v_reason text := app.change_reason(p_reason);
  v_chosen uuid[] := array(select c.submission_id from app.jury_choices c join app.submissions u on u.id = c.submission_id
    where u.convocatoria_id = p_id and c.chosen and u.state = 'published') || coalesce(p_chosen, '{}');
  v_selection app.selections;
  v_final text;
begin
  perform 1 from app.submissions u where u.convocatoria_id = p_id and u.state = 'accepted' order by u.id for update;
  select * into v_selection from app.selections s where s.convocatoria_id = p_id and s.closed_at is null;
  if not found then perform app.refuse('selection_closed', null, 409); end if;
  perform app.check_closing(p_id);
  if exists (select from unnest(p_chosen) c where c is null or not exists (select from app.submissions u where u.id = c and u.convocatoria_id = p_id
      and u.state in ('accepted', 'published'))) then
    perform app.refuse('malformed_op', 'chosen', 400);
  end if;
  if v_reason is null and app.leaves_order(p_id, v_chosen) then perform app.refuse('order_reason_required', 'reason'); end if;
  insert into app.jury_choices (submission_id, chosen) select u.id, u.id = any (v_chosen) from app.submissions u
  where u.convocatoria_id = p_id and u.state = 'accepted' on conflict (submission_id) do update set chosen = excluded.chosen;
  update app.selections s set closed_at = app.now(), version = s.version + 1 where s.convocatoria_id = p_id;
  v_final := app.canonical_json(app.acta_of_selection(v_campaign, v_selection, v_reason));
  insert into app.selection_actas (convocatoria_id, round, final, hash, closed_by)
  values (p_id, v_selection.round, v_final, app.sha256_hex(v_final), auth.uid());
  perform app.leave_out(u.id) from app.submissions u
  where u.convocatoria_id = p_id and u.state = 'accepted' and u.id <> all (v_chosen);
  perform app.log_jury(p_id, 'closed', p_reason => v_reason);
  return app.selection_answer(v_campaign);
end $$;
grant execute on function public.close_selection(uuid, int, uuid[], text) to authenticated;

-- Takes one that was left out back into the selection. Its author reads why.
create function app.take_back_in(p_id uuid, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_submission(p_id, null);
  v_event uuid := app.record_decision(v_submission, 'reopen', 'not_selected', jsonb_build_object('message', p_reason));
begin
  perform app.record_decision(v_submission, 'accept', 'in_review', '{}');
  update app.submissions s set state = 'accepted', version = s.version + 1 where s.id = p_id;
  perform app.mail_news(p_id, v_event);
end $$;

-- Opens a closed selection again, for example for a video that was accepted later. Marks stay as they are. Whoever was left out
-- takes part again and is told why.
create function public.reopen_selection(p_id uuid, p_version int, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id, coalesce(p_version, -1));
  v_reason text := app.required_reason(p_reason);
  v_round int := (select s.round from app.selections s where s.convocatoria_id = p_id and s.closed_at is not null);
begin
  if v_round is null then perform app.refuse('selection_open', null, 409); end if;
  perform app.take_back_in(u.id, v_reason) from app.jury_choices c join app.submissions u on u.id = c.submission_id
  where u.convocatoria_id = p_id and u.state = 'not_selected' and u.content_erased_at is null;
  delete from app.jury_choices c using app.submissions u
  where u.id = c.submission_id and u.convocatoria_id = p_id and u.state = 'accepted';
  update app.selections s set closed_at = null, round = s.round + 1, version = s.version + 1 where s.convocatoria_id = p_id;
  update app.selection_actas a set reopened_at = app.now(), reopened_by = auth.uid(), reopen_reason = v_reason
  where a.convocatoria_id = p_id and a.round = v_round;
  perform app.log_jury(p_id, 'reopened', p_reason => v_reason);
  return app.selection_answer(v_campaign);
end $$;
grant execute on function public.reopen_selection(uuid, int, text) to authenticated;
