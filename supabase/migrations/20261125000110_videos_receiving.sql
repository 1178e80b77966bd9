-- What phones say of a video: its text and its file, checked in the order of src/domain/refusals.ts.

-- A text of the payload, trimmed; null when nothing was written. Refuses <field>_required and
-- <field>_too_long: title_required, title_too_long, summary_required, summary_too_long, transcript_too_long.
create function app.check_words(p_payload jsonb, p_field text, p_max int, p_required boolean) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_text text := app.text_of(p_payload, p_field);
begin
  if app.has_control(v_text) or (p_field = 'title' and v_text ~ '[\r\n\t]') then
    perform app.refuse('body_invalid', p_field);
  elsif app.visible_length(coalesce(v_text, '')) = 0 then
    if p_required then perform app.refuse(p_field || '_required', p_field); end if;
    return null;
  elsif char_length(app.trimmed(v_text)) > p_max then
    perform app.refuse(p_field || '_too_long', p_field);
  end if;
  return app.trimmed(v_text);
end $$;

-- The text of a video, ready to be written. The ids are for who writes it.
create function app.check_video_text(p_payload jsonb, p_submission uuid, p_convocatoria uuid) returns app.videos
language plpgsql stable set search_path = '' as $$
declare
  v_video app.videos;
begin
  v_video.submission_id := p_submission;
  v_video.convocatoria_id := p_convocatoria;
  v_video.pillar := app.text_of(p_payload, 'pillar');
  if not exists (select from app.pillars p where p.convocatoria_id = p_convocatoria and p.key = v_video.pillar) then
    perform app.refuse('pillar_unknown', 'pillar');
  end if;
  v_video.title := app.check_words(p_payload, 'title', 80, true);
  v_video.summary := app.check_words(p_payload, 'summary', 300, true);
  v_video.transcript := app.check_words(p_payload, 'transcript', 5000, false);
  return v_video;
end $$;

-- A whole number above zero, however large; null for whatever else it is.
create function app.size_of(p_object jsonb, p_key text) returns bigint
language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(p_object -> p_key) = 'number' and p_object ->> p_key ~ '^[1-9]\d{0,14}$'
    then (p_object ->> p_key)::bigint end
$$;

-- The JPEG of a video's list picture, at most 64 KiB, or null.
create function app.check_poster(p_poster text) returns bytea
language plpgsql stable set search_path = '' as $$
begin
  if p_poster is null then return null; end if;
  if char_length(p_poster) > 87384 or char_length(p_poster) % 4 <> 0 or p_poster !~ '^/9j/[A-Za-z0-9+/]+={0,2}$' then
    perform app.refuse('malformed_op', 'poster');
  end if;
  if octet_length(decode(p_poster, 'base64')) > 65536 then perform app.refuse('malformed_op', 'poster'); end if;
  return decode(p_poster, 'base64');
end $$;

-- The types a phone's camera makes, as the policy of the bucket lists them too.
create function app.video_types() returns text[]
language sql immutable parallel safe as $$
  select array['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp']
$$;

-- The file as its phone announces it, ready to be written.
create function app.check_media(p_payload jsonb, p_limits app.video_campaigns) returns app.media_uploads
language plpgsql stable set search_path = '' as $$
declare
  v_claim jsonb := p_payload -> 'media';
  v_media app.media_uploads;
begin
  if jsonb_typeof(v_claim) is distinct from 'object' then perform app.refuse('malformed_op', 'media'); end if;
  v_media.id := app.parse_uuid(app.text_of(v_claim, 'id'));
  v_media.bytes := app.size_of(v_claim, 'bytes');
  v_media.mime := app.text_of(v_claim, 'mime');
  v_media.duration_ms := app.int_of(v_claim, 'duration_ms');
  v_media.width := app.int_of(v_claim, 'width');
  v_media.height := app.int_of(v_claim, 'height');
  v_media.sha256 := app.text_of(v_claim, 'sha256');
  if v_media.id::text !~ '^.{14}4.{4}[89ab]' or num_nulls(v_media.id, v_media.bytes, v_media.duration_ms) > 0
    or coalesce(v_media.width, 0) not between 1 and 16384 or coalesce(v_media.height, 0) not between 1 and 16384 then
    perform app.refuse('malformed_op', 'media');
  elsif v_media.mime is null or v_media.mime <> all (app.video_types()) then
    perform app.refuse('media_type_unsupported', 'media');
  elsif v_media.bytes > p_limits.max_bytes then
    perform app.refuse('media_too_large', 'media');
  elsif v_media.duration_ms < p_limits.min_s * 1000 then
    perform app.refuse('media_too_short', 'media');
  elsif v_media.duration_ms > p_limits.max_s * 1000 then
    perform app.refuse('media_too_long', 'media');
  elsif v_media.sha256 is null or v_media.sha256 !~ '^[0-9a-f]{64}$' then
    perform app.refuse('media_hash_invalid', 'media');
  end if;
  v_media.poster := app.check_poster(app.text_of(p_payload, 'poster'));
  return v_media;
