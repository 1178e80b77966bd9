-- Convocatorias and what people read before they take part: calendar, strategy and insumos.

-- What a draft says stands in app.campaign_sections until it is published, so a draft's columns may be null.
create table app.convocatorias (
  id uuid primary key default gen_random_uuid(),
  slug text unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 80),
  kind text not null references app.campaign_kinds,
  title text,
  summary text,
  label text,                              -- «Demostración: …», «Recreación …»
  question text,
  who_decides text,
  what_happens_next text,
  source text,
  opens_at timestamptz,
  closes_at timestamptz,                   -- the first instant that is late
  grace interval not null default app.default_grace() check (grace >= '0'),
  inputs_on date,
  results_on date,
  answer_by date,                          -- every propuesta has a reasoned answer by this day
  notice_id uuid references app.notices,
  published boolean not null default false,  -- citizens see published convocatorias only
  publish_at timestamptz,                  -- of a draft: the hour at which it is published by itself
  paused_at timestamptz,                   -- reception is paused from here
  paused_until timestamptz check (paused_at < paused_until),   -- where it resumes by itself; null: until staff resume it
  pause_reason text,
  retired_at timestamptz,                  -- off the public list; its page, folios and results stay
  retire_reason text,
  version int not null default 1,            -- grows with each publication of changes
  keeps jsonb,                             -- of each period the shortest that a published notice of it ever had
  created_at timestamptz not null default app.now(),
  check (opens_at < closes_at),
  check ((paused_at is null) = (pause_reason is null) and (paused_at is null) <= (paused_until is null)),
  check ((retired_at is null) = (retire_reason is null)),
  constraint published_is_complete check (not published or num_nulls(slug, title, summary, question, who_decides,
    what_happens_next, opens_at, closes_at, answer_by, notice_id) = 0)
);
alter table app.convocatorias enable row level security;
comment on table app.convocatorias is
  'Personal data: none. Readers: everybody, once published; before, its staff. Kept: a draft until it is deleted; a'
  ' published one for the life of the project. Deleted by: public.delete_convocatoria.';

-- A promise to people who answered one notice outlives a later notice that promises less.
create function app.keep_promised_periods() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.keeps := app.shorter_periods(new.keeps, (select n.keeps from app.notices n where n.id = new.notice_id));
  return new;
end $$;
create trigger keep_promised_periods before insert or update of published, notice_id on app.convocatorias
  for each row when (new.published) execute function app.keep_promised_periods();

-- The calendar people see. A null day reads «por confirmar».
create table app.milestones (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int not null,
  on_day date,
  until_day date,
  title text not null,
  note text,
  unique (convocatoria_id, position) deferrable,
  check (until_day is null or on_day <= until_day)
);
alter table app.milestones enable row level security;
comment on table app.milestones is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

create table app.topics (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int,                    -- null: left out of the strategy, while its parts are retired
  title text not null,
  unique (convocatoria_id, position) deferrable,
  unique (convocatoria_id, id)
);
alter table app.topics enable row level security;
comment on table app.topics is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- A numbered part of the strategy, on which a propuesta can comment. A part that a newer version of the strategy
-- leaves out is retired: propuestas written before still point at it.
create table app.parts (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null,
  topic_id uuid not null,
  position int,                    -- null: retired
  kind text not null check (kind in ('action', 'paragraph')),
  number text not null,
  title text not null,
  body text not null,
  answered_by text,                -- the area that answers what people say about an action
  foreign key (convocatoria_id, topic_id) references app.topics (convocatoria_id, id) on delete cascade,
  unique (convocatoria_id, position) deferrable,
  unique (convocatoria_id, number) deferrable
);
create index on app.parts (topic_id);
alter table app.parts enable row level security;
comment on table app.parts is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign; what a proposal points at stays. Deleted'
  ' by: public.delete_convocatoria.';

-- What to read before taking part: plain text, with an empty line between paragraphs. With a file, `body` is the text
-- for whoever does not open it: a summary, a description or a transcript.
create table app.insumos (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int not null,
  title text not null,
  summary text not null,
  body text not null,
  source text,
  kind text not null default 'page' check (kind in ('page', 'pdf', 'image', 'audio', 'figures')),
  file_id uuid references app.insumo_files,
  licence text,
  licence_name text,               -- in words, where the list lacks it
  unique (convocatoria_id, position) deferrable,
  check ((kind = 'page') = (file_id is null))
);
create index on app.insumos (file_id);
alter table app.insumos enable row level security;
comment on table app.insumos is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- Closing plus grace: the first instant at which nothing is accepted.
create function app.received_until(p_convocatoria app.convocatorias) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return p_convocatoria.closes_at + p_convocatoria.grace;
end $$;

