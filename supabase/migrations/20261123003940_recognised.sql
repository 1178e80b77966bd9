-- What people and bodies are recognised for: before the constancias, which serve both (docs/decisions/0103).

create table app.recognitions (
  id uuid primary key,             -- made by the page, so that a second try grants nothing twice
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  submission_id uuid references app.submissions on delete cascade,   -- the published work, where it came through the campaign
  holder text not null check (holder in ('person', 'body')),
  name text not null check (name = app.tidied(name) and app.visible_length(name) > 0 and char_length(name) <= 120),
  work text not null check (work = app.tidied(work) and app.visible_length(work) > 0 and char_length(work) <= 160),
  links text[] not null check (cardinality(links) between 1 and 3),  -- where it was spread
  consent text check (consent in ('app', 'in_person', 'telephone', 'letter')),   -- how a person agreed to be named; null for a body
  granted_at timestamptz not null default app.now(),
  granted_by uuid not null,
  revoked_by uuid,
  revoke_reason text check (char_length(revoke_reason) <= 500),
  check ((holder = 'person') = (consent is not null)),
  check ((submission_id is not null) = (consent is not distinct from 'app')),
  check ((revoked_by is null) = (revoke_reason is null))
);
create index on app.recognitions (convocatoria_id, granted_at);
create index on app.recognitions (submission_id);
alter table app.recognitions enable row level security;
comment on table app.recognitions is
  'Personal data: the name of a recognised person and what they did, who of the staff granted it. Readers: staff of its campaign,'
  ' whoever the person shows it to. Kept: with the submission; until its author withdraws it; one without a submission for the years'
  ' that the settings keep records after the end of its campaign. Deleted by: app.forget_recognitions.';
