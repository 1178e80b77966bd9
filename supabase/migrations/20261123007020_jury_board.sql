-- How the coordination follows the jury of a campaign: who has marked how many, and what they said only of videos that all of their
-- jurors have marked.

-- The minutes of a closing. The text is frozen with its hash; it has folios and marks, and no words about a video.
create table app.selection_actas (
  convocatoria_id uuid not null references app.selections on delete cascade,
  round int not null,
  final text not null,             -- in its canonical form (RFC 8785), whose bytes the hash is of
  hash text not null check (hash = app.sha256_hex(final)),
  closed_at timestamptz not null default app.now(),
  closed_by uuid not null,
  reopened_at timestamptz,
  reopened_by uuid,
  reopen_reason text check (char_length(reopen_reason) <= 500),
  primary key (convocatoria_id, round),
  check (num_nulls(reopened_at, reopened_by, reopen_reason) in (0, 3))
);
alter table app.selection_actas enable row level security;
comment on table app.selection_actas is
  'Personal data: who of the staff judged and decided. Readers: staff of the campaign. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';
create trigger selection_actas_are_frozen before update on app.selection_actas for each row
  when ((old.final, old.hash, old.closed_at, old.closed_by, old.round) is distinct from (new.final, new.hash, new.closed_at, new.closed_by, new.round)
    or old.reopened_at is not null) execute function app.refuse_rewriting();
create trigger selection_actas_are_kept before truncate on app.selection_actas
  for each statement execute function app.refuse_rewriting();

-- The order of the videos that all of their jurors have marked: by the mean of the totals; equals share a place.
create function app.jury_ranking(p_convocatoria uuid) returns table (submission_id uuid, mean numeric, place bigint, tied boolean)
language sql stable set search_path = '' as $$
  select r.submission_id, r.mean, rank() over (order by r.mean desc), count(*) over (partition by r.mean) > 1
  from (select t.submission_id, round(avg(app.total_of(m.marks)), 4) as mean
    from app.videos v join app.submissions u on u.id = v.submission_id and u.state in ('accepted', 'published', 'not_selected')
    join app.jury_seats t on t.submission_id = v.submission_id and t.left_as is null join app.jury_marks m on m.seat_id = t.id
    where v.convocatoria_id = p_convocatoria and app.is_judged(v.submission_id) group by t.submission_id) r
$$;

-- The videos that the jury is about: accepted ones, and those that the last closing decided on.
create function app.selection_videos(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'folio', u.folio, 'title', v.title, 'pillar', p.title,
      'state', u.state, 'has_file', f.status = 'verified', 'lacks_captions', app.lacks_captions(u.id), 'vacant', app.vacant_seats(u.id), 'judged', app.is_judged(u.id),
      'chosen', ch.chosen, 'mean', r.mean, 'place', r.place, 'tied', coalesce(r.tied, false),
      'seats', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'juror_id', t.user_id, 'juror', app.staff_name(t.user_id),
          'is_third', t.is_third, 'marked', m.seat_id is not null, 'left_as', t.left_as, 'reason', t.reason) order by t.at, t.id), '[]')
        from app.jury_seats t left join app.jury_marks m on m.seat_id = t.id where t.submission_id = u.id),
      'marks', case when app.is_judged(u.id) then app.marks_of(u.id) end) order by r.place, u.received_at, u.id), '[]')
    from app.submissions u join app.videos v on v.submission_id = u.id
    join app.pillars p on (p.convocatoria_id, p.key) = (v.convocatoria_id, v.pillar)
    join app.media_uploads f on f.submission_id = u.id
    left join app.jury_choices ch on ch.submission_id = u.id
    left join app.jury_ranking(p_convocatoria) r on r.submission_id = u.id
    where u.convocatoria_id = p_convocatoria and (u.state = 'accepted' or (ch.submission_id is not null and u.state in ('published', 'not_selected'))));
end $$;

-- Who may judge in the campaign and how far each is.
create function app.selection_jurors(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', j.user_id, 'name', app.staff_name(j.user_id), 'seats', n.seats,
      'marked', n.marked) order by app.staff_name(j.user_id), j.user_id), '[]')
    from (select distinct s.user_id from app.staff s where s.role = 'juror' and s.active) j
    cross join lateral (select count(*) as seats, count(m.seat_id) as marked from app.jury_seats t
      join app.submissions u on u.id = t.submission_id and u.convocatoria_id = p_convocatoria
      left join app.jury_marks m on m.seat_id = t.id where t.user_id = j.user_id and t.left_as is null) n
    where app.may_judge(j.user_id, p_convocatoria));
end $$;

-- How many videos wait for a decision of the desk before the jury can have all of them.
create function app.selection_waits(p_convocatoria uuid) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select count(*) from app.submissions s where s.convocatoria_id = p_convocatoria and s.quarantined_at is null
    and s.state in ('received', 'in_review', 'correction_requested'));
end $$;

