-- The analysis of a consultation (docs/decisions/0090): findings, and what each proposal belongs to. A proposal is one idea
-- until it is split; each idea is in at most one finding; a twin follows another proposal and has its findings and answers.

create table app.findings (
  id uuid primary key,                       -- the phone makes it, so that a retry finds the same row
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  title text not null check (title = app.tidied(title) and app.visible_length(title) > 0 and char_length(title) <= 120),
  words text not null default '' check (words = app.canon(words) and char_length(words) <= 2000),   -- what people say, published with the answer
  codes text[] not null default '{}',        -- how the team marks it; published with the answer
  notes text not null default '' check (notes = app.canon(notes) and char_length(notes) <= 4000),   -- of the team, never public
  position int not null,
  version int not null default 1,
  created_at timestamptz not null default app.now(),
  created_by uuid not null,
  removed_at timestamptz                     -- it holds nothing and is on no board
);
create index on app.findings (convocatoria_id, position) where removed_at is null;
alter table app.findings enable row level security;
comment on table app.findings is
  'Personal data: who of the staff made a finding. Readers: staff of its campaign; everybody title, words and codes of one'
  ' whose answer was published. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- What the desk did with a proposal. Without a row it is one idea in no finding.
create table app.sortings (
  submission_id uuid primary key references app.submissions on delete cascade,
  version int not null default 0,
  twin_of uuid references app.submissions on delete set null,   -- the proposal that it follows
  check (twin_of <> submission_id)
);
create index on app.sortings (twin_of) where twin_of is not null;
alter table app.sortings enable row level security;
comment on table app.sortings is
  'Personal data: none. Readers: staff of its campaign. Kept: with the submission. Deleted by: app.forget_records.';

create table app.ideas (
  id uuid primary key,
  submission_id uuid not null references app.sortings on delete cascade,
  position int not null,
  words text check (words = app.canon(words) and app.visible_length(words) > 0 and char_length(words) <= 500),   -- null: the whole proposal
  finding_id uuid references app.findings,
  quote text check (char_length(quote) between 1 and 300),   -- words of its author, chosen for the finding
  unique (submission_id, position)
);
create index on app.ideas (finding_id);
alter table app.ideas enable row level security;
comment on table app.ideas is
  'Personal data: words of a proposal, which may show opinions. Readers: staff of its campaign; its author; everybody a quote'
  ' that its author allows. Kept: with the submission; the words until app.erase_ideas. Deleted by: app.forget_records.';

-- What was done to findings, answers and proposals, with ids and never with words. Append-only.
create table app.finding_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  finding_id uuid,
  submission_id uuid,                        -- no foreign key: the history outlives the proposal
  actor_id uuid,                             -- null: the day that somebody had set
  kind text not null check (kind in ('created', 'edited', 'removed', 'grouped', 'ungrouped', 'quoted', 'merged', 'parted',
    'split', 'joined', 'drafted', 'approved', 'returned', 'planned', 'unplanned', 'published', 'finished')),
  before jsonb,
  after jsonb
);
create index on app.finding_events (convocatoria_id, seq);
create index on app.finding_events (at, seq);
alter table app.finding_events enable row level security;
comment on table app.finding_events is
  'Personal data: who of the staff did what. Readers: auditors and administrators. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';
create function app.keep_finding_events() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'UPDATE' or exists (select from app.convocatorias c where c.id = old.convocatoria_id) then
    raise exception '% is append-only', tg_table_name using errcode = '55000';
  end if;
  return old;
end $$;
create trigger finding_events_are_append_only before update or delete on app.finding_events
  for each row execute function app.keep_finding_events();
create trigger finding_events_are_kept before truncate on app.finding_events
  for each statement execute function app.refuse_rewriting();

-- The desk's answer to a finding. Whoever wrote any of it does not approve it.
create table app.finding_answers (
  finding_id uuid primary key references app.findings on delete cascade,
  version int not null default 1,
  outcome text check (outcome in ('accepted', 'partly', 'not_now', 'no')),
  reasons text not null default '' check (reasons = app.canon(reasons) and char_length(reasons) <= 1900),
  area text not null default '' check (area = app.tidied(area) and char_length(area) <= 120),   -- who is responsible
  due_on date,                               -- by when what is accepted is done
  state text not null default 'draft' check (state in ('draft', 'approved', 'published')),
  writers uuid[] not null,                   -- since the last publication
  returned text check (char_length(returned) <= 500),   -- why a second person returned it
  approved_by uuid,
  approved_at timestamptz,
  publish_on date,
  planned_by uuid,
  check ((state = 'draft') <= (approved_by is null and publish_on is null)),
  check (approved_by <> all (writers))
);
create index on app.finding_answers (publish_on) where state = 'approved';
alter table app.finding_answers enable row level security;
comment on table app.finding_answers is
  'Personal data: who of the staff wrote, approved and published. Readers: staff of its campaign. Kept: with its campaign.'
  ' Deleted by: public.delete_convocatoria.';

-- What everybody may read of a finding, as it was approved. A correction is approved and published like the first one.
create table app.published_answers (
  finding_id uuid primary key references app.findings on delete cascade,
  version int not null,
  title text not null,
  words text not null,
  codes text[] not null,
  outcome text not null,
  reasons text not null,
  area text not null,
  due_on date,
  published_at timestamptz not null default app.now(),
  published_by uuid not null
);
alter table app.published_answers enable row level security;
comment on table app.published_answers is
  'Personal data: who of the staff published. Readers: everybody, without that name. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';

-- Who was told which answer, so that nobody is told twice and whoever joins a finding later is told too.
create table app.told_answers (
  submission_id uuid not null references app.submissions on delete cascade,
  finding_id uuid not null references app.findings on delete cascade,
  version int not null,
  primary key (submission_id, finding_id)
);
create index on app.told_answers (finding_id);
alter table app.told_answers enable row level security;
comment on table app.told_answers is
  'Personal data: which answer an author was told. Readers: the server. Kept: with the submission. Deleted by:'
  ' app.forget_records.';

-- The campaigns that were closed as answered: no proposal lacked its answer.
create table app.answer_closings (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  at timestamptz not null default app.now(),
  closed_by uuid not null
);
alter table app.answer_closings enable row level security;
comment on table app.answer_closings is
  'Personal data: who of the staff closed it. Readers: staff of its campaign. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';

-- Who changes findings and drafts answers, and who sets the day on which they are published.
create function app.analysts() returns text[]
language sql immutable parallel safe as $$ select array['moderator', 'coordinator'] $$;
create function app.answerers() returns text[]
language sql immutable parallel safe as $$ select array['coordinator'] $$;

create function app.log_finding(p_convocatoria uuid, p_kind text, p_finding uuid, p_submission uuid default null,
  p_before jsonb default null, p_after jsonb default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.finding_events (convocatoria_id, finding_id, submission_id, actor_id, kind, before, after)
  values (p_convocatoria, p_finding, p_submission, auth.uid(), p_kind, p_before, p_after);
end $$;
