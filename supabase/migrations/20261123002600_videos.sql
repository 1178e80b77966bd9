-- Campaign kind videos: a person sends the text of a video as an op, and its file separately as a resumable
-- upload. Review, withdrawal and answers are those of every submission.

insert into app.campaign_kinds (kind, folio_prefix, noun, content_function, headline_function,
  staff_content_function, publish_check_function, details_function, erase_function, selected,
  figures_function, alert_function, care_function)
values ('videos', 'VI', 'tu video', 'video_content', 'video_headline',
  'video_staff_content', 'check_video_publishable', 'video_details', 'erase_video_words', true, 'video_figures',
  'external_copies_alert', 'videos_in_care');

-- Its twin is src/features/videos/staff/published.ts. The notices from before `allows` named the name outside the consent.
-- A notice may do without the sector: its videos are published and show none.
insert into app.kind_permissions (kind, permission, position, consent_key, publishes, columns, named, unnamed_before, may_lack) values
  ('videos', 'image_voice', 1, 'publish', true, '{object,poster,duration_ms,bytes,mime}', null, false, false),
  ('videos', 'text', 2, 'publish', true, '{title,summary,transcript,pillar,captions,voiceless}', null, false, false),
  ('videos', 'name', 3, 'publish', false, '{name}', 'nombre', true, false),
  ('videos', 'municipality', 4, 'publish', false, '{municipality}', 'municipio', false, false),
  ('videos', 'sector', 5, 'publish', false, '{sector}', 'sector', false, true),
  ('videos', 'licence', 6, 'licence', true, '{}', null, false, false);

-- What a convocatoria of this kind has in addition to the shared columns.
create table app.video_campaigns (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  min_s int not null default 15 check (min_s > 0),
  max_s int not null default 180,
  max_bytes bigint not null default 100000000 check (max_bytes between 1 and 2147483647),
  medium text not null,            -- where videos are published, in the words of the consent
  licence_until date,              -- null only in a draft that is being looked at
  selection_on date,               -- the day on which the selected videos are announced
  rubric jsonb not null default '[]' check (jsonb_typeof(rubric) = 'array'),   -- {title, hint}: what the jury looks at
  jury_gap int not null default 25 check (jury_gap between 0 and 100),   -- where a third juror is asked (app.selections.gap)
  once_min_s int,                  -- the widest limits that were ever public, where they were wider than the present ones:
  once_max_s int,                  -- whoever filmed under those has the video on the phone (app.check_media)
  once_max_bytes bigint,
  minors boolean not null default false,         -- whether those under 18 may take part
  once_minors boolean not null default false,    -- whether they ever might, publicly
  check (min_s <= max_s)
);
alter table app.video_campaigns enable row level security;
comment on table app.video_campaigns is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

create table app.pillars (
  convocatoria_id uuid not null references app.video_campaigns on delete cascade,
  key text not null check (key ~ '^[a-z][a-z_]{0,39}$'),
  position int,                    -- null: no longer offered; videos saved on phones before may name it
  title text not null,
  hint text not null,
  primary key (convocatoria_id, key),
  unique (convocatoria_id, position) deferrable
);
alter table app.pillars enable row level security;
comment on table app.pillars is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

create trigger log_insert after insert or delete on app.video_campaigns
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.video_campaigns for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.pillars
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.pillars for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

create table app.videos (
  submission_id uuid primary key references app.submissions on delete cascade,
  convocatoria_id uuid not null,
  pillar text not null,
  title text not null check (app.visible_length(title) > 0 and char_length(title) <= 80),
  summary text not null check (app.visible_length(summary) > 0 and char_length(summary) <= 300),
  transcript text check (app.visible_length(transcript) > 0 and char_length(transcript) <= 5000),
  transcribed boolean not null default false,    -- true: staff wrote the transcript
  captions jsonb check (jsonb_typeof(captions) = 'array'),   -- [{at, to, text}], in ms; null: none were made
  captions_of text,                              -- the hash of the transcript that they were made of
  voiceless boolean not null default false,      -- true: staff say that nobody speaks in it, so it needs no words
  sector text check (sector in ('academia', 'servicio_publico', 'empresa', 'estudiante', 'sociedad_civil', 'otro')),
  municipality text,
  municipality_cve text generated always as (nullif(municipality, 'fuera')) stored references app.municipalities,
  foreign key (convocatoria_id, pillar) references app.pillars
);
create index on app.videos (convocatoria_id, pillar);
alter table app.videos enable row level security;
comment on table app.videos is
  'Personal data: the words of a video, sector, municipality. Readers: its author, staff of its campaign; everybody'
  ' what the author allowed. Kept: with the submission; the words of a video that is not published until'
  ' app.erase_videos or app.erase_withdrawn. Deleted by: app.forget_records.';