end $$;

-- Asks a phone to come again in five minutes when too many of the last hour's videos still wait for their
-- bytes: rows are cheap to make and each promises room. No refusal: nothing is wrong with what was sent.
create function app.refuse_crowd(p_limits app.video_campaigns) returns void
language plpgsql stable set search_path = '' as $$
begin
  if (select count(*) from app.media_uploads m
    where m.status = 'awaiting_upload' and m.convocatoria_id = p_limits.convocatoria_id
      and m.announced_at > app.now() - interval '1 hour') >= p_limits.waiting_per_hour then
    raise exception using errcode = '53400', message = 'upload_busy';
  end if;
end $$;

-- Writes the text and the file of a submission that was just received.
create function app.write_video(p_video app.videos, p_media app.media_uploads, p_expires_at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.videos (submission_id, convocatoria_id, pillar, title, summary, transcript, sector, municipality)
  values (p_video.submission_id, p_video.convocatoria_id, p_video.pillar, p_video.title, p_video.summary,
    p_video.transcript, p_video.sector, p_video.municipality);
  insert into app.media_uploads (id, submission_id, convocatoria_id, bytes, mime, sha256, duration_ms, width, height,
    poster, expires_at)
  values (p_media.id, p_video.submission_id, p_video.convocatoria_id, p_media.bytes, p_media.mime, p_media.sha256,
    p_media.duration_ms, p_media.width, p_media.height, p_media.poster, p_expires_at)
  on conflict (id) do nothing;
  if not found then perform app.refuse('malformed_op', 'media'); end if;   -- the id of another video
end $$;

create function app.submit_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_payload jsonb := p_op.payload;
  v_convocatoria app.convocatorias;
  v_limits app.video_campaigns;
  v_late boolean;
  v_video app.videos;
  v_media app.media_uploads;
begin
  if app.is_received(p_op) then return; end if;
  v_convocatoria := app.target_convocatoria(v_payload, 'videos');
  select * into v_limits from app.video_campaigns c where c.convocatoria_id = v_convocatoria.id;
  v_late := app.refuse_window(v_convocatoria);
  v_video := app.check_video_text(v_payload, p_op.entity_id, v_convocatoria.id);
  v_media := app.check_media(v_payload, v_limits);
  perform app.check_name(app.text_of(v_payload, 'display_name'));
  v_video.sector := app.check_sector(app.text_of(v_payload, 'sector'));
  v_video.municipality := app.check_municipality(app.text_of(v_payload, 'municipality'));
  perform app.check_email(app.text_of(v_payload, 'email'));
  perform app.check_consents(v_payload, v_convocatoria.notice_id);
  perform app.refuse_crowd(v_limits);
  if app.receive_submission(p_op, v_convocatoria, v_late, v_video.title || ' ' || v_video.summary) is null then
    perform app.is_received(p_op);   -- somebody was first with this id: the same author, or a refusal
    return;
  end if;
  -- The bytes may come until 72 hours after the text could, and a day more for what is on its way.
  perform app.write_video(v_video, v_media, app.received_until(v_convocatoria) + interval '96 hours');
end $$;

-- The change that staff asked for: the text alone, the file stays. Needs the version its author saw.
create function app.correct_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_video app.videos;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.kind <> 'videos' or v_submission.state <> 'correction_requested'
    or app.now() >= v_submission.correction_until then
    perform app.refuse('not_correctable', null, 409);
  end if;
  v_video := app.check_video_text(p_op.payload, v_submission.id, v_submission.convocatoria_id);
  update app.videos v set pillar = v_video.pillar, title = v_video.title, summary = v_video.summary,
    transcript = v_video.transcript,
    transcribed = v.transcribed and v.transcript is not distinct from v_video.transcript where v.submission_id = v_submission.id;
  update app.submissions s set state = 'in_review', correction_until = null, version = s.version + 1,
    search_text = app.folded(concat_ws(' ', s.folio, v_video.title, v_video.summary)) where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'corrected', v_submission.state, 'in_review');
end $$;

-- payload {transcript}: staff write what is said where its author did not, or mend what staff wrote. The
-- author's own words stay the author's.
create function app.transcribe_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op);
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.state not in ('received', 'in_review', 'accepted', 'published') or not exists (select from app.videos v
    where v.submission_id = v_submission.id and (v.transcript is null or v.transcribed)) then
    perform app.refuse('transition_invalid', 'transcript', 409);
  end if;
  update app.videos v set transcript = app.check_words(p_op.payload, 'transcript', 5000, true), transcribed = true
  where v.submission_id = v_submission.id;
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'staff', 'transcribed', v_submission.state, v_submission.state,
    p_actor => auth.uid());
end $$;

insert into app.op_kinds (kind, actor, handler) values
  ('video.submit', 'citizen', 'submit_video'),
  ('video.correct', 'citizen', 'correct_video'),
  ('video.transcribe', 'staff', 'transcribe_video');
