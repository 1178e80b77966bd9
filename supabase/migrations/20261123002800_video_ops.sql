-- What authors and staff do with the text of a video.

-- Writes the text and the announced file of a submission that was just received.
create function app.write_video(p_video app.videos, p_media app.media_uploads, p_expires_at timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.videos (submission_id, convocatoria_id, pillar, title, summary, transcript, sector, municipality)
  values (p_video.submission_id, p_video.convocatoria_id, p_video.pillar, p_video.title, p_video.summary,
    p_video.transcript, p_video.sector, p_video.municipality);
  insert into app.media_uploads (id, submission_id, convocatoria_id, bytes, mime, sha256, duration_ms, width, height,
    poster, expires_at, licence_until)
  values (p_media.id, p_video.submission_id, p_video.convocatoria_id, p_media.bytes, p_media.mime, p_media.sha256,
    p_media.duration_ms, p_media.width, p_media.height, p_media.poster, p_expires_at,
    (select v.licence_until from app.video_campaigns v where v.convocatoria_id = p_video.convocatoria_id))
  on conflict (id) do nothing;
  if not found then perform app.refuse('malformed_op', 'media'); end if;   -- the id belongs to another video
end $$;

-- From version 2 on `minor` says that a person under 18 made it: {assent, guardian: {name, relationship, contact}}. Version 1
-- is of phones that did not ask, when only adults could take part.
create function app.submit_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_op app.op := p_op;
  v_payload jsonb := p_op.payload;
  v_convocatoria app.convocatorias;
  v_limits app.video_campaigns;
  v_minor app.minors;
  v_late boolean;
  v_video app.videos;
  v_media app.media_uploads;
begin
  if app.is_received(p_op) then return; end if;
  v_convocatoria := app.target_convocatoria(v_payload, 'videos');
  select * into v_limits from app.video_campaigns c where c.convocatoria_id = v_convocatoria.id;
  v_late := app.check_window(v_convocatoria);
  v_video := app.check_video_text(v_payload, p_op.entity_id, v_convocatoria.id);
  v_media := app.check_media(v_payload, v_limits);
  perform app.check_name(app.text_of(v_payload, 'display_name'));
  v_minor := app.check_minor(p_op, v_limits);
  if v_minor.submission_id is not null then v_payload := app.without_whereabouts(v_payload); end if;
  v_payload := app.answers_of_age(v_payload, v_minor.submission_id is not null);
  v_op.payload := v_payload;
  v_video.sector := app.check_sector(app.text_of(v_payload, 'sector'));
  v_video.municipality := app.check_municipality(app.text_of(v_payload, 'municipality'));
  perform app.check_contact(app.text_of(v_payload, 'email'));
  perform app.check_consents(v_payload, v_convocatoria.notice_id);
  if app.receive_submission(v_op, v_convocatoria, v_late, v_video.title || ' ' || v_video.summary) is null then
    perform app.is_received(p_op);   -- another connection was first: refuses any other author
    return;
  end if;
  -- The file may arrive until 72 hours after the latest possible text, and a day more for running uploads.
  perform app.write_video(v_video, v_media, app.received_until(v_convocatoria) + interval '96 hours');
  if v_minor.submission_id is not null then perform app.receive_minor(v_minor); end if;
end $$;

-- Whether a correction only adds the transcript that its author left for later: after review began, and until the video is
-- published. One that staff wrote may be replaced.
create function app.adds_transcript(p_submission app.submissions, p_video app.videos) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_submission.state in ('in_review', 'accepted') and p_video.transcript is not null and exists (
    select from app.videos v where v.submission_id = p_submission.id and (v.transcript is null or v.transcribed)
      and (v.pillar, v.title, v.summary) = (p_video.pillar, p_video.title, p_video.summary));
end $$;

-- Applies a correction: the text changes, the file stays. Staff requested it, or review has not begun, or it adds the
-- transcript. Needs the version that the author saw.
create function app.correct_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_video app.videos;
  v_state text;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.kind <> 'videos' then perform app.refuse('not_correctable', null, 409); end if;
  v_video := app.check_video_text(p_op.payload, v_submission.id, v_submission.convocatoria_id);
  v_state := case when app.adds_transcript(v_submission, v_video) then v_submission.state
    else app.state_after_correction(v_submission) end;
  update app.videos v set pillar = v_video.pillar, title = v_video.title, summary = v_video.summary,
    transcript = v_video.transcript,
    transcribed = v.transcribed and v.transcript is not distinct from v_video.transcript where v.submission_id = v_submission.id;
  perform app.forget_minor_checks(v_submission.id);   -- they were of other words
  update app.submissions s set state = v_state, correction_until = null, version = s.version + 1
  where s.id = v_submission.id;
  perform app.write_search(v.submission_id, v.title || ' ' || v.summary, jsonb_build_object('municipality', v.municipality,
    'sector', v.sector, 'part', v.pillar))
  from app.videos v where v.submission_id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'corrected', v_submission.state, v_state);
end $$;

-- payload {transcript}. Staff write a missing transcript or correct their own. They cannot change a transcript
-- that the author wrote.
create function app.transcribe_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders());
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.state not in ('received', 'in_review', 'accepted', 'published') or not exists (select from app.videos v
    where v.submission_id = v_submission.id and (v.transcript is null or v.transcribed)) then
    perform app.refuse('transition_invalid', 'transcript', 409);
  end if;
  update app.videos v set transcript = app.check_video_field(p_op.payload, 'transcript', 5000, true), transcribed = true
  where v.submission_id = v_submission.id;
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'staff', 'transcribed', v_submission.state, v_submission.state,
    p_actor => auth.uid());
end $$;

insert into app.op_kinds (kind, actor, handler, max_version) values ('video.submit', 'citizen', 'submit_video', 2);
insert into app.op_kinds (kind, actor, handler) values
  ('video.correct', 'citizen', 'correct_video'),
  ('video.transcribe', 'staff', 'transcribe_video');