-- The file of a video, or of a voice note (app.voice_notes): what the phone announced, what arrived, and the name of its public
-- copy.
create table app.media_uploads (
  id uuid primary key,                 -- random, made on the phone: knowing it allows one upload
  submission_id uuid not null unique references app.submissions on delete cascade,
  convocatoria_id uuid not null references app.convocatorias,
  announced_at timestamptz not null default app.now(),
  status text not null default 'awaiting_upload' check (status in ('awaiting_upload', 'attached', 'verified',
    'mismatch', 'expired', 'removed')),
  bytes bigint not null check (bytes > 0),
  mime text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),   -- claimed by the phone
  duration_ms int not null,            -- claimed by the phone
  width int,                           -- of the picture; null for a voice note
  height int,
  expires_at timestamptz not null,     -- from this instant on, storage refuses its bytes
  licence_until date,                  -- the earliest end of the licence that its author was told
  version text,                        -- of the stored object; it never changes once set
  found jsonb,                         -- {bytes, sha256, mime, tells, picture, sound, duration_ms}, computed from the stored bytes
  poster bytea check (octet_length(poster) <= 65536),
  public_id uuid not null unique default gen_random_uuid(),   -- reveals nothing about the id
  public_ready boolean not null default false,
  check ((num_nulls(width, height) = 0) = (mime not like 'audio/%'))
);
create index media_uploads_held on app.media_uploads (licence_until) where status in ('attached', 'verified', 'mismatch');
create index media_uploads_waiting on app.media_uploads (expires_at) where status = 'awaiting_upload';
alter table app.media_uploads enable row level security;
comment on table app.media_uploads is
  'Personal data: hash, size and poster of a video; hash and size of a voice note. Readers: its author, staff of its campaign; everybody what the'
  ' author allowed. Kept: with the submission; its bytes until it is withdrawn, the period of one that is not selected'
  ' ends (app.erase_videos) or the licence ends (app.end_licences); those of a voice note until app.erase_voices. Deleted by: app.forget_records.';

-- The licence of a video never grows longer than its author was told.
create function app.shorten_licences() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  update app.media_uploads m set licence_until = new.licence_until
  where m.convocatoria_id = new.convocatoria_id and m.licence_until > new.licence_until;
  return null;
end $$;
create trigger shorten_licences after update on app.video_campaigns for each row
  when (new.licence_until < old.licence_until) execute function app.shorten_licences();

-- The author's row shows the state of the file.
create trigger log_piece after update on app.media_uploads
  for each row when ((old.status, old.expires_at) is distinct from (new.status, new.expires_at))
  execute function app.log_submission_piece();

-- The widest limits that were ever public of a campaign.
create function app.widest_limits(p_limits app.video_campaigns) returns app.video_campaigns
language plpgsql immutable set search_path = '' as $$
declare
  v_widest app.video_campaigns := p_limits;
begin
  v_widest.min_s := least(p_limits.min_s, p_limits.once_min_s);
  v_widest.max_s := greatest(p_limits.max_s, p_limits.once_max_s);
  v_widest.max_bytes := greatest(p_limits.max_bytes, p_limits.once_max_bytes);
  return v_widest;
end $$;

create function app.video_details(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select case when v.minors then jsonb_build_object('minors', true) else '{}' end
    || jsonb_build_object('min_s', v.min_s, 'max_s', v.max_s, 'max_bytes', v.max_bytes, 'medium', v.medium,
    'licence_until', v.licence_until,
    'once', jsonb_build_object('min_s', w.min_s, 'max_s', w.max_s, 'max_bytes', w.max_bytes),
    'pillars', coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'title', p.title, 'hint', p.hint)
      order by p.position) from app.pillars p
      where p.convocatoria_id = v.convocatoria_id and p.position is not null), '[]'))
  from app.video_campaigns v, app.widest_limits(v) w where v.convocatoria_id = p_convocatoria);
end $$;

create function app.video_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('pillar', v.pillar, 'title', v.title, 'summary', v.summary, 'transcript', v.transcript,
    'sector', v.sector, 'municipality', v.municipality, 'media', jsonb_build_object('id', m.id, 'status', m.status,
      'bytes', m.bytes, 'mime', m.mime, 'duration_ms', m.duration_ms, 'width', m.width, 'height', m.height,
      'expires_at', m.expires_at, 'tells', coalesce(nullif(m.found -> 'tells', 'null'), '[]')))
    || app.minor_standing(p_id) || case when v.voiceless then jsonb_build_object('voiceless', true) else '{}' end
  from app.videos v join app.media_uploads m on m.submission_id = v.submission_id
  where v.submission_id = p_id);
