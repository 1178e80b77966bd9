-- Where else a published video was spread, as staff note it. Each place is a copy that this system cannot take down: when the author
-- withdraws, the licence ends or the video is published no more, it becomes a task of staff with a day (docs/decisions/0110).

create table app.external_copies (
  id uuid primary key,                 -- made by who notes it, so that a retry finds the same row
  submission_id uuid not null references app.submissions on delete cascade,
  place text not null check (app.visible_length(place) > 0 and char_length(place) <= 80),   -- «Canal de YouTube del instituto»
  url text not null check (char_length(url) <= 120),
  noted_by uuid not null,
  noted_at timestamptz not null default app.now(),
  removed_by uuid,
  removed_at timestamptz,              -- when a member noted that it is there no more
  check (num_nulls(removed_by, removed_at) <> 1)
);
create index on app.external_copies (submission_id);
alter table app.external_copies enable row level security;
comment on table app.external_copies is
  'Personal data: addresses where a video of an author is shown, and which members of staff noted them. Readers: staff of its campaign.'
  ' Kept: with the submission. Deleted by: app.forget_records.';

-- The days of work that staff have to take a copy down.
create function app.external_copy_days() returns int
language sql immutable parallel safe as $$ select 5 $$;

-- Why a video may be shown elsewhere no more, and since when; no row while it may. A withdrawal that is undone leaves no row.
create function app.reach_ended(p_submission app.submissions) returns table (reason text, since timestamptz)
language plpgsql stable set search_path = '' as $$
declare
  v_until timestamptz := (select app.end_of_day(m.licence_until) from app.media_uploads m where m.submission_id = p_submission.id);
begin
  if p_submission.state = 'withdrawn' then
    return query select 'withdrawn', p_submission.withdrawn_at;
  elsif v_until < app.now() then
    return query select 'licence', v_until;
  elsif p_submission.state <> 'published' then
    return query select 'unpublished', coalesce(max(e.at), app.now()) from app.review_events e
      where e.submission_id = p_submission.id and e.from_state = 'published' and e.to_state <> 'published';
  end if;
end $$;

create function app.external_copy_row(p_copy app.external_copies) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', p_copy.id, 'submission_id', s.id, 'folio', s.folio, 'title', v.title, 'place', p_copy.place,
      'url', p_copy.url, 'noted_at', p_copy.noted_at, 'noted_by', app.staff_name(p_copy.noted_by), 'removed_at', p_copy.removed_at,
      'removed_by', app.staff_name(p_copy.removed_by), 'reason', r.reason,
      'due', case when r.since is not null then app.business_deadline(r.since, app.external_copy_days()) end, 'can_write', app.has_role(app.deciders(), s.convocatoria_id))
    from app.submissions s join app.videos v on v.submission_id = s.id left join lateral app.reach_ended(s) r on true
    where s.id = p_copy.submission_id);
end $$;

-- The copies of these campaigns that wait to be taken down, with the day on which each is due.
create function app.due_external_copies(p_campaigns uuid[]) returns table (id uuid, due timestamptz)
language plpgsql stable set search_path = '' as $$
begin
  return query select x.id, app.business_deadline(r.since, app.external_copy_days())
    from app.external_copies x join app.submissions s on s.id = x.submission_id cross join lateral app.reach_ended(s) r
    where x.removed_at is null and s.convocatoria_id = any (p_campaigns);
end $$;

-- What the desk says of a campaign while copies wait (app.alerts_of): late ones first.
create function app.external_copies_alert(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select case when count(*) filter (where d.due < app.now()) > 0
      then jsonb_build_object('kind', 'copies_late', 'count', count(*) filter (where d.due < app.now()), 'by', min(d.due))
      when count(*) > 0 then jsonb_build_object('kind', 'copies_out', 'count', count(*), 'by', min(d.due)) end
    from app.due_external_copies(array[p_convocatoria]) d);
end $$;

-- The copies of a video that were noted, or without one those of the caller's campaigns that wait, what is due first on top.
create function public.external_copies(p_submission uuid default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('now', app.now(), 'items', coalesce((select jsonb_agg(app.external_copy_row(x) order by d.due, x.noted_at, x.id)
    from app.external_copies x join app.submissions s on s.id = x.submission_id
    left join app.due_external_copies(app.readable_convocatorias(null, 'videos')) d on d.id = x.id
    where case when p_submission is null then d.id is not null
      else s.id = p_submission and app.has_role(app.readers(), s.convocatoria_id) end), '[]'));
end $$;
grant execute on function public.external_copies(uuid) to authenticated;

-- Notes where else a published video was spread: p_copy {id, place, url}. The same id a second time changes nothing.
create function public.note_external_copy(p_submission uuid, p_copy jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_copy jsonb;
  v_id uuid;
begin
  perform app.refuse_huge_numbers(p_copy);
  if not app.has_role(app.deciders(), (select s.convocatoria_id from app.submissions s where s.id = p_submission)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_submission := app.lock_submission(p_submission, null);
  v_copy := app.canon_json(p_copy);
  v_id := app.parse_uuid(app.text_of(v_copy, 'id'));
  if v_id is null then perform app.refuse('malformed_op', 'id', 400); end if;
  if not exists (select from app.external_copies x where x.id = v_id) then
    if v_submission.kind <> 'videos' or exists (select from app.reach_ended(v_submission)) then
      perform app.refuse('transition_invalid', 'external_copy', 409);
    end if;
    insert into app.external_copies (id, submission_id, place, url, noted_by) values (v_id, p_submission,
      app.check_line(app.text_of(v_copy, 'place'), 'place', 80), (app.check_evidence(jsonb_build_array(app.text_of(v_copy, 'url'))))[1], auth.uid());
    perform app.record_event(p_submission, 'staff', 'copy_noted', v_submission.state, v_submission.state, p_actor => auth.uid());
  end if;
  return public.external_copies(p_submission);
end $$;
grant execute on function public.note_external_copy(uuid, jsonb) to authenticated;

-- Notes that a copy is there no more, or that this was a mistake. Works for as long as the submission exists.
create function public.remove_external_copy(p_id uuid, p_removed boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_changed int;
begin
  select s.* into v_submission from app.external_copies x join app.submissions s on s.id = x.submission_id where x.id = p_id;
  if not app.has_role(app.deciders(), v_submission.convocatoria_id) then perform app.refuse('not_allowed', null, 403); end if;
  if v_submission.id is null or p_removed is null then perform app.refuse('submission_unknown', null, 404); end if;
  update app.external_copies x set removed_at = case when p_removed then app.now() end, removed_by = case when p_removed then auth.uid() end
  where x.id = p_id and (x.removed_at is not null) is distinct from p_removed;
  get diagnostics v_changed = row_count;
  if v_changed > 0 then
    perform app.record_event(v_submission.id, 'staff', case when p_removed then 'copy_removed' else 'copy_noted' end, v_submission.state,
      v_submission.state, p_actor => auth.uid());
  end if;
  return public.external_copies(v_submission.id);
end $$;
grant execute on function public.remove_external_copy(uuid, boolean) to authenticated;
