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
  version int not null default 1,            -- grows with each publication of changes
  created_at timestamptz not null default app.now(),
  check (opens_at < closes_at),
  constraint published_is_complete check (not published or num_nulls(slug, title, summary, question, who_decides,
    what_happens_next, opens_at, closes_at, answer_by, notice_id) = 0)
);
alter table app.convocatorias enable row level security;
comment on table app.convocatorias is
  'Personal data: none. Readers: everybody, once published; before, its staff. Kept: a draft until it is deleted; a'
  ' published one for the life of the project. Deleted by: public.delete_convocatoria.';

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
  position int not null,
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
language sql stable set search_path = '' as $$
  select p_convocatoria.closes_at + p_convocatoria.grace
$$;

-- Whether a submission that arrives now is late. Refuses before the opening and after the grace.
create function app.check_window(p_convocatoria app.convocatorias) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if app.now() < p_convocatoria.opens_at then
    perform app.refuse('convocatoria_not_open', null, 409);
  elsif app.now() >= app.received_until(p_convocatoria) then
    perform app.refuse('convocatoria_closed', null, 409);
  end if;
  return app.now() >= p_convocatoria.closes_at;
end $$;
