-- The copy of a video that may become public: made once, in a reviewer's browser or by `npm run rendition`, uploaded to the private
-- bucket, and looked at like every file before anybody sees it. The original never becomes public (docs/decisions/0104).

create table app.renditions (
  id uuid primary key,                 -- random, made by who makes it: the name in the private bucket
  media_id uuid not null unique references app.media_uploads on delete cascade on update cascade,
  status text not null default 'waiting' check (status in ('waiting', 'attached', 'verified', 'unfit')),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  duration_ms int not null,
  width int not null,
  height int not null,
  made_at timestamptz not null default app.now(),
  found jsonb,                         -- as in app.media_uploads
  public_id uuid not null unique default gen_random_uuid(),   -- names the public copy, its cover and its captions
  is_copied boolean not null default false                    -- whether the public copy is this one
);
alter table app.renditions enable row level security;
comment on table app.renditions is
  'Personal data: hash and size of the public copy of a video. Readers: staff of its campaign; everybody what the author allowed.'
  ' Kept: until the file of the video is erased. Deleted by: app.finish_media_job.';

-- The row that staff see of a video shows the state of its copy.
create function app.log_rendition() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_submission_change(m.submission_id) from app.media_uploads m where m.id = new.media_id;
  return null;
end $$;
create trigger log_piece after insert or update on app.renditions for each row execute function app.log_rendition();

-- Whether the server's own program calls, and not a person.
create function app.is_service() returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(current_setting('role', true), '') = 'service_role';
end $$;

-- How far the length of a copy may be from the one that its phone claimed: encoders round to whole pictures and pieces of sound.
create function app.is_as_long(p_claimed_ms int, p_ms bigint) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(abs(p_claimed_ms - p_ms) <= greatest(2000, p_claimed_ms / 20), false);
end $$;

-- Whether an object of this name may arrive now: it is an announced copy of exactly this size.
create function app.expects_rendition(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.renditions r where r.id = app.parse_uuid(p_name) and r.id::text = p_name
    and r.status = 'waiting' and p_metadata ->> 'contentLength' = r.bytes::text and p_metadata ->> 'mimetype' = 'video/mp4'
    and app.is_our_caching(p_metadata));
end $$;