create function app.selection_answer(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_selection app.selections;
begin
  select * into v_selection from app.selections s where s.convocatoria_id = p_campaign.id;
  return (select jsonb_build_object('id', p_campaign.id, 'slug', p_campaign.slug, 'title', p_campaign.title, 'now', app.now(),
      'received_until', app.received_until(p_campaign), 'can_lead', app.has_role(array['coordinator'], p_campaign.id),
      'version', coalesce(v_selection.version, 0), 'opened_at', v_selection.opened_at, 'opened_by', app.staff_name(v_selection.opened_by),
      'closed_at', v_selection.closed_at, 'criteria', coalesce(v_selection.criteria, l.rubric), 'gap', coalesce(v_selection.gap, l.jury_gap),
      'selection_on', l.selection_on, 'waits', app.selection_waits(p_campaign.id), 'jurors', app.selection_jurors(p_campaign.id),
      'videos', app.selection_videos(p_campaign.id),
      'actas', (select coalesce(jsonb_agg(jsonb_build_object('round', a.round, 'hash', a.hash, 'final', a.final, 'closed_at', a.closed_at,
          'closed_by', app.staff_name(a.closed_by), 'reopened_at', a.reopened_at, 'reopened_by', app.staff_name(a.reopened_by),
          'reopen_reason', a.reopen_reason) order by a.round desc), '[]')
        from app.selection_actas a where a.convocatoria_id = p_campaign.id))
    from app.video_campaigns l where l.convocatoria_id = p_campaign.id);
end $$;

-- A published call for videos, for its readers. With p_version locked, for its coordination, who saw this version of its selection.
create function app.selection_campaign(p_id uuid, p_version int default null) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  if not app.has_role(case when p_version is null then app.readers() else array['coordinator'] end, p_id) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  select * into v_campaign from app.convocatorias c where c.id = p_id and c.kind = 'videos' and c.published;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  if p_version is not null then
    perform 1 from app.video_campaigns l where l.convocatoria_id = p_id for update;
    perform 1 from app.selections s where s.convocatoria_id = p_id for update;
    if coalesce((select s.version from app.selections s where s.convocatoria_id = p_id), 0) <> p_version then
      perform app.refuse('conflict', null, 409);
    end if;
  end if;
  return v_campaign;
end $$;

create function public.selection_desk(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.selection_answer(app.selection_campaign(p_id));
end $$;
grant execute on function public.selection_desk(uuid) to authenticated;

-- Opens the selection with the rubric as it stands, and deals the videos. From now on nobody publishes or leaves out a video of the
-- campaign by hand.
create function public.open_selection(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id, coalesce(p_version, -1));
begin
  if p_version <> 0 then perform app.refuse('conflict', null, 409); end if;
  if (select l.rubric from app.video_campaigns l where l.convocatoria_id = p_id) = '[]' then perform app.refuse('rubric_required', null, 409); end if;
  if jsonb_array_length(app.selection_jurors(p_id)) < 2 then perform app.refuse('jurors_missing', null, 409); end if;
  insert into app.selections (convocatoria_id, criteria, gap, opened_by)
  select p_id, l.rubric, l.jury_gap, auth.uid() from app.video_campaigns l where l.convocatoria_id = p_id;
  perform app.log_jury(p_id, 'opened');
  return public.deal_videos(p_id, 1);
end $$;
grant execute on function public.open_selection(uuid, int) to authenticated;

-- Deals what has vacant places: new videos, and those that a juror left or that lack a third.
create function public.deal_videos(p_id uuid, p_version int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id, coalesce(p_version, -1));
begin
  if not exists (select from app.selections s where s.convocatoria_id = p_id and s.closed_at is null) then
    perform app.refuse('selection_closed', null, 409);
  end if;
  perform app.fill_jury(p_id, u.id) from app.submissions u join app.media_uploads f on f.submission_id = u.id and f.status = 'verified'
  where u.convocatoria_id = p_id and u.state = 'accepted';
  return app.selection_answer(v_campaign);
end $$;
grant execute on function public.deal_videos(uuid, int) to authenticated;

-- Gives a place of a video to a juror whom the coordination chooses: a vacant one, or that of a juror who has not marked.
create function public.seat_juror(p_id uuid, p_version int, p_submission uuid, p_juror uuid, p_instead uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id, coalesce(p_version, -1));
begin
  if app.selection_state(p_submission) is distinct from 'open' or not exists (select from app.submissions u
      join app.media_uploads f on f.submission_id = u.id and f.status = 'verified'
      where u.id = p_submission and u.convocatoria_id = p_id and u.state = 'accepted') then
    perform app.refuse('selection_closed', null, 409);
  end if;
  if not app.may_judge(p_juror, p_id) or exists (select from app.jury_seats t where t.submission_id = p_submission and t.user_id = p_juror) then
    perform app.refuse('juror_unknown', 'juror', 409);
  end if;
  if p_instead is not null then
    update app.jury_seats t set left_as = 'replaced' where t.id = p_instead and t.submission_id = p_submission and t.left_as is null
      and not exists (select from app.jury_marks m where m.seat_id = t.id);
    if not found then perform app.refuse('marks_final', 'instead', 409); end if;
    perform app.log_jury(p_id, 'replaced', p_submission, (select t.user_id from app.jury_seats t where t.id = p_instead));
  end if;
  if app.vacant_seats(p_submission) < 1 then perform app.refuse('seat_taken', null, 409); end if;
  perform app.seat(p_id, p_submission, p_juror, auth.uid());
  return app.selection_answer(v_campaign);
end $$;
grant execute on function public.seat_juror(uuid, int, uuid, uuid, uuid) to authenticated;
