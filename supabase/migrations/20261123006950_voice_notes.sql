-- A propuesta that its author spoke (docs/decisions/0100). The sound takes the way of every file (app.media_uploads). Staff write
-- down what it says; only then can the propuesta be accepted. The sound goes some days later, unless its author allowed to
-- publish it.

create table app.voice_notes (
  submission_id uuid primary key references app.submissions on delete cascade,
  written_at timestamptz            -- when staff wrote down what it says, or its author wrote a text; null: nobody did yet
);
create index on app.voice_notes (written_at);
alter table app.voice_notes enable row level security;
comment on table app.voice_notes is
  'Personal data: that an author spoke instead of writing. Readers: its author, staff of its campaign. Kept: with the submission;'
  ' its sound until app.erase_voices. Deleted by: app.forget_records.';

-- A notice may do without it: its campaign then takes no voice notes. Its twin is src/features/propuestas/staff/published.ts.
insert into app.kind_permissions (kind, permission, position, consent_key, fixed_key, may_lack, publishes, columns, named) values
  ('propuestas', 'voice', 6, 'voice', true, true, false, '{voice}', 'mi voz');

-- The body of a propuesta that nobody has written down yet. Phones and staff's lists of every version show it.
create function app.unheard_words() returns text
language plpgsql immutable set search_path = '' as $$
begin
  return 'Nota de voz: todavía falta escribir lo que dice.';
end $$;

-- Whether its author allows to publish the sound.
create function app.keeps_voice(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return 'voice' = any (app.allowed_by_author(p_submission));
end $$;

-- What a note may be. Refuses any other.
create function app.check_voice_limits(p_media app.media_uploads) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_media.id::text !~ '^.{14}4.{4}[89ab]' or num_nulls(p_media.id, p_media.bytes, p_media.duration_ms) > 0 then
    perform app.refuse('malformed_op', 'media');
  elsif p_media.mime is null or p_media.mime <> all (app.voice_types()) then
    perform app.refuse('media_type_unsupported', 'media');
  elsif p_media.bytes > 4194304 then
    perform app.refuse('media_too_large', 'media');
  elsif p_media.bytes < 1 or p_media.duration_ms < 1000 then
    perform app.refuse('media_too_short', 'media');
  elsif p_media.duration_ms > app.voice_ms() then
    perform app.refuse('media_too_long', 'media');
  elsif p_media.sha256 is null or p_media.sha256 !~ '^[0-9a-f]{64}$' then
    perform app.refuse('media_hash_invalid', 'media');
  end if;
end $$;

-- The voice note that a payload of propuesta.submit announces, {id, bytes, mime, sha256, duration_ms}.
create function app.announced_voice(p_payload jsonb) returns app.media_uploads
language plpgsql stable set search_path = '' as $$
declare
  v_claim jsonb := p_payload -> 'media';
  v_media app.media_uploads;
begin
  v_media.id := app.parse_uuid(app.text_of(v_claim, 'id'));
  v_media.bytes := app.size_of(v_claim, 'bytes');
  v_media.mime := app.text_of(v_claim, 'mime');
  v_media.duration_ms := app.int_of(v_claim, 'duration_ms');
  v_media.sha256 := app.text_of(v_claim, 'sha256');
  return v_media;
end $$;

-- Whether a voice note stands for the text. A payload has one of the two. Refuses a note that is not as it may be, that comes from
-- elsewhere than its author's own phone, or under a notice that does not ask for the voice.
create function app.check_voice(p_payload jsonb, p_channel text, p_notice uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(p_payload -> 'media'), 'null') = 'null' then return false; end if;
  if jsonb_typeof(p_payload -> 'media') <> 'object' or p_channel <> 'app'
    or coalesce(jsonb_typeof(p_payload -> 'body'), 'null') <> 'null'
    or not exists (select from app.notices n where n.id = p_notice and n.consents @> '[{"key": "voice"}]') then
    perform app.refuse('malformed_op', 'media');
  end if;
  perform app.check_voice_limits(app.announced_voice(p_payload));
  return true;
end $$;

-- Announces the sound of a propuesta that was just received. It may arrive as late as the file of a video.
create function app.write_voice(p_submission uuid, p_convocatoria app.convocatorias, p_payload jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_media app.media_uploads := app.announced_voice(p_payload);
begin
  insert into app.voice_notes (submission_id) values (p_submission);
  insert into app.media_uploads (id, submission_id, convocatoria_id, bytes, mime, sha256, duration_ms, expires_at)
  values (v_media.id, p_submission, p_convocatoria.id, v_media.bytes, v_media.mime, v_media.sha256, v_media.duration_ms,
    app.received_until(p_convocatoria) + interval '96 hours')
  on conflict (id) do nothing;
  if not found then perform app.refuse('malformed_op', 'media'); end if;   -- the id belongs to another file
end $$;

insert into app.op_kinds (kind, actor, handler) values ('propuesta.attach', 'citizen', 'attach_video');

-- What the author and staff see of the sound beside the text: {media, voice: {written, kept}}; {} without one.
create function app.voice_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object(
      'voice', jsonb_build_object('written', v.written_at is not null, 'kept', app.keeps_voice(p_id)),
      'media', jsonb_build_object('id', m.id, 'status', m.status, 'bytes', m.bytes, 'mime', m.mime,
        'duration_ms', m.duration_ms, 'expires_at', m.expires_at, 'tells', coalesce(nullif(m.found -> 'tells', 'null'), '[]')))
    from app.voice_notes v join app.media_uploads m on m.submission_id = v.submission_id where v.submission_id = p_id), '{}');