-- Whether an object of this name may arrive in the private bucket of videos: from a phone, or from who makes a copy.
create function app.expects_video_file(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return app.can_upload(p_name, p_metadata) or app.expects_rendition(p_name, p_metadata);
end $$;

create function app.can_add_rendition(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.expects_rendition(p_name, p_metadata) and app.has_role(app.deciders(), (select m.convocatoria_id
    from app.renditions r join app.media_uploads m on m.id = r.media_id where r.id = app.parse_uuid(p_name)));
exception when sqlstate 'PT401' then   -- the storage API would take it for a fault of its own
  return false;
end $$;
grant execute on function app.can_add_rendition(text, jsonb) to authenticated;

create policy "videos-intake: a reviewer uploads an announced copy" on storage.objects for insert to authenticated
  with check (bucket_id = 'videos-intake' and app.can_add_rendition(name, metadata)
    and storage.allow_any_operation(array['storage.tus.upload.create', 'storage.tus.upload.part']));

-- What staff see of the copy of a video; null without one.
create function app.rendition_answer(p_media uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', r.id, 'status', r.status, 'bytes', r.bytes, 'duration_ms', r.duration_ms,
    'width', r.width, 'height', r.height, 'tells', coalesce(nullif(r.found -> 'tells', 'null'), '[]'))
  from app.renditions r where r.media_id = p_media);
end $$;

-- The verified file of a video of which a copy may be made, with its submission locked. Refuses any other.
create function app.lock_for_rendition(p_submission uuid) returns app.media_uploads
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_submission(p_submission, null);
  v_media app.media_uploads;
begin
  select * into v_media from app.media_uploads m where m.submission_id = v_submission.id;
  if v_submission.kind <> 'videos' or v_media.status is distinct from 'verified'
    or v_submission.state not in ('received', 'in_review', 'accepted', 'published') then
    perform app.refuse('transition_invalid', 'rendition', 409);
  end if;
  return v_media;
end $$;

-- Refuses what no public copy is: larger than the bucket takes, above 720 on its short side, or of another length.
create function app.check_rendition(p_media app.media_uploads, p_made app.renditions) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_made.id is null or p_made.id::text !~ '^.{14}4.{4}[89ab]' or coalesce(p_made.sha256, '') !~ '^[0-9a-f]{64}$'
    or coalesce(p_made.bytes, 0) not between 1 and 314572800
    or coalesce(p_made.width, 0) not between 1 and 4096 or coalesce(p_made.height, 0) not between 1 and 4096
    or least(p_made.width, p_made.height) > 720 or not app.is_as_long(p_media.duration_ms, p_made.duration_ms) then
    perform app.refuse('malformed_op', 'rendition', 400);
  end if;
end $$;

-- Puts the announced copy in the place of one that did not arrive or was unfit, whose bytes go. A repeated call changes nothing.
create function app.write_rendition(p_media app.media_uploads, p_made app.renditions) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_held app.renditions;
begin
  select * into v_held from app.renditions r where r.media_id = p_media.id;
  if v_held.id = p_made.id then return; end if;
  if v_held.status in ('attached', 'verified') then perform app.refuse('transition_invalid', 'rendition', 409); end if;
  if exists (select from app.media_uploads m where m.id = p_made.id) or exists (select from app.renditions r where r.id = p_made.id)
    or exists (select from app.media_jobs j where j.replaced = p_made.id) then
    perform app.refuse('malformed_op', 'rendition', 409);   -- the id belongs to another file
  end if;
  if v_held.id is not null then
    insert into app.media_jobs (kind, media_id, replaced) values ('erase', p_media.id, v_held.id);
    delete from app.renditions r where r.id = v_held.id;
  end if;
  insert into app.renditions (id, media_id, bytes, sha256, duration_ms, width, height)
  values (p_made.id, p_media.id, p_made.bytes, p_made.sha256, p_made.duration_ms, p_made.width, p_made.height);
end $$;

-- Announces the public copy of a video before its upload: p_file {id, bytes, sha256, duration_ms, width, height}. A reviewer of its
-- campaign may, and the server's own program.
create function public.add_rendition(p_submission uuid, p_file jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_media app.media_uploads;
  v_made app.renditions;
begin
  perform app.refuse_huge_numbers(p_file);
  if not app.is_service() and not app.has_role(app.deciders(),
    (select s.convocatoria_id from app.submissions s where s.id = p_submission)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_media := app.lock_for_rendition(p_submission);
  v_made.id := app.parse_uuid(app.text_of(p_file, 'id'));
  v_made.bytes := app.size_of(p_file, 'bytes');
  v_made.sha256 := app.text_of(p_file, 'sha256');
  v_made.duration_ms := app.int_of(p_file, 'duration_ms');
  v_made.width := app.int_of(p_file, 'width');
  v_made.height := app.int_of(p_file, 'height');
  perform app.check_rendition(v_media, v_made);
  perform app.write_rendition(v_media, v_made);
  return app.rendition_answer(v_media.id);
end $$;
grant execute on function public.add_rendition(uuid, jsonb) to authenticated, service_role;

-- Reports that the copy arrived: it waits to be looked at. Refuses while storage does not hold exactly the announced file.
create function public.attach_rendition(p_submission uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_media app.media_uploads;
  v_made app.renditions;
  v_file record;
begin
  if not app.is_service() and not app.has_role(app.deciders(),
    (select s.convocatoria_id from app.submissions s where s.id = p_submission)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_media := app.lock_for_rendition(p_submission);
  select * into v_made from app.renditions r where r.media_id = v_media.id for update;
  select * into v_file from app.stored_file(v_made.id);
  if v_file.bytes is distinct from v_made.bytes or v_file.mime is distinct from 'video/mp4' then
    perform app.refuse('upload_missing', 'rendition', 409);
  elsif v_made.status = 'waiting' then
    update app.renditions r set status = 'attached' where r.id = v_made.id;
    perform app.queue_media_job('check', v_media.id);
    perform app.record_event(s.id, case when app.is_service() then 'system' else 'staff' end, 'prepared', s.state, s.state,
      p_actor => auth.uid()) from app.submissions s where s.id = p_submission;
  end if;
  return app.rendition_answer(v_media.id);
end $$;
grant execute on function public.attach_rendition(uuid) to authenticated, service_role;

-- Whether a look at the stored copy proves it: the announced bytes, H.264 of at most 720 lines with AAC or without sound, its index first,
-- nothing besides picture and sound, and as long as its video.
create function app.proves_rendition(p_made app.renditions, p_claimed_ms int, p_result jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.size_of(p_result, 'bytes') = p_made.bytes and p_result ->> 'sha256' = p_made.sha256
    and p_result ->> 'mime' = 'video/mp4' and p_result -> 'tells' = '[]' and p_result ->> 'picture' = 'avc'
    and coalesce(p_result ->> 'sound', 'aac') = 'aac' and app.size_of(p_result, 'lines') between 1 and 720
    and p_result -> 'index_first' = 'true'
    and app.is_as_long(p_claimed_ms, app.size_of(p_result, 'duration_ms')), false);
end $$;

-- Applies a look at the copy of a video. A video that is published already, by its original, gets this copy in its place.
create function app.settle_rendition(p_media app.media_uploads, p_result jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_made app.renditions;
  v_state text := (select s.state from app.submissions s where s.id = p_media.submission_id);
begin
  update app.renditions r set found = p_result,
    status = case when app.proves_rendition(r, p_media.duration_ms, p_result) then 'verified' else 'unfit' end
  where r.media_id = p_media.id and r.status = 'attached' returning * into v_made;
  if not found then return; end if;
  if v_made.status = 'verified' and v_state = 'published' then perform app.queue_media_job('publish', p_media.id); end if;
end $$;

-- Videos that lack their public copy, oldest first: accepted ones, and ones that were published by their original. Of the caller's
-- campaigns; the server's program sees all.
create function app.lacking_renditions() returns setof app.media_uploads
language plpgsql stable set search_path = '' as $$
begin
  return query select m.* from app.submissions s join app.media_uploads m on m.submission_id = s.id and m.status = 'verified'
  where s.kind = 'videos' and s.state in ('accepted', 'published')
    and not exists (select from app.renditions r where r.media_id = m.id and r.status in ('attached', 'verified'))
    and (app.is_service() or app.has_role(app.deciders(), s.convocatoria_id))
  order by s.received_at, s.id limit 200;
end $$;

create function public.missing_renditions() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.is_service() and not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'folio', s.folio, 'state', s.state,
    'title', v.title, 'media_id', l.id, 'bytes', l.bytes, 'mime', l.mime, 'duration_ms', l.duration_ms,
    'picture', l.found -> 'picture', 'has_captions', not app.lacks_captions(s.id)) order by s.received_at, s.id)
    from app.lacking_renditions() l join app.submissions s on s.id = l.submission_id
    join app.videos v on v.submission_id = s.id), '[]'));
end $$;
grant execute on function public.missing_renditions() to authenticated, service_role;

-- Videos without captions in which somebody speaks, oldest first: accepted ones, which wait for them, and ones that were published before
-- captions were demanded, which stay public. Of the caller's campaigns.
create function public.missing_captions() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'folio', l.folio, 'state', l.state,
    'title', l.title) order by l.received_at, l.id)
    from (select s.*, v.title from app.submissions s join app.videos v on v.submission_id = s.id
      where s.kind = 'videos' and s.state in ('accepted', 'published') and v.captions is null and not v.voiceless
        and app.has_role(app.deciders(), s.convocatoria_id) order by s.received_at, s.id limit 200) l), '[]'));
end $$;
grant execute on function public.missing_captions() to authenticated;
