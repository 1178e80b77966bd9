-- Whose period is over (decision 0046). A period is the shorter of the present settings and of what the notices of the
-- campaign promised. Each function answers at most p_limit rows that are due at p_at; null: all. The jobs ask for now,
-- the page of the settings for thirty days later.

-- The period of a campaign by the name of its setting, in that setting's unit.
create function app.kept_for(p_campaign app.convocatorias, p_period text) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (app.shorter_periods(p_campaign.keeps, app.retention_periods()) ->> p_period)::int;
end $$;

-- The answer from which the period of a contact counts. Reopening a decision takes it back.
create function app.note_answer() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.answered_at := case
    when new.state in ('accepted', 'rejected', 'published', 'not_selected') then coalesce(old.answered_at, app.now())
    when new.state in ('received', 'in_review', 'correction_requested') then null
    else old.answered_at end;
  return new;
end $$;
create trigger note_answer before update of state on app.submissions for each row
  when (old.state is distinct from new.state) execute function app.note_answer();

-- The end of the last day of a registration; of one whose days have no date, the end of the campaign's reception.
create function app.end_of_registration(p_submission uuid, p_campaign app.convocatorias) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select app.end_of_day(max(j.on_day)) from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission), app.received_until(p_campaign));
end $$;

-- After it nothing of a campaign happens any more.
create function app.end_of_campaign(p_campaign app.convocatorias) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return greatest(app.received_until(p_campaign), app.end_of_day(p_campaign.answer_by), app.end_of_day(p_campaign.results_on),
    (select app.end_of_day(v.licence_until) from app.video_campaigns v where v.convocatoria_id = p_campaign.id),
    (select app.end_of_day(max(j.on_day)) from app.jornadas j join app.jornada_groups g on g.id = j.group_id
      where g.convocatoria_id = p_campaign.id));
end $$;

-- Names and addresses, counted from the answer; where none was given, from the day by which it was promised.
create function app.due_contacts(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select s.id, c.id, k.amount from app.convocatorias c
  cross join lateral (select app.kept_for(c, 'keep_contacts_months') as amount) k
  cross join lateral (select p_at - make_interval(months => k.amount) as since) d
  join app.submissions s on s.convocatoria_id = c.id and s.has_contact
  join app.campaign_kinds n on n.kind = c.kind
  where c.opens_at <= d.since and d.since >= case when n.attended then app.end_of_registration(s.id, c)
    else coalesce(s.answered_at, app.end_of_day(c.answer_by)) end
  limit p_limit
$$;

-- The words and the file of a video that was not selected, counted from the results; of one whose licence ended, from
-- that end.
create function app.due_unselected(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select s.id, c.id, k.amount from app.convocatorias c
  cross join lateral (select app.kept_for(c, 'keep_videos_days') as amount) k
  cross join lateral (select p_at - make_interval(days => k.amount) as since) d
  join app.submissions s on s.convocatoria_id = c.id and s.content_erased_at is null
    and s.state in ('rejected', 'not_selected', 'expired')
  join app.campaign_kinds n on n.kind = c.kind and n.selected
  left join app.media_uploads m on m.submission_id = s.id
  where c.opens_at <= d.since and d.since >= case when s.state = 'expired'
    then app.end_of_day(m.licence_until)
    else greatest(app.end_of_day(coalesce(c.results_on, c.answer_by)), s.answered_at) end
  limit p_limit
$$;

-- Names, posts and hours of arrival, counted from the last day of the registration.
create function app.due_attendance(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select s.id, c.id, k.amount from app.convocatorias c
  cross join lateral (select app.kept_for(c, 'keep_attendance_months') as amount) k
  cross join lateral (select p_at - make_interval(months => k.amount) as since) d
  join app.submissions s on s.convocatoria_id = c.id and s.content_erased_at is null and s.state <> 'withdrawn'
  join app.campaign_kinds n on n.kind = c.kind and n.attended
  where c.opens_at <= d.since and d.since >= app.end_of_registration(s.id, c)
  limit p_limit
$$;

-- Everything that an author wrote and then withdrew, once the withdrawal is final.
create function app.due_withdrawn(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select s.id, c.id, k.amount from app.convocatorias c
  cross join lateral (select app.kept_for(c, 'keep_withdrawn_days') as amount) k
  join app.submissions s on s.convocatoria_id = c.id and s.content_erased_at is null and s.state = 'withdrawn'
    and s.withdrawn_from is null
  where c.opens_at <= p_at and s.withdrawn_at <= p_at - make_interval(days => k.amount)
  limit p_limit
$$;

-- Files whose licence is over, whatever became of their video.
create function app.due_licences(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select m.submission_id, m.convocatoria_id, null::int from app.media_uploads m
  where m.status in ('attached', 'verified', 'mismatch') and m.licence_until <= app.local_day(p_at)
    and app.end_of_day(m.licence_until) < p_at
    and not exists (select from app.media_jobs j where j.media_id = m.id and j.done_at is null and j.kind = 'erase'
      and j.replaced is null)
  order by m.licence_until limit p_limit
$$;

-- Whole submissions whose campaign ended as many years ago as records are kept. One whose file is still stored waits.
create function app.due_records(p_at timestamptz, p_limit int)
returns table (submission_id uuid, convocatoria_id uuid, amount int)
language sql stable set search_path = '' as $$
  select s.id, c.id, k.amount from app.convocatorias c
  cross join lateral (select app.kept_for(c, 'keep_records_years') as amount) k
  join app.submissions s on s.convocatoria_id = c.id
  where c.opens_at <= p_at - make_interval(years => k.amount)
    and app.end_of_campaign(c) <= p_at - make_interval(years => k.amount)
    and not exists (select from app.media_uploads m where m.submission_id = s.id and (m.status not in ('removed', 'expired')
      or exists (select from app.media_jobs j where j.media_id = m.id and j.replaced is not null and j.done_at is null)))
  limit p_limit
$$;
