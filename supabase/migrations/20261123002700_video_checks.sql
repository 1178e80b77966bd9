-- What a phone may say of a video and its file, checked in the order of src/domain/refusals.ts.

-- A text of the payload, trimmed, a title on one line; null when it is empty. Refuses with <field>_required or <field>_too_long:
-- title_required, title_too_long, summary_required, summary_too_long, transcript_too_long.
create function app.check_video_field(p_payload jsonb, p_field text, p_max int, p_required boolean) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_text text := app.text_of(p_payload, p_field);
begin
  if p_field = 'title' then v_text := app.tidied(v_text); end if;
  if app.visible_length(coalesce(v_text, '')) = 0 then
    if p_required then perform app.refuse(p_field || '_required', p_field); end if;
    return null;
  elsif char_length(app.trimmed(v_text)) > p_max then
    perform app.refuse(p_field || '_too_long', p_field);
  end if;
  return app.trimmed(v_text);
end $$;

-- The text of a video, ready to insert under the given ids.
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
  v_video.title := app.check_video_field(p_payload, 'title', 80, true);
  v_video.summary := app.check_video_field(p_payload, 'summary', 300, true);
  v_video.transcript := app.check_video_field(p_payload, 'transcript', 5000, false);
  return v_video;
end $$;

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

-- The types that phone cameras make. The policy of the intake bucket lists the same ones.
create function app.video_types() returns text[]
language sql immutable parallel safe as $$
  select array['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp']
$$;

-- The types that phones record sound in: Opus in WebM, AAC in MP4.
create function app.voice_types() returns text[]
language sql immutable parallel safe as $$ select array['audio/webm', 'audio/mp4'] $$;

-- The file as its phone announces it, ready to insert. A file within limits that were public once is received: its phone
-- may have held it since then.
create function app.check_media(p_payload jsonb, p_limits app.video_campaigns) returns app.media_uploads
language plpgsql stable set search_path = '' as $$
declare
  v_claim jsonb := p_payload -> 'media';
  v_widest app.video_campaigns := app.widest_limits(p_limits);
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
  elsif v_media.bytes > v_widest.max_bytes then
    perform app.refuse('media_too_large', 'media');
  elsif v_media.duration_ms < v_widest.min_s * 1000 then
    perform app.refuse('media_too_short', 'media');
  elsif v_media.duration_ms > v_widest.max_s * 1000 then
    perform app.refuse('media_too_long', 'media');
  elsif v_media.sha256 is null or v_media.sha256 !~ '^[0-9a-f]{64}$' then
    perform app.refuse('media_hash_invalid', 'media');
  end if;
  v_media.poster := app.check_poster(app.text_of(p_payload, 'poster'));
  return v_media;
end $$;