end $$;

-- What everybody may hear of a published propuesta, or null. `object` is a name in the public bucket.
create function app.public_voice(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('object', app.public_object(m), 'bytes', m.bytes, 'mime', m.mime, 'duration_ms', m.duration_ms)
    from app.media_uploads m where m.submission_id = p_id and m.public_ready);
end $$;

-- Notes that what an author spoke is written now, when a text takes the place of the words that stood for it.
create function app.note_written(p_submission uuid, p_body text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.voice_notes v set written_at = app.now()
  where v.submission_id = p_submission and v.written_at is null and p_body <> app.unheard_words();
end $$;

-- payload {transcript}. Staff write down what a note says, or correct what they wrote, while its sound is here and before they
-- decide. Needs the version that they saw.
create function app.transcribe_propuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_for_decision(p_op, app.deciders());
  v_body text;
begin
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  if v_submission.state not in ('received', 'in_review') or not exists (select from app.voice_notes v
    join app.media_uploads m on m.submission_id = v.submission_id and m.status = 'verified'
    where v.submission_id = v_submission.id) then
    perform app.refuse('transition_invalid', 'transcript', 409);
  end if;
  v_body := app.check_body(app.text_of(p_op.payload, 'transcript'));
  update app.propuestas p set body = v_body where p.submission_id = v_submission.id;
  perform app.note_written(v_submission.id, v_body);
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.write_propuesta_search(v_submission.id);
  perform app.record_event(v_submission.id, 'staff', 'transcribed', v_submission.state, v_submission.state,
    p_actor => auth.uid());
end $$;

insert into app.op_kinds (kind, actor, handler) values ('propuesta.transcribe', 'staff', 'transcribe_propuesta');

-- Nothing is analysed, and so published, that nobody has written down.
create function app.require_written() returns trigger
language plpgsql stable set search_path = '' as $$
begin
  if exists (select from app.voice_notes v where v.submission_id = new.id and v.written_at is null) then
    perform app.refuse('transcript_missing', 'decision', 409);
  end if;
  return new;
end $$;
create trigger require_written before update of state on app.submissions for each row
  when (new.kind = 'propuestas' and new.state = 'accepted' and old.state <> 'accepted')
  execute function app.require_written();

-- Queues the jobs of a decision, as app.follow_video does. Only the sound whose author allowed it gets a public copy.
create function app.follow_voice() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_media app.media_uploads;
begin
  select m.* into v_media from app.media_uploads m where m.submission_id = new.id;
  if not found then
    return null;
  elsif new.state = 'published' then
    if v_media.status = 'verified' and app.keeps_voice(new.id) then perform app.queue_media_job('publish', v_media.id); end if;
  elsif old.state = 'published' then
    update app.media_uploads m set public_ready = false where m.id = v_media.id;
    perform app.queue_media_job('unpublish', v_media.id);
  else
    perform app.queue_media_job('erase', v_media.id);
  end if;
  return null;
end $$;
create trigger follow_voice after update on app.submissions for each row
  when (new.kind = 'propuestas' and (old.state is distinct from new.state and 'published' in (old.state, new.state)
    or new.state = 'withdrawn' and old.withdrawn_from is not null and new.withdrawn_from is null))
  execute function app.follow_voice();

-- The submissions whose sound is over: written down three days ago, and not to be published; rejected 30 days ago, which is longer
-- than another review may be asked for; and with the records of its campaign.
create function app.due_voices() returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select s.id from app.voice_notes v join app.submissions s on s.id = v.submission_id
      join app.media_uploads m on m.submission_id = s.id join app.convocatorias c on c.id = s.convocatoria_id
    where m.status in ('attached', 'verified', 'mismatch')
      and (v.written_at <= app.now() - interval '3 days' and not app.keeps_voice(s.id)
        or s.state = 'rejected' and s.answered_at <= app.now() - interval '30 days'
        or app.end_of_campaign(c) <= app.now() - make_interval(years => app.kept_for(c, 'keep_records_years')))
    order by v.written_at limit 500);
end $$;

create function app.erase_voices() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.due_voices();
begin
  update app.media_uploads m set public_ready = false where m.submission_id = any (v_ids) and m.public_ready;
  perform app.queue_erasures(v_ids);
  return cardinality(v_ids);
end $$;
insert into app.due_jobs (position, name, handler) values (79, 'voices_erased', 'erase_voices');
