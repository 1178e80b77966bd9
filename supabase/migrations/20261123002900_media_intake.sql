-- How the file of a video or of a voice note arrives: anon uploads it once, resumably, into a private bucket, under an id that
-- only its phone knows. A policy on the name alone would allow an approved video to be replaced, so the policy
-- also checks size, type and operation, and a trigger guards the last step (docs/backend.md names the three
-- holes). Nothing alters the tables of
-- storage: a hosted project does not own them.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('videos-intake', 'videos-intake', false, 314572800, app.video_types() || app.voice_types()),
  ('videos-public', 'videos-public', true, 314572800, app.video_types() || app.voice_types() || array['image/jpeg', 'text/vtt'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- Whether the uploader leaves it to us how long caches keep the file: a copy that is taken back must not live on in them for a
-- year. The storage API writes what the app asks for, an hour, and `no-cache` for who asks for nothing.
create function app.is_our_caching(p_metadata jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(p_metadata ->> 'cacheControl', 'no-cache') in ('no-cache', '3600', 'max-age=3600');
end $$;

-- Whether an object of this name may arrive now: its video waits for a file of exactly this size. The policy
-- asks it as anon; a caller who does not know the id learns nothing.
create function app.can_upload(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.media_uploads m join app.submissions s on s.id = m.submission_id
    where m.id = app.parse_uuid(p_name) and m.id::text = p_name
      and m.status = 'awaiting_upload' and app.now() < m.expires_at and s.state not in ('withdrawn', 'expired')
      and p_metadata ->> 'contentLength' = m.bytes::text and app.is_our_caching(p_metadata));
end $$;
grant execute on function app.can_upload(text, jsonb) to anon;

create policy "videos-intake: a video that waits for it takes its file" on storage.objects for insert to anon
  with check (bucket_id = 'videos-intake'
    and metadata ->> 'mimetype' = any (array['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp', 'audio/webm', 'audio/mp4'])
    and app.can_upload(name, metadata)
    and storage.allow_any_operation(array['storage.tus.upload.create', 'storage.tus.upload.part']));

-- Whether the caller may watch this file before it is published: readers of its submission may, and who judges it.
create function app.can_watch(p_name text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.media_uploads m join app.submissions s on s.id = m.submission_id
    where m.id = app.parse_uuid(p_name) and (app.has_role(app.readers(), s.convocatoria_id) or app.judges(s.id)));
end $$;

-- Stops uploads that nobody announced, late and second ones, and any replacement of a file that arrived. The last step
-- of an upload runs as the service and passes no policy, so only a trigger can stop it. Arguments: the bucket, and
-- app.<name>(object name text, metadata jsonb) returns boolean, whether the object is expected.
create function app.guard_intake() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_expected boolean;
begin
  if tg_op = 'UPDATE' then
    if tg_argv[0] in (old.bucket_id, new.bucket_id)
      and (old.bucket_id, old.name, old.version) is distinct from (new.bucket_id, new.name, new.version) then
      raise exception 'object is final' using errcode = '42501';
    end if;
  elsif new.bucket_id = tg_argv[0] then
    execute format('select app.%I($1, $2)', tg_argv[1]) into v_expected using new.name, new.metadata;
    if not coalesce(v_expected, false) then raise exception 'upload closed' using errcode = '42501'; end if;
  end if;
  -- What an uploader says of an object may name a place or a device. It is never kept.
  if new.bucket_id = tg_argv[0] then new.user_metadata := null; end if;
  return new;
end $$;
create trigger guard_intake before insert or update on storage.objects
  for each row execute function app.guard_intake('videos-intake', 'expects_video_file');

-- What storage holds of a video, or no row.
create function app.stored_file(p_media uuid) returns table (version text, bytes bigint, mime text, created_at timestamptz)
language sql stable set search_path = '' as $$
  select o.version, app.size_of(o.metadata, 'size'), o.metadata ->> 'mimetype', o.created_at
  from storage.objects o where o.bucket_id = 'videos-intake' and o.name = p_media::text
$$;

-- Records that the file is complete: the upload closes, and its bytes wait to be verified.
create function app.mark_attached(p_media uuid, p_version text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.media_uploads m set status = 'attached', version = p_version where m.id = p_media;
  perform app.queue_media_job('verify', p_media);
end $$;

-- payload {media_id}: the phone reports the end of its upload. A repeated report, and a late one of a file that was
-- replaced since, change nothing.
create function app.attach_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_media app.media_uploads;
  v_file record;
begin
  select * into v_media from app.media_uploads m
  where m.id = app.parse_uuid(app.text_of(p_op.payload, 'media_id')) and m.submission_id = v_submission.id for update;
  if not found then
    if app.was_replaced(v_submission.id, app.text_of(p_op.payload, 'media_id')) then return; end if;
    perform app.refuse('upload_missing', 'media_id', 404);
  end if;
  if v_media.status in ('attached', 'verified', 'mismatch') then return; end if;
  select * into v_file from app.stored_file(v_media.id);
  if not found or v_media.status = 'removed' then
    perform app.refuse('upload_missing', 'media_id', 409);
  elsif v_file.bytes is distinct from v_media.bytes or v_file.mime is distinct from v_media.mime then
    perform app.refuse('upload_mismatch', 'media_id', 409);
  end if;
  perform app.mark_attached(v_media.id, v_file.version);
end $$;

insert into app.op_kinds (kind, actor, handler) values ('video.attach', 'citizen', 'attach_video');

-- Expires uploads whose time is over; the submission stays and its author's row shows it. Attaches a file that
-- arrived an hour ago without a report: its phone may be lost.
create function app.settle_uploads() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_media app.media_uploads;
  v_file record;
  v_count int := 0;
begin
  for v_media in select m.* from app.media_uploads m
    where m.status = 'awaiting_upload' and (m.expires_at <= app.now() or exists (
      select from app.stored_file(m.id) f where f.created_at <= app.now() - interval '1 hour'))
    order by m.expires_at limit 500 for update of m skip locked loop
    select * into v_file from app.stored_file(v_media.id);
    if v_file.bytes = v_media.bytes and v_file.mime = v_media.mime then
      perform app.mark_attached(v_media.id, v_file.version);
    elsif v_media.expires_at <= app.now() then
      update app.media_uploads m set status = 'expired' where m.id = v_media.id;
    else
      continue;
    end if;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (15, 'uploads_settled', 'settle_uploads');
