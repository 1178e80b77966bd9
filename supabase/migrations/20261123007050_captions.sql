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

-- Writes captions and says who made them; of a published video the public file is written anew. One in which nobody speaks has none,
-- and a published one loses them only so.
create function app.write_captions(p_submission app.submissions, p_cues jsonb, p_voiceless boolean, p_by text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_media app.media_uploads;
  v_cues jsonb;
begin
  select * into v_media from app.media_uploads m where m.submission_id = p_submission.id;
  v_cues := app.check_cues(p_cues, v_media.duration_ms);
  if p_voiceless and v_cues is not null then perform app.refuse('malformed_op', 'voiceless'); end if;
  if p_submission.state = 'published' and v_cues is null and not p_voiceless then
    perform app.refuse('captions_missing', 'captions', 409);
  end if;
  update app.videos v set captions = v_cues, captions_of = md5(v.transcript), voiceless = p_voiceless
  where v.submission_id = p_submission.id;
  update app.submissions s set version = s.version + 1 where s.id = p_submission.id;
  perform app.record_event(p_submission.id, p_by, case when p_voiceless then 'voiceless' else 'captioned' end, p_submission.state,
    p_submission.state, p_actor => case p_by when 'staff' then auth.uid() end);
  if p_submission.state = 'published' then perform app.queue_media_job('publish', v_media.id); end if;
end $$;

-- payload {cues, voiceless?}. Staff make captions of a transcript, whoever wrote it, or correct them; or they say that nobody speaks in
-- the video, which then needs no transcript either. An empty list takes captions away. Needs the version that they saw.
create function app.caption_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders());
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.state not in ('received', 'in_review', 'accepted', 'published') or not exists (select from app.videos v
    where v.submission_id = v_submission.id and (v.transcript is not null or p_op.payload -> 'cues' = '[]')) then
    perform app.refuse('transition_invalid', 'captions', 409);
  end if;
  perform app.write_captions(v_submission, p_op.payload -> 'cues', coalesce(p_op.payload -> 'voiceless' = 'true', false), 'staff');
end $$;

insert into app.op_kinds (kind, actor, handler) values ('video.caption', 'staff', 'caption_video');

-- Whether its author may write captions now: of what was transcribed, and until the video is published. Whoever publishes it decides
-- on the version that they saw, so nothing shows that staff did not read.
create function app.takes_own_captions(p_submission app.submissions) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_submission.state in ('received', 'in_review', 'correction_requested', 'accepted')
    and exists (select from app.videos v where v.submission_id = p_submission.id and v.transcript is not null);
end $$;

-- What the author of a video sees of its captions.
create function app.own_captions_answer(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('version', s.version, 'open', app.takes_own_captions(s), 'transcript', v.transcript,
    'cues', coalesce(v.captions, '[]'), 'behind', v.captions is not null and v.captions_of is distinct from md5(v.transcript),
    'voiceless', v.voiceless, 'media_id', m.id, 'bytes', m.bytes, 'duration_ms', m.duration_ms,
    'stored', m.status in ('attached', 'verified', 'mismatch'))
  from app.submissions s join app.videos v on v.submission_id = s.id join app.media_uploads m on m.submission_id = s.id
  where s.id = p_id);
end $$;

-- The captions of one's own video, before they are public too.
create function public.own_captions(p_folio text, p_secret text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.own_captions_answer(app.own_submission(p_folio, p_secret, 'videos'));
end $$;
grant execute on function public.own_captions(text, text) to anon, authenticated;

-- The author makes or corrects the captions of their video, over the version that they saw. Staff read them before it is published.
create function public.caption_own_video(p_folio text, p_secret text, p_version int, p_cues jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid;
  v_submission app.submissions;
begin
  perform app.refuse_huge_numbers(p_cues);
  v_id := app.own_submission(p_folio, p_secret, 'videos');
  if p_version is null then perform app.refuse('malformed_op', 'version'); end if;
  v_submission := app.lock_submission(v_id, p_version);
  if not app.takes_own_captions(v_submission) then perform app.refuse('not_correctable', 'captions', 409); end if;
  perform app.write_captions(v_submission, app.canon_json(p_cues), (select v.voiceless from app.videos v where v.submission_id = v_id)
    and p_cues = '[]', 'author');
  return app.own_captions_answer(v_id);
end $$;
grant execute on function public.caption_own_video(text, text, int, jsonb) to anon, authenticated;

-- The file of one's own video, and for how many seconds its address may live (the function open-file signs it). Nothing of a video that
-- was withdrawn or whose licence ended.
create function public.open_own_video(p_folio text, p_secret text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'videos');
  v_name text := (select m.id from app.media_uploads m join app.submissions s on s.id = m.submission_id
    where s.id = v_id and m.status in ('attached', 'verified', 'mismatch') and s.state not in ('withdrawn', 'expired'));
begin
  if v_name is null then perform app.refuse('upload_missing', null, 404); end if;
  return jsonb_build_object('bucket', 'videos-intake', 'name', v_name, 'seconds', 300);
end $$;
grant execute on function public.open_own_video(text, text) to anon, authenticated;
