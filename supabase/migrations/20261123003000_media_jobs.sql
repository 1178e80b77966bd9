-- Work on the file of a video: verify it, check the copy that was made of it (app.renditions), copy that to the public bucket, remove
-- it there, erase both. A holder of
-- the service key takes the jobs (an Edge Function, or the embedded backend). A decision queues its jobs in its
-- own transaction. Originals never move, and the database deletes no object.

create table app.media_jobs (
  id bigint generated always as identity primary key,
  media_id uuid not null references app.media_uploads on delete cascade on update cascade,
  kind text not null check (kind in ('verify', 'check', 'publish', 'unpublish', 'erase')),
  replaced uuid check (kind = 'erase' or replaced is null),   -- the former file, whose bytes go; null: the present one
  queued_at timestamptz not null default app.now(),
  not_before timestamptz not null default app.now(),   -- moves further away after each failure
  leased_until timestamptz,          -- the job is due again afterwards, in case its worker died
  attempts int not null default 0,
  done_at timestamptz,
  last_error text
);
create index media_jobs_due on app.media_jobs (id) where done_at is null;
create index media_jobs_of on app.media_jobs (media_id) where done_at is null;
create unique index media_jobs_replaced on app.media_jobs (replaced) where replaced is not null;
alter table app.media_jobs enable row level security;
comment on table app.media_jobs is
  'Personal data: none. Readers: the server. Kept: 30 days after it was done. Deleted by: app.sweep_media_jobs.';

create function app.queue_media_job(p_kind text, p_media uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.media_jobs (kind, media_id) values (p_kind, p_media);
end $$;

-- Queues the jobs of a decision. Only published videos are public: leaving that state hides the video from the
-- list at once and removes the public copy by a job. A final withdrawal erases the file.
create function app.follow_video() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_media uuid := (select m.id from app.media_uploads m where m.submission_id = new.id);
begin
  if new.state = 'published' then
    perform app.queue_media_job('publish', v_media);
  elsif old.state = 'published' then
    update app.media_uploads m set public_ready = false where m.id = v_media;
    perform app.queue_media_job('unpublish', v_media);
  elsif old.withdrawn_from is not null then
    perform app.queue_media_job('erase', v_media);
  end if;
  return null;
end $$;
create trigger follow_video after update on app.submissions for each row
  when (new.kind = 'videos' and (old.state is distinct from new.state and 'published' in (old.state, new.state)
    or new.state = 'withdrawn' and old.withdrawn_from is not null and new.withdrawn_from is null))
  execute function app.follow_video();

-- `<public id>.<extension>` in the public bucket. The poster is `<public id>.jpg`.
create function app.public_object(p_media app.media_uploads) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return p_media.public_id || '.' || case p_media.mime when 'video/webm' then 'webm'
    when 'video/quicktime' then 'mov' when 'video/3gpp' then '3gp' when 'audio/webm' then 'webm' when 'audio/mp4' then 'm4a'
    else 'mp4' end;
end $$;

-- Whether the reason of a job still holds. A withdrawn video gets no public copy, and a video that is published
-- again keeps its copy.
create function app.is_media_job_needed(p_kind text, p_media uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select case p_kind when 'verify' then m.status = 'attached' and (s.state <> 'withdrawn' or s.withdrawn_from is not null)
    when 'check' then exists (select from app.renditions r where r.media_id = m.id and r.status = 'attached')
    when 'publish' then s.state = 'published'
    when 'unpublish' then s.state <> 'published' else true end
  from app.media_uploads m join app.submissions s on s.id = m.submission_id where m.id = p_media);
end $$;

-- Due jobs, leased for ten minutes: oldest first, one at a time for each file. Verifying and copying are
-- given up after ten attempts. Removing and erasing never are, because a person or a decision asked for them.
create function public.take_media_jobs(p_limit int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_jobs jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.media_jobs', 0));
  delete from app.media_jobs j where j.done_at is null and coalesce(j.leased_until <= app.now(), true)
    and not app.is_media_job_needed(j.kind, j.media_id);
  with due as (
    select distinct on (j.media_id, j.replaced) j.id, j.not_before, j.leased_until from app.media_jobs j
    where j.done_at is null and (j.attempts < 10 or j.kind in ('unpublish', 'erase') or j.leased_until > app.now())
    order by j.media_id, j.replaced, j.id
  ), taken as (
    update app.media_jobs j set leased_until = app.now() + interval '10 minutes', attempts = j.attempts + 1
    where j.id in (select d.id from due d
      where d.not_before <= app.now() and coalesce(d.leased_until <= app.now(), true)
      order by d.id limit least(greatest(p_limit, 0), 20))
    returning j.id, j.kind, j.media_id, j.replaced
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'media_id', m.id,
    'bucket', 'videos-intake', 'object', coalesce(t.replaced, case when t.kind in ('check', 'publish') then r.id end, m.id),
    'public_object', coalesce(r.public_id || '.mp4', app.public_object(m)),
    'former', case when r.id is not null and t.kind in ('publish', 'unpublish') then app.public_object(m) end,
    'rendition', case when t.kind = 'erase' and t.replaced is null then r.id end,
    'mime', case when t.kind in ('check', 'publish') and r.id is not null then 'video/mp4' else m.mime end,
    'poster', case when t.kind in ('verify', 'publish') then translate(encode(m.poster, 'base64'), E'\n', '') end,
    'cues', case t.kind when 'publish' then (select v.captions from app.videos v where v.submission_id = m.submission_id) end) order by t.id), '[]') into v_jobs
  from taken t join app.media_uploads m on m.id = t.media_id left join app.renditions r on r.media_id = m.id
    and (t.kind in ('check', 'erase') or r.status = 'verified');
  return v_jobs;
