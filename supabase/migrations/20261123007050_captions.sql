-- Captions of a video: lines with their times, cut from the transcript by the pauses of the sound and corrected beside the player
-- (docs/decisions/0104). Their file in the public bucket is written with the public copy.

-- The captions of a payload, in their order, ready to keep; null for none. Each is shown for a tenth of a second at least, ends
-- before the next one begins and within the video, and has visible words on three lines at most.
create function app.check_cues(p_cues jsonb, p_duration_ms int) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_cue jsonb;
  v_text text;
  v_at int;
  v_to int;
  v_free int := 0;
  v_kept jsonb := '[]';
begin
  if jsonb_typeof(p_cues) is distinct from 'array' or jsonb_array_length(p_cues) > 600 then
    perform app.refuse('malformed_op', 'captions');
  end if;
  for v_cue in select e.value from jsonb_array_elements(p_cues) with ordinality e order by e.ordinality loop
    v_at := app.int_of(v_cue, 'at');
    v_to := app.int_of(v_cue, 'to');
    v_text := app.visible_text(app.text_of(v_cue, 'text'));
    if num_nulls(v_at, v_to, v_text) > 0 or v_at < v_free or v_to - v_at < 100 or v_to > p_duration_ms + 2000
      or char_length(v_text) > 200 or v_text ~ '\n.*\n.*\n' then
      perform app.refuse('malformed_op', 'captions');
    end if;
    v_kept := v_kept || jsonb_build_object('at', v_at, 'to', v_to, 'text', v_text);
    v_free := v_to;
  end loop;
  return nullif(v_kept, '[]');
end $$;

-- payload {cues}. Staff make captions of a transcript, whoever wrote it, or correct them. An empty list takes them away. Needs the
-- version that they saw. Of a published video the public file is written anew.
create function app.caption_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders());
  v_media app.media_uploads;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.state not in ('received', 'in_review', 'accepted', 'published') or not exists (select from app.videos v
    where v.submission_id = v_submission.id and v.transcript is not null) then
    perform app.refuse('transition_invalid', 'captions', 409);
  end if;
  select * into v_media from app.media_uploads m where m.submission_id = v_submission.id;
  update app.videos v set captions = app.check_cues(p_op.payload -> 'cues', v_media.duration_ms), captions_of = md5(v.transcript)
  where v.submission_id = v_submission.id;
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'staff', 'captioned', v_submission.state, v_submission.state,
    p_actor => auth.uid());
  if v_submission.state = 'published' then perform app.queue_media_job('publish', v_media.id); end if;
end $$;

insert into app.op_kinds (kind, actor, handler) values ('video.caption', 'staff', 'caption_video');