-- Whether reception is paused now. The closing ends every pause.
create function app.is_paused(p_convocatoria app.convocatorias) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.now() >= p_convocatoria.paused_at
    and app.now() < least(p_convocatoria.paused_until, p_convocatoria.closes_at), false);
end $$;

-- Whether a submission that arrives now is late. Refuses before the opening and after the grace. During a pause phones
-- have the same grace; after it the server asks them to try again later: a pause refuses nothing.
create function app.check_window(p_convocatoria app.convocatorias) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if app.now() < p_convocatoria.opens_at then
    perform app.refuse('convocatoria_not_open', null, 409);
  elsif app.now() >= app.received_until(p_convocatoria) then
    perform app.refuse('convocatoria_closed', null, 409);
  elsif app.is_paused(p_convocatoria) and app.now() >= p_convocatoria.paused_at + p_convocatoria.grace then
    raise exception using errcode = '53400', message = 'convocatoria_paused';
  end if;
  return app.now() >= p_convocatoria.closes_at;
end $$;

-- Whether phones may hold something that was written for this campaign: it is public, or was before it was taken back.
create function app.was_ever_public(p_convocatoria uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
    or exists (select from app.convocatoria_events e where e.convocatoria_id = p_convocatoria and e.kind = 'published');
end $$;

-- History ------------------------------------------------------------------------------------------------

-- What happened to a campaign. Append-only.
create table app.convocatoria_events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  convocatoria_id uuid not null,   -- no foreign key: the history outlives a deleted draft
  at timestamptz not null default app.now(),
  actor_id uuid,                   -- null: the hour that somebody had set
  kind text not null check (kind in ('created', 'changed', 'published', 'withdrawn', 'scheduled', 'missed', 'deleted',
    'paused', 'resumed', 'closed', 'reopened', 'retired', 'text_removed', 'renewal_offered', 'renewal_approved',
    'results_published', 'followup_noted', 'mesa_published', 'comment_settled', 'acta_opened', 'acta_closed')),
  version int not null,
  changes jsonb not null,          -- {section: [before, after]}; of a pause {pausa: [before, after]}, where it ends
  reason text check (char_length(reason) <= 500)
);
create index on app.convocatoria_events (convocatoria_id, seq);
alter table app.convocatoria_events enable row level security;
comment on table app.convocatoria_events is
  'Personal data: who of the staff changed a campaign. Readers: staff of the campaign; everybody reads what was done since'
  ' it was published and why, without names. Kept: for the life of the project: acts of office, which the archive'
  ' law keeps. Deleted by: nothing.';
create trigger convocatoria_events_are_append_only before update or delete on app.convocatoria_events
  for each row execute function app.refuse_rewriting();
create trigger convocatoria_events_are_kept before truncate on app.convocatoria_events
  for each statement execute function app.refuse_rewriting();

-- What a change made of an instant or a day of the calendar; null where it stayed.
create function app.date_after(p_changes jsonb, p_key text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select d.after from (select p_changes -> 'fechas' -> 0 ->> p_key as before, p_changes -> 'fechas' -> 1 ->> p_key as after) d
  where coalesce(app.parse_instant(d.after)::text, d.after)
    is distinct from coalesce(app.parse_instant(d.before)::text, d.before));
end $$;

-- What was done to a campaign since it was published, the newest first, as everybody may read it: without names. Taking a
-- public campaign back needs a reason; without one an hour was taken back that nobody outside knew.
create function app.public_history(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('at', e.at, 'kind', e.kind, 'reason', e.reason,
    'closes_at', app.date_after(e.changes, 'closes_at'), 'answer_by', app.date_after(e.changes, 'answer_by'),
    'until', e.changes -> 'pausa' -> 1)) order by e.seq desc), '[]')
  from app.convocatoria_events e
  where e.convocatoria_id = p_convocatoria
    and (e.kind <> 'withdrawn' or e.reason is not null) and e.kind in ('changed', 'withdrawn', 'paused', 'resumed', 'closed', 'reopened', 'retired')
    and e.seq > coalesce((select min(f.seq) from app.convocatoria_events f
      where f.convocatoria_id = p_convocatoria and f.kind = 'published'), 0));
end $$;