end $$;
grant execute on function public.take_media_jobs(int) to service_role;

-- The length of a voice note at most: the recorder stops at 90 seconds, and its last slice may end a little later.
create function app.voice_ms() returns int
language sql immutable parallel safe as $$ select 92000 $$;

-- Whether the type found in the bytes fits the announced one. MP4, MOV and 3GP count as one family.
create function app.matches_video_type(p_claimed text, p_found text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(p_found = any (app.video_types()) and (p_claimed = 'video/webm') = (p_found = 'video/webm'), false);
end $$;

-- Whether a verification found the announced file, and nothing in it besides picture and sound; of a voice note sound alone, not
-- longer than a note may be. An outcome without
-- `tells` comes from a function that did not look for them, so it proves nothing.
create function app.proves_video(p_media app.media_uploads, p_result jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(app.size_of(p_result, 'bytes') = p_media.bytes and p_result ->> 'sha256' = p_media.sha256
    and case when p_media.mime = any (app.voice_types()) then p_result ->> 'mime' = p_media.mime
        and app.size_of(p_result, 'duration_ms') <= app.voice_ms()
      else app.matches_video_type(p_media.mime, p_result ->> 'mime') end and p_result -> 'tells' = '[]', false);
end $$;

-- Applies the outcome of a job. `verify` brings {bytes, sha256, mime, tells, picture, sound, poster}, computed from
-- the stored bytes: `tells` as in supabase/functions/_shared/media/tells.ts; the codecs; whether the poster is a
-- picture, or null. A poster that is none is dropped.
create function app.finish_media_job(p_kind text, p_media uuid, p_result jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.media_uploads m set
    status = case when p_kind = 'erase' then 'removed' when p_kind <> 'verify' or m.status <> 'attached' then m.status
      when app.proves_video(m, p_result) then 'verified' else 'mismatch' end,
    found = case when p_kind = 'verify' then jsonb_build_object('bytes', app.size_of(p_result, 'bytes'),
      'sha256', p_result -> 'sha256', 'mime', p_result -> 'mime', 'tells', p_result -> 'tells',
      'picture', p_result -> 'picture', 'sound', p_result -> 'sound', 'duration_ms', p_result -> 'duration_ms') else m.found end,
    poster = case when p_kind <> 'erase' and p_result -> 'poster' is distinct from 'false' then m.poster end,
    public_ready = case p_kind when 'publish' then s.state = 'published' when 'verify' then m.public_ready else false end
  from app.submissions s where s.id = m.submission_id and m.id = p_media;
  if p_kind = 'erase' then
    delete from app.renditions r where r.media_id = p_media;
  elsif p_kind in ('publish', 'unpublish') then
    update app.renditions r set is_copied = p_kind = 'publish' and r.status = 'verified' where r.media_id = p_media;
  end if;
end $$;

-- Records that a job is done, or that it failed and waits twice as long. An unknown or finished job changes
-- nothing.
create function public.settle_media_job(p_id bigint, p_result jsonb default null, p_error text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_job app.media_jobs;
begin
  -- Locks the submission first, as every writer does, so that its state stays the same until the commit.
  perform 1 from app.submissions s join app.media_uploads m on m.submission_id = s.id
  join app.media_jobs j on j.media_id = m.id where j.id = p_id for update of s;
  select * into v_job from app.media_jobs j where j.id = p_id and j.done_at is null for update;
  if not found then return; end if;
  if p_error is not null then
    update app.media_jobs j set last_error = left(p_error, 200), leased_until = null,
      not_before = app.now() + interval '1 minute' * power(2, least(j.attempts, 8)) where j.id = p_id;
    return;
  end if;
  update app.media_jobs j set done_at = app.now(), last_error = null where j.id = p_id;
  if v_job.kind = 'erase' then
    perform app.record_deletion('files', m.convocatoria_id, null, 1) from app.media_uploads m where m.id = v_job.media_id;
  end if;
  if v_job.kind = 'unpublish' then
    perform app.record_deletion('copies', m.convocatoria_id, null, 1) from app.media_uploads m where m.id = v_job.media_id;
  end if;
  if v_job.kind = 'check' then
    perform app.settle_rendition(m, p_result) from app.media_uploads m where m.id = v_job.media_id;
  elsif v_job.replaced is null then
    perform app.finish_media_job(v_job.kind, v_job.media_id, p_result);
  end if;
end $$;
grant execute on function public.settle_media_job(bigint, jsonb, text) to service_role;

-- Removes jobs finished more than 30 days ago.
create function app.sweep_media_jobs() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.media_jobs j where j.done_at < app.now() - interval '30 days' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (80, 'media_jobs_swept', 'sweep_media_jobs');
