-- Convocatorias and what people read before they take part: calendar, strategy, insumos.
--
-- The three kinds of campaign share this spine. A kind's own tables, op handlers and reads come as one
-- migration: propuestas is 20261123001300, videos 20261125000100. Before it has one, a kind can be
-- announced («próximamente»), and nothing can be sent to it.

create table app.campaign_kinds (
  kind text primary key check (kind in ('propuestas', 'videos', 'jornadas')),
  folio_prefix text not null unique check (folio_prefix ~ '^[A-Z]{2}$'),
  noun text not null,      -- in letters to its author
  content_function text,   -- app.<name>(submission uuid) returns jsonb: what was sent; null: not built yet
  headline_function text,  -- app.<name>(submission uuid) returns jsonb {part_label, excerpt}
  staff_content_function text,   -- the same for staff, where they see more than the author; null: the same
  publish_check_function text,   -- app.<name>(submission uuid) returns jsonb: refuses what cannot be published yet
  details_function text,   -- app.<name>(convocatoria uuid) returns jsonb: what this kind says of a campaign; null: nothing
  hold_function text,      -- app.<name>(submission uuid) returns void: locks to take before the submission's row
  moderated boolean not null default true,     -- whether staff decide on what is sent
  own_receipt boolean not null default false   -- whether it writes its own acknowledgement
);
alter table app.campaign_kinds enable row level security;
insert into app.campaign_kinds (kind, folio_prefix, noun)
values ('propuestas', 'PR', 'tu propuesta'), ('videos', 'VI', 'tu video'), ('jornadas', 'JO', 'tu inscripción');

create table app.convocatorias (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 80),
  kind text not null references app.campaign_kinds,
  title text not null,
  summary text not null,
  label text,                              -- «Demostración: …», «Recreación …»
  question text not null,
  who_decides text not null,
  what_happens_next text not null,
  source text,
  opens_at timestamptz not null,
  closes_at timestamptz not null,          -- the first instant that is late
  grace interval not null default '48 hours' check (grace >= '0'),
  inputs_on date,
  results_on date,
  answer_by date not null,                 -- every propuesta has a reasoned answer by this day
  notice_id uuid not null references app.notices,
  published boolean not null default false,  -- a draft is seen by nobody
  check (opens_at < closes_at)
);
alter table app.convocatorias enable row level security;

-- The calendar people see. A day is null while it is «por confirmar».
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

create table app.topics (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int not null,
  title text not null,
  unique (convocatoria_id, position) deferrable,
  unique (convocatoria_id, id)
);
alter table app.topics enable row level security;

-- A numbered piece of the strategy that a propuesta can speak about.
create table app.parts (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null,
  topic_id uuid not null,
  position int not null,
  kind text not null check (kind in ('action', 'paragraph')),
  number text not null,
  title text not null,
  body text not null,
  foreign key (convocatoria_id, topic_id) references app.topics (convocatoria_id, id) on delete cascade,
  unique (convocatoria_id, position) deferrable,
  unique (convocatoria_id, number)
);
create index on app.parts (topic_id);
alter table app.parts enable row level security;

-- What to read before taking part. Plain text, paragraphs parted by an empty line.
create table app.insumos (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int not null,
  title text not null,
  summary text not null,
  body text not null,
  source text,
  unique (convocatoria_id, position) deferrable
);
alter table app.insumos enable row level security;

-- Closing plus grace: the first instant at which nothing is received.
create function app.received_until(p_convocatoria app.convocatorias) returns timestamptz
language sql stable set search_path = '' as $$
  select p_convocatoria.closes_at + p_convocatoria.grace
$$;

-- Whether a submission arriving now is late. Refuses before the opening and after the grace.
create function app.refuse_window(p_convocatoria app.convocatorias) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if app.now() < p_convocatoria.opens_at then
    perform app.refuse('convocatoria_not_open', null, 409);
  elsif app.now() >= app.received_until(p_convocatoria) then
    perform app.refuse('convocatoria_closed', null, 409);
  end if;
  return app.now() >= p_convocatoria.closes_at;
end $$;
