-- A file that the server holds is replaced by its author: the new file takes its place under the same folio and
-- consents, and the bytes of the old one are deleted by a job.

-- Whether this name belonged to a file of the submission that was replaced.
create function app.was_replaced(p_submission uuid, p_media text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.media_jobs j join app.media_uploads m on m.id = j.media_id
    where m.submission_id = p_submission and j.replaced = app.parse_uuid(p_media));
end $$;

-- Puts the announced file in the place of the held one. The new one has as long to arrive as a first file has after the
-- last moment for its text.
create function app.exchange_media(p_held app.media_uploads, p_media app.media_uploads) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from app.media_uploads m where m.id = p_media.id)
    or exists (select from app.media_jobs j where j.replaced = p_media.id) then
    perform app.refuse('malformed_op', 'media');   -- the id belongs to another file
  end if;
  insert into app.media_jobs (kind, media_id, replaced) values ('erase', p_held.id, p_held.id);
  update app.media_uploads m set id = p_media.id, status = 'awaiting_upload', announced_at = app.now(),
    bytes = p_media.bytes, mime = p_media.mime, sha256 = p_media.sha256, duration_ms = p_media.duration_ms,
    width = p_media.width, height = p_media.height, poster = p_media.poster, version = null, found = null,
    expires_at = greatest(p_held.expires_at, app.now() + interval '96 hours')
  where m.id = p_held.id;
end $$;

-- payload {media, poster}, as in `video.submit`. The author sends another file for one that the server holds, while staff
-- have not answered; the campaign may have closed. Needs the version that the author saw.
create function app.replace_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_held app.media_uploads;
  v_limits app.video_campaigns;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  select * into v_held from app.media_uploads m where m.submission_id = v_submission.id for update;
  if not found or v_held.status <> 'mismatch'
    or v_submission.state not in ('received', 'in_review', 'correction_requested', 'accepted') then
    perform app.refuse('file_not_replaceable', null, 409);
  end if;
  select * into v_limits from app.video_campaigns c where c.convocatoria_id = v_submission.convocatoria_id;
  perform app.forget_minor_checks(v_submission.id);   -- they were of another film
  perform app.exchange_media(v_held, app.check_media(p_op.payload, v_limits));
  update app.videos v set voiceless = false where v.submission_id = v_submission.id;   -- staff heard the former file
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'file_replaced', v_submission.state, v_submission.state);
end $$;

insert into app.op_kinds (kind, actor, handler) values ('video.replace', 'citizen', 'replace_video');