end $$;

-- Adds what reviewers need: the announced hash and the one found, the poster (to judge before spending data),
-- whether staff wrote the transcript, what the selection says of it, and the captions, with whether the transcript changed after they
-- were made.
create function app.video_staff_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select c.content || app.minor_report(p_id) || jsonb_build_object('transcribed', v.transcribed,
    'selection', app.selection_state(p_id), 'rendition', app.rendition_answer(m.id), 'captions', v.captions,
    'captions_behind', v.captions is not null and v.captions_of is distinct from md5(v.transcript), 'voiceless', v.voiceless,
    'media', c.content -> 'media' || jsonb_build_object('sha256', m.sha256,
    'found', m.found, 'poster', translate(encode(m.poster, 'base64'), E'\n', '')))
  from app.media_uploads m join app.videos v on v.submission_id = m.submission_id,
    (select app.video_content(p_id) as content) c
  where m.submission_id = p_id);
end $$;

-- Erases what an author wrote and how they described themselves. The words that replace it are shown by older phones too.
create function app.erase_video_words(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.videos v set title = 'Video borrado', summary = app.erased_words(), transcript = null, captions = null,
    captions_of = null, voiceless = false, sector = null, municipality = null where v.submission_id = p_id;
  update app.media_uploads m set poster = null where m.submission_id = p_id;
  perform app.erase_jury_words(p_id);
  delete from app.recognitions r where r.submission_id = p_id;
end $$;

-- How many came from each place, as app.propuesta_figures says it, and the bytes of files: `held` of those in the private
-- bucket, `copies` of the public ones, `week` of what arrived in the last seven days.
create function app.video_figures(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('places', (select coalesce(jsonb_object_agg(g.place, g.count), '{}')
      from (select coalesce(v.municipality, '') as place, count(*)
        from app.submissions s join app.videos v on v.submission_id = s.id
        where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.state <> 'withdrawn' group by 1) g))
    || (select jsonb_build_object('bytes', jsonb_build_object(
        'held', coalesce(sum(m.bytes) filter (where m.status in ('attached', 'verified', 'mismatch')), 0),
        'copies', coalesce(sum(m.bytes) filter (where m.public_ready), 0),
        'week', coalesce(sum(m.bytes) filter (where m.status in ('attached', 'verified', 'mismatch')
          and m.announced_at > app.now() - interval '7 days'), 0)))
      from app.media_uploads m where m.convocatoria_id = p_convocatoria);
end $$;

create function app.video_headline(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('part_label', p.title, 'excerpt', v.title,
    'municipality', app.place_name(v.municipality))
  from app.videos v join app.pillars p on (p.convocatoria_id, p.key) = (v.convocatoria_id, v.pillar)
  where v.submission_id = p_id);
end $$;

-- Whether a video has no captions although somebody speaks in it.
create function app.lacks_captions(p_id uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.videos v where v.submission_id = p_id and v.captions is null and not v.voiceless);
end $$;

-- Refuses to publish a file that was not verified, a minor's video that two members have not confirmed, a spoken video that nobody
-- can follow without sound, one that the jury of its campaign has not selected, one that lacks captions, and one without its verified
-- copy.
create function app.check_video_publishable(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from app.media_uploads m where m.submission_id = p_id and m.status = 'verified') then
    perform app.refuse('media_not_verified', 'decision', 409);
  end if;
  if exists (select from app.videos v where v.submission_id = p_id and v.transcript is null and not v.voiceless) then
    perform app.refuse('transcript_missing', 'decision', 409);
  end if;
  if app.selection_state(p_id) = 'open' then perform app.refuse('selection_open', 'decision', 409); end if;
  if app.selection_state(p_id) = 'left_out' then perform app.refuse('not_in_selection', 'decision', 409); end if;
  perform app.check_minor_publishable(p_id);
  if app.lacks_captions(p_id) then perform app.refuse('captions_missing', 'decision', 409); end if;
  if not exists (select from app.media_uploads m join app.renditions r on r.media_id = m.id and r.status = 'verified'
    where m.submission_id = p_id) then
    perform app.refuse('media_not_verified', 'rendition', 409);
  end if;
  return null;
end $$;
